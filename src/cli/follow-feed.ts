import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { readServerSentEvents } from '../client/server-sent-events.ts';
import { eventId, eventPosition } from '../domain/event.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';
import { eventSchema, type ShownEvent } from './describe-event.ts';
import { callGateway, type GatewayAddress, parseObject } from './gateway-client.ts';
import { problemError, readAnswer } from './read-answer.ts';

/** How following a feed goes on when the gateway is away, in milliseconds. */
export type FollowTimings = {
  /** The first wait before connecting again; it doubles up to `longestWait`. */
  firstWait: number;
  longestWait: number;
  /** A stream that is silent for longer is dead: the gateway gives a sign of life every 15 s. */
  silence: number;
};

/** What following tells. */
export type FollowReport = {
  /** An event, each once and in order: the next one waits until the promise is kept. */
  event(event: ShownEvent): void | Promise<void>;
  /** The place in the feed up to which nothing more is to come: where to go on later. */
  place(id: string): void | Promise<void>;
  /** The gateway went away; the feed goes on behind `after` when it is back. */
  lost(after: string): void;
  resumed(after: string): void;
};

const defaultTimings: FollowTimings = { firstWait: 250, longestWait: 5_000, silence: 45_000 };

/**
 * Follows the feed behind an event until the signal, over every disconnection: each time it goes on behind the
 * last id that it has seen, after it has made sure that the feed is still the same.
 *
 * @param options.find the gateway; asked again for every connection, because a restarted one may be elsewhere
 * @param options.after null for the end of the feed
 * @param options.afterKey the key of that event, when it is known: another feed may have another event there
 * @param options.again the command that was given, for the sentence about another feed
 * @throws CommandError when the first connection fails, when the key is refused, or when the feed is another one
 */
export async function followFeed(options: {
  find(): GatewayAddress;
  after: string | null;
  afterKey?: string | null;
  again?: string;
  kinds: readonly string[];
  report: FollowReport;
  context: CommandContext;
  signal: AbortSignal;
  timings?: Partial<FollowTimings>;
}): Promise<void> {
  const { find, kinds, report, context, signal } = options;
  const timings = { ...defaultTimings, ...options.timings };
  let after = options.after;
  let lastKey: string | null = options.afterKey ?? null;
  let connectedOnce = false;
  let lost = false;
  let wait = timings.firstWait;

  while (!signal.aborted) {
    try {
      const gateway = find();
      await readStream(gateway);
      // A gateway that stops ends its streams in order.
      tellLost();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Disconnected)) throw error;
      if (!connectedOnce) throw error.reason;
      tellLost();
    }
    await pause(wait, undefined, { signal }).catch(() => undefined);
    wait = Math.min(wait * 2, timings.longestWait);
  }

  function tellLost(): void {
    if (!lost && !signal.aborted) report.lost(after ?? eventId(0));
    lost = true;
  }

  async function readStream(gateway: GatewayAddress): Promise<void> {
    if (after !== null) await refuseAnotherFeed(gateway, after);
    const silent = new AbortController();
    const timer = setTimeout(() => silent.abort(), timings.silence);
    try {
      const { body } = await connect(gateway, AbortSignal.any([signal, silent.signal]));
      clearTimeout(timer);
      for await (const { id, data } of readServerSentEvents(body, timings.silence)) {
        connectedOnce = true;
        wait = timings.firstWait;
        if (lost) report.resumed(after ?? eventId(0));
        lost = false;
        if (data !== null) {
          const event = eventSchema.parse(JSON.parse(data));
          lastKey = event.key;
          await report.event(event);
        } else if (id !== after) lastKey = null;
        if (id !== null) after = id;
        if (signal.aborted) return;
        if (after !== null) await report.place(after);
      }
    } catch (error) {
      throw asDisconnected(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async function connect(gateway: GatewayAddress, stop: AbortSignal): Promise<Response> {
    const query = kinds.length === 0 ? '' : `?${new URLSearchParams({ kind: kinds.join(',') })}`;
    const response = await fetch(`${gateway.url}/v1/events/stream${query}`, {
      headers: {
        ...(gateway.adminKey === null ? {} : { authorization: `Bearer ${gateway.adminKey}` }),
        ...(after === null ? {} : { 'last-event-id': after }),
      },
      redirect: 'manual',
      signal: stop,
    });
    if (response.status === 200) return response;
    const problem = parseObject(await response.text()) ?? {};
    if (problem['code'] === 'events-forgotten') throw forgotten(after ?? eventId(0));
    if (problem['code'] === 'feed-another') throw another(gateway, 'ends before', after ?? eventId(0));
    const refusal = problemError(problem, response.status);
    throw response.status >= 500 || response.status === 429 ? new Disconnected(refusal) : refusal;
  }

  /**
   * Behind an event that the feed does not have, a reader would wait for ever, or miss what a restored or a new
   * database has at those places.
   */
  async function refuseAnotherFeed(gateway: GatewayAddress, at: string): Promise<void> {
    const position = eventPosition(at) ?? 0;
    if (position === 0) return;
    let answer: Awaited<ReturnType<typeof callGateway>>;
    try {
      answer = await callGateway(gateway, `/v1/events?limit=1&after=${eventId(position - 1)}`);
    } catch (error) {
      throw new Disconnected(error);
    }
    // The event itself may be forgotten; what matters is what is behind it, and the stream says that.
    if (answer.status === 410) return;
    if (answer.status >= 500 || answer.status === 429) {
      throw new Disconnected(problemError(answer.body, answer.status));
    }
    const { data } = readAnswer(answer, pageSchema, { json: false, context });
    const [found] = data;
    const isAnother = found === undefined || (found.id === at && lastKey !== null && found.key !== lastKey);
    if (!isAnother) return;
    throw another(gateway, found === undefined ? 'ends before' : 'has another event at', at);
  }

  function another({ url }: GatewayAddress, because: string, at: string): CommandError {
    return new CommandError(
      `The gateway at ${url} has another feed: it ${because} ${at}. Its database is new, or was restored.`,
      `Begin again with \`${options.again ?? 'npx recado listen'} --from start\`, or with --from end to hear only what comes.`,
    );
  }

  function forgotten(at: string): CommandError {
    return new CommandError(
      `Events behind ${at} were forgotten, because they are older than the retention: you would miss them.`,
      `Begin with the oldest that is left: \`${options.again ?? 'npx recado listen'} --from start\`, or with --from end to hear only what comes.`,
      { code: 'events-forgotten' },
    );
  }
}

const pageSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string(), key: z.string() })) });

/** The gateway is away, and may come back. */
class Disconnected extends Error {
  readonly reason: unknown;
  constructor(reason: unknown) {
    super('The gateway is away.');
    this.reason = reason;
  }
}

function asDisconnected(error: unknown): unknown {
  if (error instanceof CommandError || error instanceof Disconnected) return error;
  if (error instanceof SyntaxError || error instanceof z.ZodError) return error;
  return new Disconnected(
    new CommandError(
      `The event stream cannot be opened (${error instanceof Error ? error.message : String(error)}).`,
      'Start the gateway with `npx recado serve`, or `npx recado sandbox` to try it out; if it runs elsewhere, set RECADO_URL.',
      { cause: error },
    ),
  );
}
