import type { AlarmCheck } from '../alarms.ts';

/** From this difference on two clocks differ, in milliseconds; below half of it they agree again. */
const MOST = 2_000;

/**
 * Looks whether the clock of this machine and the one that all processes share differ.
 *
 * @param skew how far this machine's clock is ahead, in milliseconds
 */
export function createClockSkewCheck(skew: () => number): AlarmCheck {
  return {
    code: 'clock-skewed',
    async look(open) {
      const most = open.length > 0 ? MOST / 2 : MOST;
      const facts = skewInWords(skew());
      return Math.abs(skew()) < most ? [] : [{ subject: 'installation', facts }];
    },
  };
}

/** Such as `This machine’s clock is 3.2 s ahead of the database’s.` */
export function skewInWords(skew: number): string {
  const seconds = (Math.abs(skew) / 1000).toFixed(1);
  return `This machine’s clock is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} the database’s.`;
}

/** Whether a difference is worth a word. */
export function isSkewed(skew: number): boolean {
  return Math.abs(skew) >= MOST;
}
