import { printable } from '../adapters/telemetry/printable.ts';
import { describeEvent, type ShownEvent } from './describe-event.ts';
import { localTime } from './local-time.ts';

/** An event in one line: when, its kind, what it says, and what is unusual about it. */
export function eventLine(event: ShownEvent): string {
  const marks = [
    event.foreign ? 'foreign' : '',
    event.replayed ? 'replayed' : '',
    event.metaTest ? 'test of Meta’s dashboard' : '',
  ].filter((mark) => mark !== '');
  const mark = marks.length === 0 ? '' : `  (${marks.join(', ')})`;
  return printable(
    `${localTime(event.occurredAt ?? event.receivedAt)}  ${event.kind.padEnd(12)}  ${describeEvent(event)}${mark}`,
  );
}
