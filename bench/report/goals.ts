import type { Goal, Reading } from '../measures/measure.ts';

/** Whether a value is as good as the goal. */
function isMet(value: number, goal: Goal): boolean {
  return 'least' in goal ? value >= goal.least : value <= goal.most;
}

/** Such as `≥ 0.8, met`; empty where nothing is to be reached. */
export function goalInWords({ value, unit }: Reading, goal: Goal | undefined): string {
  if (goal === undefined) return '';
  const bound = 'least' in goal ? `≥ ${inUnit(goal.least, unit)}` : `≤ ${inUnit(goal.most, unit)}`;
  return `${bound}, ${isMet(value, goal) ? 'met' : 'NOT MET'}`;
}

/** The value with its unit, as many digits as mean something. */
export function inUnit(value: number, unit: string): string {
  if (unit === '×') return trimmed(value.toFixed(2));
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const number = value >= 1_000 ? Math.round(value).toLocaleString('en') : trimmed(value.toFixed(digits));
  return unit.startsWith('/') ? number + unit : `${number} ${unit}`;
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}
