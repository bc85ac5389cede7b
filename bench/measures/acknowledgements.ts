import { median, pairedRatio } from '../statistics.ts';
import { inRounds, type Measure } from './measure.ts';
import {
  startExpress,
  startGateway,
  startLoadGenerator,
  startNoOp,
  startNoStore,
  type WebhookServer,
} from './webhook-servers.ts';

/** More than any server here answers in a second of load. */
const MOST_PER_SECOND = 14_000;

/** How many webhooks the gateway acknowledges per second, beside servers that do less. */
export const measureAcknowledgements: Measure = async (run) => {
  const generator = startLoadGenerator();
  const servers = {
    gateway: await startGateway(run, 'acknowledgements'),
    noStore: await startNoStore(),
    noOp: await startNoOp('http'),
    express: await startExpress(),
    sockets: await startNoOp('sockets'),
  } satisfies Record<string, WebhookServer>;
  const rates = { gateway: [], noStore: [], noOp: [], express: [], sockets: [] } as Record<string, number[]>;
  const names = Object.keys(servers) as (keyof typeof servers)[];

  async function load(name: keyof typeof servers, milliseconds: number): Promise<number> {
    const { port, rest } = servers[name];
    const { connections } = run;
    // Only the gateway tells webhooks apart, so only it needs new ones.
    const repeat = name !== 'gateway';
    const result = await generator.order('closedLoop', { port, connections, milliseconds, repeat });
    await rest();
    if (result.refused > 0) throw new Error(`${name} refused ${result.refused} webhooks.`);
    return result.perSecond;
  }

  for (const name of names) {
    await generator.order('prepare', 3_000);
    await load(name, run.load / 2);
  }
  await inRounds(run, run.rounds, async (round) => {
    await generator.order('prepare', Math.ceil((MOST_PER_SECOND * run.load) / 1000));
    for (const name of names) rates[name]?.push(await load(name, run.load));
    run.say(
      `round ${round + 1}: ${names.map((name) => `${name} ${Math.round(rates[name]?.at(-1) ?? 0)}/s`).join(', ')}`,
    );
  });
  for (const server of Object.values(servers)) await server.stop();
  await generator.stop();

  const of = (name: keyof typeof servers) => rates[name] ?? [];
  const against = (name: keyof typeof servers) => pairedRatio(of('gateway'), of(name));
  const perSecond = (what: string, name: keyof typeof servers) => ({
    what,
    value: median(of(name)),
    unit: '/s',
  });
  return [
    {
      what: 'durable acks ÷ the same server without a store',
      value: against('noStore'),
      unit: '×',
      slice: { least: 0.8 },
      aim: { least: 1 },
    },
    {
      what: 'durable acks ÷ Express tutorial handler without a store',
      value: against('express'),
      unit: '×',
      slice: { least: 2.5 },
      aim: { least: 4 },
    },
    { what: 'durable acks ÷ bare node:http handler', value: against('noOp'), unit: '×' },
    perSecond('acks of the gateway, durable and folding', 'gateway'),
    perSecond('acks without a store', 'noStore'),
    perSecond('acks of the Express tutorial handler', 'express'),
    perSecond('acks of a bare node:http handler', 'noOp'),
    perSecond('the load generator’s own limit (sockets that answer unread)', 'sockets'),
  ];
};
