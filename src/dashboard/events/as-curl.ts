import type { EventBody } from '../../client/generated.ts';

/**
 * A command that posts an event to an application on the reader's own machine, to try what it does with it: unsigned,
 * and safe to paste whatever somebody wrote.
 */
export function asCurl(event: EventBody): string {
  return [
    'curl http://localhost:3000/events',
    "-H 'content-type: application/json'",
    `--data-raw ${quoted(JSON.stringify(event))}`,
  ].join(' \\\n  ');
}

/** As one word of a shell: nothing in single quotes means anything to it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
