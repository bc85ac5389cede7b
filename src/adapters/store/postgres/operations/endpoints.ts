import type { EventKind } from '../../../../domain/event.ts';
import {
  type DeadLetter,
  type EndpointPicture,
  type EndpointStore,
  endpointUnit,
  type ForwardAttempt,
  type StoredEndpoint,
} from '../../../../flows/forwarding/forwarding-store.ts';
import {
  type EndpointRow,
  endpointColumns,
  endpointOfRow,
  endpointValues,
  type ForwardAttemptRow,
  forwardAttemptOfRow,
  type StandingRow,
  standingOfRow,
  withStandings,
} from '../../rows/endpoint-row.ts';
import type { PostgresContext } from '../context.ts';
import type { SqlValue, Statements } from '../database.ts';
import { appendAudit } from './audit.ts';
import { wakeParties } from './forwarding.ts';

/** What belongs to an endpoint beside its own row. */
const belongings = ['endpoint_standings', 'endpoint_cursors', 'forwards', 'forward_attempts'] as const;

/** How far things that people see are counted. */
const COUNTED = 10_000;

/** Every endpoint, in the order of making, with its secrets as they are kept: encrypted. */
export async function readEndpoints({ database }: { database: Statements }): Promise<StoredEndpoint[]> {
  return (await database.all<EndpointRow>('select * from endpoints order by id')).map(endpointOfRow);
}

/** Removes and puts endpoints, with the entries in the audit log; all or nothing. Answers with those kept then. */
export function writeEndpoints(
  { database }: PostgresContext,
  write: Parameters<EndpointStore['writeEndpoints']>[0],
): Promise<StoredEndpoint[]> {
  return database.transaction(async (statements) => {
    for (const id of write.remove) {
      // Waits for whoever is just writing down what became of a delivery, and lets nobody do so again.
      await statements.run('delete from leases where unit = $1', endpointUnit(id));
      await statements.run('delete from endpoints where id = $1', id);
      for (const table of belongings) await statements.run(`delete from ${table} where endpoint = $1`, id);
    }
    for (const endpoint of write.put) {
      await statements.run(
        'insert into leases (unit) values ($1) on conflict do nothing',
        endpointUnit(endpoint.id),
      );
      await statements.run(
        `insert into endpoints (${endpointColumns.join(', ')})
         values (${endpointColumns.map((_, index) => `$${index + 1}`).join(', ')})
         on conflict (id) do update set ${endpointColumns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
        ...endpointValues(endpoint),
      );
      if (write.revivedAt === undefined) continue;
      await statements.run('delete from endpoint_standings where endpoint = $1', endpoint.id);
      await statements.run(
        `update forwards set due_at = $1, first_failed_at = null
         where endpoint = $2 and state = 'waiting' and due_at is not null`,
        write.revivedAt,
        endpoint.id,
      );
    }
    await appendAudit(statements, write.audit);
    return readEndpoints({ database: statements });
  });
}

/** How every endpoint stands, without what waits for it. */
export async function readEndpointStandings(
  context: PostgresContext,
): ReturnType<EndpointStore['readEndpointStandings']> {
  const [endpoints, rows] = await Promise.all([
    readEndpoints(context),
    context.database.all<StandingRow & { endpoint: string }>('select * from endpoint_standings'),
  ]);
  return withStandings(endpoints, rows);
}

/** How it stands with an endpoint. */
export async function readEndpointPicture(
  { database }: PostgresContext,
  id: string,
): Promise<EndpointPicture> {
  const count = async (sql: string) =>
    (
      await database.get<{ count: number }>(
        `select count(*) as count from (${sql} limit ${COUNTED}) as counted`,
        id,
      )
    )?.count ?? 0;
  return {
    standing: standingOfRow(
      await database.get<StandingRow>('select * from endpoint_standings where endpoint = $1', id),
    ),
    waiting: await count("select 1 from forwards where endpoint = $1 and state = 'waiting'"),
    deadLetters: await count("select 1 from forwards where endpoint = $1 and state = 'dead'"),
    behind: await count(
      `select 1 from endpoints cross join lanes
         left join endpoint_cursors on endpoint_cursors.endpoint = endpoints.id
           and endpoint_cursors.lane = lanes.id
         join events on events.lane = lanes.id and events.position <= lanes.folded
           and events.position > greatest(coalesce(endpoint_cursors.position, 0), endpoints.from_position)
       where endpoints.id = $1`,
    ),
  };
}

/** The latest attempts before a number, the newest first. */
export async function listForwardAttempts(
  { database }: PostgresContext,
  query: { endpoint: string; before: number | null; limit: number },
): Promise<(ForwardAttempt & { number: number })[]> {
  const rows = await database.all<ForwardAttemptRow>(
    `select number, position, at, took, status, delivered, failure, excerpt from forward_attempts
     where endpoint = $1 and ($2::bigint is null or number < $2) order by number desc limit $3`,
    query.endpoint,
    query.before,
    query.limit,
  );
  return rows.map(forwardAttemptOfRow);
}

/** Given up events behind a position, in feed order. */
export function listDeadLetters(
  { database }: PostgresContext,
  query: { endpoint: string; after: number; limit: number },
): Promise<(DeadLetter & { kind: EventKind })[]> {
  return database.all(
    `select forwards.position, forwards.attempts, forwards.failure, forwards.ended_at as at, events.kind
     from forwards join events on events.position = forwards.position
     where endpoint = $1 and state = 'dead' and forwards.position > $2 order by forwards.position limit $3`,
    query.endpoint,
    query.after,
    query.limit,
  );
}

/** Has events delivered again, behind what waits of the same people already; see the port. */
export function redeliver(
  { database }: PostgresContext,
  query: Parameters<EndpointStore['redeliver']>[0],
): Promise<{ count: number; next: number | null }> {
  const { endpoint, now, audit, limit } = query;
  return database.transaction(async (statements) => {
    const found = await positionsOf(statements, query);
    const parties = await statements.all<{ party: string }>(
      `insert into forwards (endpoint, position, party, state, attempts)
       select $1, events.position, 'again:' || coalesce(
         (select coalesce(contacts.merged_into, contacts.id) from event_contacts
            join contacts on contacts.number = event_contacts.contact
          where event_contacts.position = events.position and main = 1 limit 1), lanes.name), 'waiting', 0
       from events join lanes on lanes.id = events.lane
       where events.position = any($2::bigint[])
       on conflict (endpoint, position) do update set state = 'waiting', party = excluded.party, attempts = 0,
         first_failed_at = null, due_at = null, ended_at = null, announced = 0
         where forwards.state = 'dead'
       returning party`,
      endpoint,
      found,
    );
    await wakeParties(
      statements,
      endpoint,
      parties.map(({ party }) => party),
      now,
    );
    if (audit !== null) await appendAudit(statements, [audit]);
    return { count: parties.length, next: found.length === limit ? (found.at(-1) ?? null) : null };
  });
}

async function positionsOf(
  statements: Statements,
  { endpoint, scope, after, limit }: Parameters<EndpointStore['redeliver']>[0],
): Promise<number[]> {
  const read = async (sql: string, ...values: SqlValue[]) =>
    (await statements.all<{ position: number }>(sql, ...values)).map(({ position }) => position);
  switch (scope.kind) {
    case 'positions':
      return read(
        `select position from events where position = any($1::bigint[]) and position > $2
         order by position limit $3`,
        scope.positions,
        after,
        limit,
      );
    case 'dead':
      return read(
        `select position from forwards where endpoint = $1 and state = 'dead' and position > $2 and ended_at >= $3
         order by position limit $4`,
        endpoint,
        after,
        scope.since,
        limit,
      );
    case 'range':
      return read(
        `select position from events where position > $1 and received_at >= $2 and received_at < $3
           and ($4::text[] is null or kind = any($4::text[])) order by position limit $5`,
        after,
        scope.from,
        scope.until,
        scope.kinds,
        limit,
      );
  }
}
