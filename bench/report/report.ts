import type { Reading } from '../measures/measure.ts';
import type { NamedProfile } from '../profile-gateway.ts';
import { goalInWords, inUnit } from './goals.ts';
import { type Machine, machineInWords } from './machine.ts';

/** Everything that a run has found out; also what `--json` prints. */
export type Report = {
  /** ISO 8601. */
  date: string;
  machine: Machine;
  readings: Reading[];
  /** Measures that the time did not suffice for, or that broke, with the reason. */
  missing: { measure: string; reason: string }[];
  profile: NamedProfile[];
};

const caution =
  'All processes shared these cores with the load generator and whatever else ran there: only ratios count, each from paired rounds of this one run.';

const head = ['What', 'Measured', 'First slice', 'Aim'];

function rowsOf(readings: readonly Reading[]): string[][] {
  return readings.map((reading) => [
    reading.what,
    inUnit(reading.value, reading.unit),
    goalInWords(reading, reading.slice),
    goalInWords(reading, reading.aim),
  ]);
}

/** The report for a terminal. */
export function reportInText(report: Report): string {
  const rows = [head, ...rowsOf(report.readings)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const profile = report.profile.flatMap(({ thread, busy, entries }) => [
    '',
    `Thread ${thread}, busy ${percent(busy)} of the time; of that:`,
    ...entries.map(({ where, share }) => `  ${percent(share).padStart(6)}  ${where}`),
  ]);
  return [
    machineInWords(report.machine),
    caution,
    '',
    ...table,
    ...report.missing.map(({ measure, reason }) => `Not measured: ${measure}. ${reason}`),
    ...profile,
    '',
  ].join('\n');
}

/** The report as a section of a Markdown page. */
export function reportInMarkdown(report: Report): string {
  const table = [head, ['---', '--:', '---', '---'], ...rowsOf(report.readings)];
  const profile = report.profile.flatMap(({ thread, busy, entries }) => [
    '',
    `Thread \`${thread}\`, busy ${percent(busy)} of the time:`,
    '',
    '| Of that | In |',
    '| --: | --- |',
    ...entries.map(({ where, share }) => `| ${percent(share)} | \`${where}\` |`),
  ]);
  return [
    `Run of ${report.date.slice(0, 10)}, Recado ${report.machine.recado}: ${machineInWords(report.machine)} ${caution}`,
    '',
    ...table.map((row) => `| ${row.join(' | ')} |`),
    ...report.missing.map(({ measure, reason }) => `\nNot measured: ${measure}. ${reason}`),
    ...(profile.length === 0
      ? []
      : ['', '### Where the time goes', '', 'The gateway under full load, by Node’s profiler:', ...profile]),
  ].join('\n');
}

/**
 * Puts the section between the markers of a page.
 *
 * @throws Error when the page has no markers
 */
export function withSection(page: string, section: string): string {
  const [before, rest] = split(page, BEGIN);
  const [, after] = split(rest, END);
  return `${before}${BEGIN}\n${section}\n${END}${after}`;
}

const BEGIN = '<!-- Written by `npm run bench -- --write`. -->';
const END = '<!-- End of what the bench wrote. -->';

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`The page lacks the line ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
