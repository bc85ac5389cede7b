import { printableJson } from '../adapters/telemetry/printable.ts';
import { eventId, eventKinds, eventPosition } from '../domain/event.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { eventLine } from './event-line.ts';
import { examples } from './examples.ts';
import { type FollowTimings, followFeed } from './follow-feed.ts';
import { readForwardAddress } from './forward-address.ts';
import { forwardFeed } from './forward-feed.ts';
import { findGateway } from './gateway-client.ts';

/** The flags of `listen`. */
export type ListenOptions = {
  after?: string;
  from?: string;
  kind?: string[];
  count?: string;
  forwardTo?: string;
  foreign?: boolean;
  json?: boolean;
};

/** Follows the feed until it is stopped or has printed as many events as were asked for. */
export async function listen(
  options: ListenOptions,
  context: CommandContext,
  stopped: AbortSignal,
  timings: Partial<FollowTimings> = {},
): Promise<void> {
  const begin = beginning(options);
  const kinds = readKinds(options.kind ?? []);
  const count = readCount(options.count);
  const json = options.json === true;
  if (options.forwardTo !== undefined) {
    const address = readForwardAddress(options.forwardTo);
    const said = options.after ?? options.from;
    const request = { address, begin: said === undefined ? null : (begin ?? 'end'), kinds, count, json };
    await forwardFeed({ ...request, foreign: options.foreign === true }, context, stopped);
    return;
  }
  if (options.foreign === true) {
    throw wrongUsage(
      '--foreign belongs to --forward-to.',
      'Without --forward-to every event is shown, and marked when it is foreign.',
    );
  }
  const gateway = findGateway(context);
  if (gateway.sandbox && !json) context.print(`Sandbox at ${gateway.url}: nothing leaves this machine.`);
  if (!json)
    context.print(
      begin === null
        ? 'Listening for new events. Stop with Ctrl-C.'
        : `Listening ${begin === eventId(0) ? 'from the first event' : `behind ${begin}`}. Stop with Ctrl-C.`,
    );

  const enough = new AbortController();
  let seen = 0;
  let last: string | null = null;
  try {
    await followFeed({
      find: () => findGateway(context),
      after: begin,
      kinds,
      context,
      timings,
      signal: AbortSignal.any([stopped, enough.signal]),
      report: {
        event(event) {
          if (seen >= count) return;
          context.print(json ? printableJson(JSON.stringify(event)) : eventLine(event));
          last = event.id;
          seen += 1;
          if (seen >= count) enough.abort();
        },
        place: (id) => {
          last = id;
        },
        lost: (id) => context.remark(`The gateway went away; going on after ${id} as soon as it is back.`),
        resumed: (id) => context.remark(`The gateway is back; going on after ${id}.`),
      },
    });
  } finally {
    // On the other output, so that standard output holds events and nothing else.
    if (last !== null) context.remark(`Go on later with: npx recado listen --after ${last}`);
  }
}

/** The event after which to begin; null for the end of the feed. */
function beginning({ after, from }: ListenOptions): string | null {
  if (after !== undefined && from !== undefined) {
    throw wrongUsage('Give either --after or --from.', 'npx recado listen --after ev_000000001a');
  }
  if (after !== undefined) {
    if (eventPosition(after) !== null) return after;
    throw wrongUsage(
      `--after takes the id of an event: ev_ and ten digits or small letters; found "${after}".`,
      'A listen prints such an id when it ends; --from start begins at the first event.',
    );
  }
  if (from === 'start') return eventId(0);
  if (from === undefined || from === 'end') return null;
  throw wrongUsage(`--from takes start or end; found "${from}".`, 'npx recado listen --from start');
}

function readKinds(given: readonly string[]): string[] {
  const kinds = given.flatMap((words) => words.split(',')).map((word) => word.trim());
  const unknown = kinds.filter((kind) => !eventKinds.some((known) => known === kind));
  if (unknown.length === 0) return kinds;
  throw wrongUsage(`There is no kind "${unknown.join('", "')}".`, `The kinds are ${eventKinds.join(', ')}.`);
}

function readCount(count: string | undefined): number {
  if (count === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(count)) return Number(count);
  throw wrongUsage(
    `--count takes a whole number from 1 on; found "${count}".`,
    'npx recado listen --count 1',
  );
}

export const defineListen: DefineCommand = (command, context) => {
  const collect = (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value];
  command
    .option('--after <event>', 'begin after this event')
    .option('--from <place>', 'begin at the start or the end of the feed; the end when not told')
    .option('--kind <kind>', 'only this kind, such as message; repeat it, or put commas between', collect)
    .option('--count <number>', 'end after so many events')
    .option(
      '--forward-to <url>',
      'deliver every event, signed, until it is taken: to an http address, RabbitMQ (amqp://…) or Redis (redis://…); the next start goes on where this one ends',
    )
    .option('--foreign', 'with --forward-to: also events of business phones that are not yours')
    .option('--json', 'print every event, or what became of it, as one line of JSON')
    .addHelpText(
      'after',
      examples(
        'npx recado listen',
        'npx recado listen --kind message --json',
        'npx recado listen --after ev_000000001a --count 1',
        'npx recado listen --forward-to http://localhost:3000/hook',
        'npx recado listen --forward-to "amqp://localhost/?queue=recado"',
        'npx recado listen --forward-to "redis://localhost:6379/0?stream=recado"',
      ),
    )
    .action(async (options: ListenOptions) => {
      const { untilStopped } = await import('./until-stopped.ts');
      const stopped = new AbortController();
      untilStopped().then(() => stopped.abort());
      // Whoever read the output has gone: events would be written nowhere.
      process.stdout.once('error', () => stopped.abort());
      await listen(options, context, stopped.signal);
    });
};
