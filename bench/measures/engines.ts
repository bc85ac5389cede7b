import { startPostgres } from '../../test/support/postgres/start-postgres.ts';
import { median, pairedRatio } from '../statistics.ts';
import { inRounds, type Measure } from './measure.ts';
import { startGateway, startGatewayOn, startLoadGenerator } from './webhook-servers.ts';
import { createWholePipeline } from './whole-pipeline.ts';

/** What PostgreSQL is given beside what it has by itself: no more than a small server of today. */
const settings = { shared_buffers: '256MB', max_wal_size: '2GB' };

/**
 * The same gateway on both engines: acknowledgements alone, and the whole pipeline. PostgreSQL runs on this machine,
 * durable as in production, and shares its cores with everything else.
 */
export const measureEngines: Measure = async (run) => {
  const postgres = await startPostgres(18, settings);
  try {
    const generator = startLoadGenerator();
    const gateways = {
      embedded: await startGateway(run, 'engines'),
      postgres: await startGatewayOn(postgres.url),
    };
    const names = Object.keys(gateways) as (keyof typeof gateways)[];
    const { connections } = run;
    const through = {
      embedded: createWholePipeline({ generator, gateway: gateways.embedded, connections }),
      postgres: createWholePipeline({ generator, gateway: gateways.postgres, connections }),
    };
    const acks = { embedded: [] as number[], postgres: [] as number[] };
    const events = { embedded: [] as number[], postgres: [] as number[] };

    async function load(name: keyof typeof gateways): Promise<number> {
      await generator.order('prepare', Math.ceil((9_000 * run.load) / 1000));
      const { port, rest } = gateways[name];
      const options = { port, connections, milliseconds: run.load, repeat: false };
      const { perSecond, refused } = await generator.order('closedLoop', options);
      await rest();
      if (refused > 0) throw new Error(`The gateway on ${name} refused ${refused} webhooks.`);
      return perSecond;
    }

    for (const name of names) await through[name](2_000);
    await inRounds(run, run.rounds, async (round) => {
      for (const name of names) events[name].push(await through[name](run.quick ? 3_000 : 10_000));
      for (const name of names) acks[name].push(await load(name));
      const last = (figures: number[]) => Math.round(figures.at(-1) ?? 0);
      run.say(
        `round ${round + 1}: whole pipeline embedded ${last(events.embedded)}, PostgreSQL ${last(events.postgres)} events/s; acks ${last(acks.embedded)} and ${last(acks.postgres)}/s`,
      );
    });
    for (const gateway of Object.values(gateways)) await gateway.stop();
    await generator.stop();
    return [
      {
        what: 'whole pipeline on PostgreSQL ÷ on the embedded database',
        value: pairedRatio(events.postgres, events.embedded),
        unit: '×',
      },
      {
        what: 'whole pipeline on PostgreSQL 18',
        value: median(events.postgres),
        unit: '/s',
        aim: { least: 3_300 },
      },
      {
        what: 'whole pipeline on the embedded database, same rounds',
        value: median(events.embedded),
        unit: '/s',
      },
      {
        what: 'durable acks on PostgreSQL ÷ on the embedded database',
        value: pairedRatio(acks.postgres, acks.embedded),
        unit: '×',
      },
      { what: 'acks on PostgreSQL 18, durable and folding', value: median(acks.postgres), unit: '/s' },
    ];
  } finally {
    await postgres.stop();
  }
};
