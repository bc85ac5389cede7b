import type { JsonObject } from '../domain/json.ts';
import { wrongUsage } from './command-error.ts';
import { type NotificationFlags, notificationRequest } from './notification-request.ts';
import type { Table } from './read-table.ts';
import { stringsIn, withStrings } from './strings-in.ts';

/** What goes to everybody in a file: `{column}` in words and values is replaced by what stands in that column. */
export type RowFlags = Omit<NotificationFlags, 'to'>;

const placeholder = /\{([^{}]+)\}/g;

/**
 * The notifications that a table asks for, one for each row.
 *
 * @throws CommandError when the flags and the columns do not go together
 */
export function batchRows(table: Table, flags: RowFlags): JsonObject[] {
  const { columns } = table;
  if (!columns.includes('to')) {
    throw wrongUsage(
      `The file needs a column \`to\`; found ${columns.map((name) => `\`${name}\``).join(', ')}.`,
      'Write `to` over the column with the phone numbers.',
    );
  }
  const parameter = flags.parameter ?? numberedColumns(columns);
  const { content = {} } = flags;
  const used = [flags.text ?? '', flags.reference ?? '', ...parameter, ...stringsIn(content)].flatMap(
    columnsIn,
  );
  const missing = used.find((name) => !columns.includes(name));
  if (missing !== undefined) {
    throw wrongUsage(
      `There is no column \`${missing}\`; the file has ${columns.map((name) => `\`${name}\``).join(', ')}.`,
      'Correct the name in braces, or add the column.',
    );
  }
  const reference = flags.reference ?? (columns.includes('reference') ? '{reference}' : undefined);
  return table.rows.map(({ values }) => {
    const row = new Map(columns.map((name, index) => [name, values[index] ?? '']));
    const filled = (text: string) =>
      text.replace(placeholder, (_, name: string) => row.get(name.trim()) ?? '');
    return notificationRequest({
      ...flags,
      to: (row.get('to') ?? '').trim() || '?',
      parameter: parameter.map(filled),
      ...(flags.text === undefined ? {} : { text: filled(flags.text) }),
      ...(flags.content === undefined ? {} : { content: Object(withStrings(content, filled)) }),
      ...(reference === undefined ? {} : { reference: filled(reference) }),
    });
  });
}

/** Columns called `1`, `2` … are the template's placeholders. */
function numberedColumns(columns: readonly string[]): string[] {
  const values: string[] = [];
  while (columns.includes(String(values.length + 1))) values.push(`{${values.length + 1}}`);
  return values;
}

function columnsIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name]) => (name ?? '').trim());
}
