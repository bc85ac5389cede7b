import type { Lease, LeasePicture, LeaseStore } from '../../../runtime/lease.ts';
import type { Database } from './database.ts';

/** Leases as rows. All times are those of PostgreSQL, read at the moment itself and not at the start of a transaction. */
export function createLeases(database: Database): LeaseStore {
  const end = (parameter: string) => `clock_timestamp() + ${parameter} * interval '1 millisecond'`;

  return {
    async renewLeases(worker, duration): Promise<LeasePicture> {
      // In the order of units, so that two that renew never wait for each other.
      const [held] = await Promise.all([
        database.all<Lease>(
          `with mine as (select unit from leases where owner = $1 and until > clock_timestamp()
             order by unit for no key update)
           update leases set until = ${end('$2')} from mine where leases.unit = mine.unit
           returning leases.unit, fence`,
          worker,
          duration,
        ),
        database.run(
          `insert into workers (id, until) values ($1, ${end('$2')})
           on conflict (id) do update set until = excluded.until`,
          worker,
          duration,
        ),
      ]);
      const [workers, units] = await Promise.all([
        database.all<{ id: string }>('select id from workers where until > clock_timestamp() order by id'),
        database.all<LeasePicture['units'][number]>(
          `select unit, case when until > clock_timestamp() then owner end as owner from leases order by unit`,
        ),
      ]);
      return { held, workers: workers.map(({ id }) => id), units };
    },

    async acquireLeases(worker, units, duration): Promise<Lease[]> {
      if (units.length === 0) return [];
      return database.transaction(async (statements) => {
        await statements.run(
          'insert into leases (unit) select unnest($1::text[]) order by 1 on conflict do nothing',
          units,
        );
        // Conflicts with the lock of whoever changes state under the old fence, and so waits until they are done.
        const free = await statements.all<{ unit: string }>(
          `select unit from leases where unit = any($1::text[]) and (owner is null or until <= clock_timestamp())
           order by unit for update`,
          units,
        );
        return statements.all<Lease>(
          `update leases set owner = $2, fence = fence + 1, until = ${end('$3')} where unit = any($1::text[])
           returning unit, fence`,
          free.map(({ unit }) => unit),
          worker,
          duration,
        );
      });
    },

    async releaseLeases(worker, leases) {
      await database.run(
        `update leases set owner = null, until = '-infinity'
         from unnest($2::text[], $3::bigint[]) as held (unit, fence)
         where leases.unit = held.unit and leases.fence = held.fence and owner = $1`,
        worker,
        leases.map(({ unit }) => unit),
        leases.map(({ fence }) => fence),
      );
    },

    async retireWorker(worker) {
      await database.commit([
        { sql: `update leases set owner = null, until = '-infinity' where owner = $1`, values: [worker] },
        {
          sql: `delete from workers where id = $1 or until < clock_timestamp() - interval '1 day'`,
          values: [worker],
        },
      ]);
    },
  };
}
