/** A table as text, such as spreadsheets write it: the names of its columns, and its rows. */
export type Table = { columns: string[]; rows: { line: number; values: string[] }[] };

/**
 * Reads comma-separated values (RFC 4180): fields may stand in quotation marks, and hold commas, line ends and doubled
 * quotation marks there. Semicolons and tabs, which spreadsheets write in many countries, are recognised by the first
 * line. A byte order mark and empty lines are passed over.
 *
 * @returns a sentence about the first mistake, instead of a table
 */
export function readTable(text: string): Table | string {
  const records = recordsIn(text.replace(/^\ufeff/, ''));
  if (typeof records === 'string') return records;
  const [head, ...rest] = records;
  if (head === undefined) return 'The file is empty.';
  const columns = head.values.map((name) => name.trim());
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) return `The column "${twice}" stands there twice.`;
  for (const { line, values } of rest) {
    if (values.length !== columns.length) {
      return `Line ${line} has ${values.length} fields, and the first line ${columns.length}.`;
    }
  }
  return { columns, rows: rest };
}

type TableRecord = { line: number; values: string[] };

function recordsIn(text: string): TableRecord[] | string {
  const separator = separatorOf(text);
  const records: TableRecord[] = [];
  let values: string[] = [];
  let field = '';
  let line = 1;
  let began = 1;
  let place = 0;

  function endRecord(): void {
    values.push(field);
    // A line without anything in it is no record.
    if (values.length > 1 || values[0] !== '') records.push({ line: began, values });
    values = [];
    field = '';
  }

  while (place < text.length) {
    const character = text[place];
    if (character === '"' && field === '') {
      const quoted = quotedAt(text, place + 1);
      if (quoted === null) return `The quotation mark of line ${line} is never closed.`;
      const after = text[quoted.end];
      if (after !== undefined && after !== separator && after !== '\n' && after !== '\r') {
        return `Line ${line}: after a closing quotation mark a "${separator}" or the end of the line is expected.`;
      }
      field = quoted.value;
      line += quoted.value.split('\n').length - 1;
      place = quoted.end;
    } else if (character === separator) {
      values.push(field);
      field = '';
      place += 1;
    } else if (character === '\n' || character === '\r') {
      place += character === '\r' && text[place + 1] === '\n' ? 2 : 1;
      endRecord();
      line += 1;
      began = line;
    } else {
      field += character;
      place += 1;
    }
  }
  endRecord();
  return records;
}

function quotedAt(text: string, from: number): { value: string; end: number } | null {
  let value = '';
  let place = from;
  for (;;) {
    const end = text.indexOf('"', place);
    if (end < 0) return null;
    value += text.slice(place, end);
    if (text[end + 1] !== '"') return { value, end: end + 1 };
    value += '"';
    place = end + 2;
  }
}

function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const counts = [',', ';', '\t'].map((separator) => [separator, first.split(separator).length] as const);
  return counts.sort(([, one], [, other]) => other - one)[0]?.[0] ?? ',';
}

/** A table as comma-separated values, for any spreadsheet. Fields that would be read as formulas are defused. */
export function writeTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const field = (value: string) => {
    const safe = /^[=+\-@\t\r]/.test(value) && !/^\+?\d+$/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
