import type Database from 'better-sqlite3';
import type { Lane } from '../../../../domain/lane.ts';
import type {
  DueEvent,
  FollowStore,
  ForwardEvent,
  ForwardingCommit,
  ForwardingState,
  ForwardQuery,
} from '../../../../flows/forwarding/forwarding-store.ts';
import { forwardEventOf } from '../../forward-event.ts';
import { ATTEMPTS_KEPT, type StandingRow, standingOfRow, standingValues } from '../../rows/endpoint-row.ts';
import { createBodies, type StoredBody } from '../bodies.ts';
import { inLaterSyncedTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { eventOfRow, type ShownEventRow, shownColumns, shownTables } from './list-events.ts';

/** How far each lane is folded, and which endpoints have a parked event that is due. */
export function readForwardingWork(
  { database }: StoreContext,
  now: number,
): Awaited<ReturnType<FollowStore['readForwardingWork']>> {
  return {
    lanes: all<{ lane: Lane; folded: number }>(
      database,
      'select name as lane, folded from lanes order by id',
    ),
    due: all<{ id: string }>(
      database,
      `select id from endpoints where state = 'active' and exists (select 1 from forwards
         where endpoint = endpoints.id and state = 'waiting' and due_at is not null and due_at <= ?)`,
      now,
    ).map(({ id }) => id),
  };
}

/** What whoever begins to work on an endpoint has to know. */
export function readForwardingState({ database }: StoreContext, endpoint: string): ForwardingState {
  return {
    standing: standingOfRow(
      get<StandingRow>(database, 'select * from endpoint_standings where endpoint = ?', endpoint),
    ),
    cursors: all<{ lane: Lane; position: number }>(
      database,
      `select name as lane, position from endpoint_cursors join lanes on lanes.id = lane where endpoint = ?`,
      endpoint,
    ),
    parked: all<{ party: string }>(
      database,
      "select distinct party from forwards where endpoint = ? and state = 'waiting'",
      endpoint,
    ).map(({ party }) => party),
    skipped: all<{ party: string; count: number }>(
      database,
      `select party, count(*) as count from forwards where endpoint = ? and state = 'dead' and announced = 0
       group by party`,
      endpoint,
    ),
  };
}

type ForwardRow = ShownEventRow & { group_conversation: string | null; first_of_body: number };

const forwardColumns = `${shownColumns}, conversations.id as group_conversation,
  not exists (select 1 from events as before where before.position = events.position - 1
    and before.webhook = events.webhook) as first_of_body`;

const forwardTables = `${shownTables}
  left join messages on messages.position = events.position
  left join conversations on conversations.number = messages.conversation and conversations.group_id is not null`;

/** A lane's next events for an endpoint, and how far was looked. What a re-reading brought is old news: left out. */
export function readToForward(
  context: StoreContext,
  query: ForwardQuery,
): { events: ForwardEvent[]; upTo: number } {
  const { format, lane, after, limit, businessPhones } = query;
  const lanes = get<{ id: number; folded: number }>(
    context.database,
    'select id, folded from lanes where name = ?',
    lane,
  );
  if (lanes === undefined || lanes.folded <= after) return { events: [], upTo: after };
  const whole = format === 'meta-body';
  const phone = lane.startsWith('phone:') ? lane.slice('phone:'.length) : null;
  if (!whole && businessPhones !== null && (phone === null || !businessPhones.includes(phone))) {
    return { events: [], upTo: lanes.folded };
  }
  const kinds = whole ? null : query.kinds;
  const bodyOf = createBodies(context);
  const rows = all<ForwardRow>(
    context.database,
    `select ${forwardColumns} from ${forwardTables}
     where events.lane = ? and events.position > ? and events.position <= ?
       and (foreign_phone = 0 or ?) and (? is null or kind in (select value from json_each(?)))
       and not exists (select 1 from rereads where rereads.position = events.position)
     order by events.position limit ?`,
    lanes.id,
    after,
    lanes.folded,
    whole ? 1 : 0,
    kinds === null ? null : 1,
    JSON.stringify(kinds ?? []),
    limit,
  );
  return {
    events: rows.flatMap((row) => forwardEventOfRow(context, row, format, bodyOf) ?? []),
    upTo: rows.length < limit ? lanes.folded : (rows.at(-1)?.position ?? lanes.folded),
  };
}

function forwardEventOfRow(
  context: StoreContext,
  row: ForwardRow,
  format: ForwardQuery['format'],
  bodyOf: (webhookId: number) => StoredBody,
): ForwardEvent | null {
  return forwardEventOf(eventOfRow(context, row, bodyOf), format, {
    body: row.webhook === null ? null : bodyOf(row.webhook),
    path: row.path,
    group: row.group_conversation,
    firstOfBody: row.first_of_body === 1,
  });
}

/** The first parked event of each party that is due, the longest due first. */
export function readDueToForward(
  context: StoreContext,
  query: { endpoint: string; format: ForwardQuery['format']; now: number; limit: number },
): DueEvent[] {
  type DueRow = ForwardRow & {
    party: string;
    attempts: number;
    first_failed_at: number | null;
    skipped: number;
  };
  const bodyOf = createBodies(context);
  return all<DueRow>(
    context.database,
    `select forwards.party, forwards.attempts, forwards.first_failed_at, (select count(*) from forwards as dead where dead.endpoint = forwards.endpoint and dead.party = forwards.party
         and dead.state = 'dead' and dead.announced = 0) as skipped,
       ${forwardColumns}
     from forwards join ${forwardTables.replace('events left join', 'events on events.position = forwards.position left join')}
     where forwards.endpoint = ? and forwards.state = 'waiting' and due_at is not null and due_at <= ?
     order by due_at, forwards.position limit ?`,
    query.endpoint,
    query.now,
    query.limit,
  ).map((row) => {
    const found = forwardEventOfRow(context, { ...row, first_of_body: 1 }, query.format, bodyOf);
    return {
      ...(found ?? { event: eventOfRow(context, row, bodyOf), body: null }),
      party: row.party,
      attempts: row.attempts,
      firstFailedAt: row.first_failed_at,
      skipped: row.skipped,
    };
  });
}

/**
 * Writes what a turn of work on an endpoint changed. It may wait for the next fsync: what it says can be found out
 * again by delivering again.
 *
 * @returns of the parties that it touched, those with nothing parked any more
 */
export function commitForwarding(context: StoreContext, commit: ForwardingCommit): { free: string[] } {
  const { database } = context;
  const { endpoint } = commit.fence;
  return inLaterSyncedTransaction(context, () => {
    // Removed meanwhile: nothing of it may come back.
    if (get(database, 'select 1 from endpoints where id = ?', endpoint) === undefined) return { free: [] };
    for (const { lane, position } of commit.cursors) {
      run(
        database,
        `insert into endpoint_cursors (endpoint, lane, position) values (?, ?, ?)
         on conflict (endpoint, lane) do update set position = excluded.position`,
        endpoint,
        context.ensureLane(lane),
        position,
      );
    }
    const touched = new Set(commit.parked.map(({ party }) => party));
    for (const parked of commit.parked) {
      run(
        database,
        `insert into forwards (endpoint, position, party, state, attempts, first_failed_at, due_at, failure)
         values (?, ?, ?, 'waiting', ?, ?, ?, ?)
         on conflict (endpoint, position) do update set attempts = excluded.attempts,
           first_failed_at = excluded.first_failed_at, due_at = excluded.due_at, failure = excluded.failure
           where state = 'waiting'`,
        endpoint,
        parked.position,
        parked.party,
        parked.attempts,
        parked.firstFailedAt,
        parked.dueAt,
        parked.failure,
      );
    }
    for (const position of commit.delivered) {
      const row = get<{ party: string }>(
        database,
        "delete from forwards where endpoint = ? and position = ? and state = 'waiting' returning party",
        endpoint,
        position,
      );
      if (row !== undefined) touched.add(row.party);
    }
    for (const { position, attempts, failure, at } of commit.dead) {
      const row = get<{ party: string }>(
        database,
        `update forwards set state = 'dead', attempts = ?, failure = ?, ended_at = ?, due_at = null
         where endpoint = ? and position = ? and state = 'waiting' returning party`,
        attempts,
        failure,
        at,
        endpoint,
        position,
      );
      if (row !== undefined) touched.add(row.party);
    }
    for (const party of commit.announced) {
      run(
        database,
        "update forwards set announced = 1 where endpoint = ? and party = ? and state = 'dead' and announced = 0",
        endpoint,
        party,
      );
    }
    logAttempts(database, commit);
    if (commit.standing !== null) {
      run(
        database,
        `insert or replace into endpoint_standings (endpoint, failures, failing_since, open_until, probes,
           recovered_at, delivered_at, last_failure) values (?, ?, ?, ?, ?, ?, ?, ?)`,
        endpoint,
        ...standingValues(commit.standing),
      );
    }
    if (commit.disabled !== null) {
      run(
        database,
        "update endpoints set state = 'disabled', disabled_because = ?, updated_at = ? where id = ? and state = 'active'",
        commit.disabled.because,
        commit.disabled.at,
        endpoint,
      );
    }
    return { free: [...touched].filter((party) => !wakeParty(database, endpoint, party, commit.now)) };
  });
}

/**
 * Has the first parked event of a party come due, when it only waited for those before it.
 *
 * @returns whether anything of the party is parked
 */
export function wakeParty(
  database: Database.Database,
  endpoint: string,
  party: string,
  now: number,
): boolean {
  const first = get<{ position: number; due_at: number | null }>(
    database,
    `select position, due_at from forwards where endpoint = ? and party = ? and state = 'waiting'
     order by position limit 1`,
    endpoint,
    party,
  );
  if (first === undefined) return false;
  if (first.due_at === null) {
    run(
      database,
      'update forwards set due_at = ? where endpoint = ? and position = ?',
      now,
      endpoint,
      first.position,
    );
  }
  return true;
}

function logAttempts(database: Database.Database, { fence, attempts }: ForwardingCommit): void {
  const latest = attempts.slice(-ATTEMPTS_KEPT);
  if (latest.length === 0) return;
  let number =
    get<{ last: number | null }>(
      database,
      'select max(number) as last from forward_attempts where endpoint = ?',
      fence.endpoint,
    )?.last ?? 0;
  for (const { position, at, took, status, delivered, failure, excerpt } of latest) {
    number += 1;
    run(
      database,
      `insert into forward_attempts (endpoint, number, position, at, took, status, delivered, failure, excerpt)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      fence.endpoint,
      number,
      position,
      at,
      took,
      status,
      delivered ? 1 : 0,
      failure,
      excerpt,
    );
  }
  run(
    database,
    'delete from forward_attempts where endpoint = ? and number <= ?',
    fence.endpoint,
    number - ATTEMPTS_KEPT,
  );
}
