import type { JsonObject } from '../../domain/json.ts';
import type { OpenQuestions } from '../open-questions.ts';

/** A body as the bytes that are sent and signed (meta-facts §2.2). Every encoding is the same JSON. */
export function encodeBody(body: JsonObject, encoding: OpenQuestions['encoding']): Buffer {
  const text = JSON.stringify(body);
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  const ascii = text.replace(/[\u007f-\uffff]/g, (unit) => escaped(unit, 'lower'));
  if (encoding === 'escaped') return Buffer.from(ascii, 'latin1');
  const asIn2017 = ascii.replace(/[/<%@]/g, (sign) => (sign === '/' ? '\\/' : escaped(sign, 'upper')));
  return Buffer.from(asIn2017, 'latin1');
}

/** One UTF-16 unit as an escape; the note of 2017 writes signs with upper-case digits, letters with lower-case ones. */
function escaped(unit: string, digits: 'lower' | 'upper'): string {
  const code = unit.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${digits === 'upper' ? code.toUpperCase() : code}`;
}
