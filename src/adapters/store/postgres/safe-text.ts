/**
 * PostgreSQL holds no U+0000 in text, and people do write it. It stands as U+FFFF and `0`; U+FFFF itself, which is no
 * character, as U+FFFF and `1`. Half of a surrogate pair becomes U+FFFD, as in every UTF-8.
 */
const MARK = '\uffff';

/** A text as PostgreSQL can hold it. */
export function safeText(text: string): string {
  if (!text.includes('\0') && !text.includes(MARK)) return text;
  return text.replaceAll(MARK, `${MARK}1`).replaceAll('\0', `${MARK}0`);
}

/** The text again. */
export function originalText(stored: string): string {
  if (!stored.includes(MARK)) return stored;
  return stored.replaceAll(`${MARK}0`, '\0').replaceAll(`${MARK}1`, MARK);
}

/** What `JSON.stringify` writes for U+0000 and for half of a surrogate pair, neither of which can become text. */
const unstorable = /\\u(?:0000|d[89a-f])/;

/**
 * Rows as one parameter, for `json_to_recordset`: every row an object with the names of its columns, bytes as
 * hexadecimal digits. A statement for many rows then has one parameter, however many there are.
 */
export function rowsParameter(rows: readonly object[]): { toPostgres(): string } {
  const json = JSON.stringify(rows);
  const needsCare = json.includes(MARK) || unstorable.test(json);
  return {
    toPostgres: () =>
      needsCare
        ? JSON.stringify(rows, (_, value: unknown) =>
            typeof value === 'string' ? safeText(value.toWellFormed()) : value,
          )
        : json,
  };
}
