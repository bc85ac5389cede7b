import type { Metrics } from '../src/adapters/telemetry/metrics.ts';
import { alarmCodes, alarmRow } from '../src/domain/alarm.ts';

/** The alarms as a Markdown table, for the page about operations. */
export function alarmsTable(): string {
  const rows = alarmCodes.map((code) => {
    const { severity, title, raised, resolves, remedy } = alarmRow(code);
    return [`\`${code}\``, severity, title, raised, resolves, remedy];
  });
  return table(['Code', 'Severity', 'What is wrong', 'Raised when', 'Resolves when', 'What to do'], rows);
}

/** The metrics as a Markdown table, for the same page. */
export function metricsTable(metrics: Pick<Metrics, 'described'>): string {
  const rows = metrics
    .described()
    .map(({ name, type, labels, help }) => [
      `\`${name}\``,
      type,
      labels.map((label) => `\`${label}\``).join(', ') || '–',
      help,
    ]);
  return table(['Metric', 'Type', 'Labels', 'What it is'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |\n`).join('');
}
