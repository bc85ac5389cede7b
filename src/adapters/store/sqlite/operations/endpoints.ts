import type { EventKind } from '../../../../domain/event.ts';
import type {
  DeadLetter,
  EndpointPicture,
  EndpointStore,
  ForwardAttempt,
  StoredEndpoint,
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
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { appendAudit } from './audit.ts';
import { wakeParty } from './forwarding.ts';
import { shownTables } from './list-events.ts';

/** What belongs to an endpoint beside its own row. */
const belongings = ['endpoint_standings', 'endpoint_cursors', 'forwards', 'forward_attempts'] as const;

/** How far things that people see are counted. */
const COUNTED = 10_000;

/** Every endpoint, in the order of making, with its secrets as they are kept: encrypted. */
export function readEndpoints({ database }: StoreContext): StoredEndpoint[] {
  return all<EndpointRow>(database, 'select * from endpoints order by id').map(endpointOfRow);
}

/** Removes and puts endpoints, with the entries in the audit log; all or nothing. Answers with those kept then. */
export function writeEndpoints(
  context: StoreContext,
  write: Parameters<EndpointStore['writeEndpoints']>[0],
): StoredEndpoint[] {
  const { database } = context;
  return inTransaction(context, () => {
    for (const id of write.remove) {
      run(database, 'delete from endpoints where id = ?', id);
      for (const table of belongings) run(database, `delete from ${table} where endpoint = ?`, id);
    }
    for (const endpoint of write.put) {
      run(
        database,
        `insert or replace into endpoints (${endpointColumns.join(', ')})
         values (${endpointColumns.map(() => '?').join(', ')})`,
        ...endpointValues(endpoint),
      );
      if (write.revivedAt === undefined) continue;
      run(database, 'delete from endpoint_standings where endpoint = ?', endpoint.id);
      run(
        database,
        `update forwards set due_at = ?, first_failed_at = null
         where endpoint = ? and state = 'waiting' and due_at is not null`,
        write.revivedAt,
        endpoint.id,
      );
    }
    for (const entry of write.audit) appendAudit(context, entry);
    return readEndpoints(context);
  });
}

/** How every endpoint stands, without what waits for it. */
export function readEndpointStandings(
  context: StoreContext,
): Awaited<ReturnType<EndpointStore['readEndpointStandings']>> {
  const rows = all<StandingRow & { endpoint: string }>(context.database, 'select * from endpoint_standings');
  return withStandings(readEndpoints(context), rows);
}

/** How it stands with an endpoint. */
export function readEndpointPicture({ database }: StoreContext, id: string): EndpointPicture {
  const count = (sql: string, ...values: (string | number)[]) =>
    get<{ count: number }>(database, `select count(*) as count from (${sql} limit ${COUNTED})`, ...values)
      ?.count ?? 0;
  return {
    standing: standingOfRow(
      get<StandingRow>(database, 'select * from endpoint_standings where endpoint = ?', id),
    ),
    waiting: count("select 1 from forwards where endpoint = ? and state = 'waiting'", id),
    deadLetters: count("select 1 from forwards where endpoint = ? and state = 'dead'", id),
    behind: count(
      `select 1 from endpoints, lanes
         left join endpoint_cursors on endpoint_cursors.endpoint = endpoints.id
           and endpoint_cursors.lane = lanes.id
         join events on events.lane = lanes.id and events.position <= lanes.folded
           and events.position > max(coalesce(endpoint_cursors.position, 0), endpoints.from_position)
       where endpoints.id = ?`,
      id,
    ),
  };
}

/** The latest attempts before a number, the newest first. */
export function listForwardAttempts(
  { database }: StoreContext,
  query: { endpoint: string; before: number | null; limit: number },
): (ForwardAttempt & { number: number })[] {
  return all<ForwardAttemptRow>(
    database,
    `select number, position, at, took, status, delivered, failure, excerpt from forward_attempts
     where endpoint = ? and (? is null or number < ?) order by number desc limit ?`,
    query.endpoint,
    query.before,
    query.before,
    query.limit,
  ).map(forwardAttemptOfRow);
}

/** Given up events behind a position, in feed order. */
export function listDeadLetters(
  { database }: StoreContext,
  query: { endpoint: string; after: number; limit: number },
): (DeadLetter & { kind: EventKind })[] {
  return all<DeadLetter & { kind: EventKind }>(
    database,
    `select forwards.position, forwards.attempts, forwards.failure, forwards.ended_at as at, events.kind
     from forwards join events on events.position = forwards.position
     where endpoint = ? and state = 'dead' and forwards.position > ? order by forwards.position limit ?`,
    query.endpoint,
    query.after,
    query.limit,
  );
}

/** Has events delivered again, behind what waits of the same people already; see the port. */
export function redeliver(
  context: StoreContext,
  query: Parameters<EndpointStore['redeliver']>[0],
): { count: number; next: number | null } {
  const { database } = context;
  const { endpoint, now, audit, limit } = query;
  return inTransaction(context, () => {
    const found = positionsOf(database, query);
    const parties = all<{ party: string }>(
      database,
      `insert into forwards (endpoint, position, party, state, attempts)
       select ?, events.position, 'again:' || coalesce(contacts.merged_into, contacts.id, lanes.name), 'waiting', 0
       from ${shownTables} join lanes on lanes.id = events.lane
       where events.position in (select value from json_each(?))
       on conflict (endpoint, position) do update set state = 'waiting', party = excluded.party, attempts = 0,
         first_failed_at = null, due_at = null, ended_at = null, announced = 0
         where state = 'dead'
       returning party`,
      endpoint,
      JSON.stringify(found),
    );
    for (const party of new Set(parties.map((row) => row.party))) wakeParty(database, endpoint, party, now);
    if (audit !== null) appendAudit(context, audit);
    return { count: parties.length, next: found.length === limit ? (found.at(-1) ?? null) : null };
  });
}

function positionsOf(
  database: StoreContext['database'],
  { endpoint, scope, after, limit }: Parameters<EndpointStore['redeliver']>[0],
): number[] {
  const read = (sql: string, ...values: (string | number | null)[]) =>
    all<{ position: number }>(database, sql, ...values).map(({ position }) => position);
  switch (scope.kind) {
    case 'positions':
      return read(
        `select position from events where position in (select value from json_each(?)) and position > ?
         order by position limit ?`,
        JSON.stringify(scope.positions),
        after,
        limit,
      );
    case 'dead':
      return read(
        `select position from forwards where endpoint = ? and state = 'dead' and position > ? and ended_at >= ?
         order by position limit ?`,
        endpoint,
        after,
        scope.since,
        limit,
      );
    case 'range':
      return read(
        `select position from events where position > ? and received_at >= ? and received_at < ?
           and (? is null or kind in (select value from json_each(?))) order by position limit ?`,
        after,
        scope.from,
        scope.until,
        scope.kinds === null ? null : 1,
        JSON.stringify(scope.kinds ?? []),
        limit,
      );
  }
}
