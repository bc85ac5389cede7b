import { type ConfirmChannel, connect } from 'amqplib';
import type { Delivery } from '../../flows/forwarding/delivery.ts';
import type { Destination } from '../../flows/forwarding/destination.ts';
import { brokerAnswered, brokerTimeouts, brokerUnanswered, TooLate, withinTime } from './broker-result.ts';

/** Where in RabbitMQ messages go. The default exchange has no name, and takes the name of a queue as routing key. */
type Route = { exchange: string; routingKey: string };

/** A connection with the one channel on it. */
type Line = {
  channel: ConfirmChannel;
  /** Ids of messages that no queue took; the confirmation of each follows behind. */
  returned: Set<string>;
  /** Why the broker closed the channel: whoever waits for a confirmation hears only that it is closed. */
  refusal(): Error | null;
  /** Takes leave of the broker. */
  close(): Promise<void>;
  /** Ends the connection without a word: a broker that does not answer would not answer to that either. */
  cut(): void;
};

/** Seconds between signs of life: a broker that vanished is noticed after two of them. */
const HEARTBEAT = 15;

/** AMQP's "no queue takes it". */
const NO_ROUTE = 312;

/** AMQP's "not allowed". */
const NOT_ALLOWED = 530;

/**
 * Publishes deliveries to RabbitMQ: persistent, with the headers of the delivery and its `webhook-id` as message id. A
 * delivery is taken when the broker has confirmed it and some queue has it. AMQP's own numbers are answered as they are:
 * 404 for an exchange that does not exist, 403 for a login that is refused.
 *
 * @param address `amqp://user:password@host/vhost?queue=name`, or `…?exchange=name&routing-key=key`
 * @throws TypeError for an address without one of these
 */
export function createRabbitmqDestination(address: string, timeouts = brokerTimeouts): Destination {
  const { route, server } = readRabbitmqAddress(address);
  let current: Promise<Line> | null = null;

  function line(): Promise<Line> {
    if (current !== null) return current;
    const opening = openLine(server, timeouts.connect, () => {
      if (current === opening) current = null;
    });
    current = opening;
    return opening;
  }

  /** @returns whether some queue has it */
  async function publish({ headers, body }: Delivery, signal?: AbortSignal): Promise<boolean> {
    const { channel, returned, refusal, cut } = await withinTime(line(), {
      time: timeouts.connect,
      awaited: 'connection',
      signal,
    });
    const messageId = headers['webhook-id'] ?? '';
    const confirmed = new Promise<void>((resolve, reject) => {
      channel.publish(
        route.exchange,
        route.routingKey,
        Buffer.from(body),
        {
          persistent: true,
          mandatory: true,
          messageId,
          contentType: headers['content-type'] ?? 'application/octet-stream',
          headers,
        },
        (failure: unknown) => (failure instanceof Error ? reject(refusal() ?? failure) : resolve()),
      );
    });
    try {
      await withinTime(confirmed, { time: timeouts.confirm, awaited: 'confirmation', signal });
    } catch (error) {
      // What comes on this line later would belong to a delivery that was given up.
      if (error instanceof TooLate) cut();
      throw error;
    }
    return !returned.delete(messageId);
  }

  return {
    async deliver(delivery, signal) {
      const began = performance.now();
      const took = () => Math.round(performance.now() - began);
      try {
        const isRouted = await publish(delivery, signal);
        return isRouted
          ? brokerAnswered(200, 'confirmed', took())
          : brokerAnswered(NO_ROUTE, noRoute(route), took());
      } catch (error) {
        const refused = refusalIn(error);
        return refused === null
          ? brokerUnanswered(error, took())
          : brokerAnswered(refused.status, refused.said, took());
      }
    },
    async close() {
      const open = await current?.catch(() => null);
      current = null;
      await open?.close();
    },
  };
}

/** @param ended is called once nothing can be published on it any more, also when it was never opened */
async function openLine(server: string, time: number, ended: () => void): Promise<Line> {
  const socket = new AbortController();
  const cut = () => {
    ended();
    socket.abort();
  };
  let refusal: Error | null = null;
  const returned = new Set<string>();
  async function open(): Promise<Line> {
    // Options of a socket that amqplib's types do not list are handed on all the same.
    const options = { timeout: time, noDelay: true, signal: socket.signal };
    const connection = await connect(server, options);
    // Without a listener an error would end the process; whoever waits for a confirmation hears of it by that.
    connection.on('error', ended).on('close', ended);
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error) => {
      refusal = error;
      // The connection is of no use without its channel.
      connection.close().catch(() => undefined);
    });
    channel.on('close', ended);
    channel.on('return', ({ properties }) => returned.add(String(properties.messageId)));
    const close = () => withinTime(connection.close(), { time, awaited: 'confirmation' }).catch(cut);
    return { channel, returned, refusal: () => refusal, close, cut };
  }
  try {
    return await withinTime(open(), { time, awaited: 'connection' });
  } catch (error) {
    cut();
    throw error;
  }
}

/** @throws TypeError for an address that names no place in RabbitMQ */
function readRabbitmqAddress(address: string): { route: Route; server: string } {
  const url = new URL(address);
  const queue = url.searchParams.get('queue');
  const exchange = url.searchParams.get('exchange');
  const routingKey = url.searchParams.get('routing-key');
  const isQueue = queue !== null && queue !== '' && exchange === null && routingKey === null;
  const isExchange = exchange !== null && exchange !== '' && queue === null;
  if (!isQueue && !isExchange) {
    throw new TypeError(
      'An address of RabbitMQ ends with ?queue=name, or with ?exchange=name and, where it needs one, &routing-key=key.',
    );
  }
  url.search = `?heartbeat=${HEARTBEAT}`;
  const route = isQueue
    ? { exchange: '', routingKey: queue }
    : { exchange: exchange ?? '', routingKey: routingKey ?? '' };
  return { route, server: url.href };
}

function noRoute({ exchange, routingKey }: Route): string {
  return exchange === ''
    ? `there is no queue "${routingKey}"`
    : `no queue is bound to the exchange "${exchange}" for "${routingKey}"`;
}

/** What RabbitMQ refused, by AMQP's number; null when it is no refusal. */
function refusalIn(error: unknown): { status: number; said: string } | null {
  if (!(error instanceof Error)) return null;
  const { message } = error;
  // Of a virtual host that does not exist, or is closed to the user, amqplib hands on no more than this.
  if (message.startsWith('Expected ConnectionOpenOk')) {
    return { status: NOT_ALLOWED, said: 'there is no such virtual host, or it is closed to this user' };
  }
  if ('code' in error && typeof error.code === 'number' && error.code >= 300) {
    return { status: error.code, said: message };
  }
  // A login that is refused has its number in the words only.
  const [, number] = /\b([345]\d\d)\b \(?"?[A-Z]/.exec(message) ?? [];
  return number === undefined ? null : { status: Number(number), said: message };
}
