import type { Lane } from '../../../../domain/lane.ts';
import {
  type DueEvent,
  endpointUnit,
  type FollowStore,
  type ForwardEvent,
  type ForwardingCommit,
  type ForwardingState,
  type ForwardQuery,
} from '../../../../flows/forwarding/forwarding-store.ts';
import { forwardEventOf } from '../../forward-event.ts';
import { ATTEMPTS_KEPT, type StandingRow, standingOfRow, standingValues } from '../../rows/endpoint-row.ts';
import type { StoredBody } from '../bodies.ts';
import type { PostgresContext } from '../context.ts';
import type { Statements } from '../database.ts';
import { rowsParameter } from '../safe-text.ts';
import { eventsOfRows, type ShownEventRow, shownColumns } from './list-events.ts';

/** How far each lane is folded, and which endpoints have a parked event that is due. */
export async function readForwardingWork(
  { database }: PostgresContext,
  now: number,
): Promise<Awaited<ReturnType<FollowStore['readForwardingWork']>>> {
  const [lanes, due] = await Promise.all([
    database.all<{ lane: Lane; folded: number }>('select name as lane, folded from lanes order by id'),
    database.all<{ id: string }>(
      `select id from endpoints where state = 'active' and exists (select 1 from forwards
         where endpoint = endpoints.id and state = 'waiting' and due_at is not null and due_at <= $1)`,
      now,
    ),
  ]);
  return { lanes, due: due.map(({ id }) => id) };
}

/** What whoever begins to work on an endpoint has to know. */
export async function readForwardingState(
  { database }: PostgresContext,
  endpoint: string,
): Promise<ForwardingState> {
  const [standing, cursors, parked, skipped] = await Promise.all([
    database.get<StandingRow>('select * from endpoint_standings where endpoint = $1', endpoint),
    database.all<{ lane: Lane; position: number }>(
      'select name as lane, position from endpoint_cursors join lanes on lanes.id = lane where endpoint = $1',
      endpoint,
    ),
    database.all<{ party: string }>(
      "select distinct party from forwards where endpoint = $1 and state = 'waiting'",
      endpoint,
    ),
    database.all<{ party: string; count: number }>(
      `select party, count(*) as count from forwards where endpoint = $1 and state = 'dead' and announced = 0
       group by party`,
      endpoint,
    ),
  ]);
  return {
    standing: standingOfRow(standing),
    cursors,
    parked: parked.map(({ party }) => party),
    skipped,
  };
}

type ForwardRow = ShownEventRow & { group_conversation: string | null; first_of_body: boolean };

const forwardColumns = `${shownColumns},
  (select conversations.id from messages join conversations on conversations.number = messages.conversation
   where messages.position = events.position and conversations.group_id is not null) as group_conversation,
  not exists (select 1 from events as before where before.position = events.position - 1
    and before.webhook = events.webhook) as first_of_body`;

/** Among how many positions of the feed one reading looks, so that a long backlog is not gone through at once. */
const REACH = 4_096;

/** A lane's next events for an endpoint, and how far was looked. What a re-reading brought is old news: left out. */
export async function readToForward(
  context: PostgresContext,
  query: ForwardQuery,
): Promise<{ events: ForwardEvent[]; upTo: number }> {
  const { database } = context;
  const { format, lane, after, limit, businessPhones } = query;
  const lanes = await database.get<{ id: number; folded: number }>(
    'select id, folded from lanes where name = $1',
    lane,
  );
  if (lanes === undefined || lanes.folded <= after) return { events: [], upTo: after };
  const whole = format === 'meta-body';
  const phone = lane.startsWith('phone:') ? lane.slice('phone:'.length) : null;
  if (!whole && businessPhones !== null && (phone === null || !businessPhones.includes(phone))) {
    return { events: [], upTo: lanes.folded };
  }
  const next = await database.get<{ first: number | null }>(
    'select min(position) as first from events where lane = $1 and position > $2',
    lanes.id,
    after,
  );
  const bound = Math.min(lanes.folded, (next?.first ?? lanes.folded) + REACH);
  const rows = await database.all<ForwardRow>(
    `select ${forwardColumns} from (
       select * from events where lane = $1 and position > $2 and position <= $3
         and (foreign_phone = 0 or $4::boolean) and ($5::text[] is null or kind = any($5::text[]))
         and not exists (select 1 from rereads where rereads.position = events.position)
       order by position limit $6
     ) as events order by position`,
    lanes.id,
    after,
    bound,
    whole,
    whole ? null : query.kinds,
    limit,
  );
  const events: ForwardEvent[] = [];
  for await (const { event, row, body } of eventsOfRows(context, rows)) {
    const found = forwardEventOf(event, format, storedOf(row, body));
    if (found !== null) events.push(found);
  }
  return {
    events,
    upTo: rows.length < limit ? bound : (rows.at(-1)?.position ?? bound),
  };
}

function storedOf(row: ForwardRow, body: StoredBody | null) {
  return { body, path: row.path, group: row.group_conversation, firstOfBody: row.first_of_body };
}

/** The first parked event of each party that is due, the longest due first. */
export async function readDueToForward(
  context: PostgresContext,
  query: { endpoint: string; format: ForwardQuery['format']; now: number; limit: number },
): Promise<DueEvent[]> {
  type DueRow = ForwardRow & {
    party: string;
    attempts: number;
    first_failed_at: number | null;
    skipped: number;
  };
  const rows = await context.database.all<DueRow>(
    `select forwards.party, forwards.attempts, forwards.first_failed_at,
       (select count(*) from forwards as dead where dead.endpoint = forwards.endpoint and dead.party = forwards.party
         and dead.state = 'dead' and dead.announced = 0) as skipped,
       ${forwardColumns}
     from forwards join events on events.position = forwards.position
     where forwards.endpoint = $1 and forwards.state = 'waiting' and due_at is not null and due_at <= $2
     order by due_at, forwards.position limit $3`,
    query.endpoint,
    query.now,
    query.limit,
  );
  const due: DueEvent[] = [];
  for await (const { event, row, body } of eventsOfRows(context, rows)) {
    const found = forwardEventOf(event, query.format, { ...storedOf(row, body), firstOfBody: true });
    due.push({
      ...(found ?? { event, body: null }),
      party: row.party,
      attempts: row.attempts,
      firstFailedAt: row.first_failed_at,
      skipped: row.skipped,
    });
  }
  return due;
}

/**
 * Writes what a turn of work on an endpoint changed; refuses a lost fence.
 *
 * @returns of the parties that it touched, those with nothing parked any more
 */
export async function commitForwarding(
  context: PostgresContext,
  commit: ForwardingCommit,
): Promise<{ free: string[] }> {
  const { endpoint, number } = commit.fence;
  const lanes = await context.ensureLanes(commit.cursors.map(({ lane }) => lane));
  return context.database.transaction(async (statements) => {
    await statements.run('select hold_lease($1, $2)', endpointUnit(endpoint), number);
    if (commit.cursors.length > 0) {
      await statements.run(
        `insert into endpoint_cursors (endpoint, lane, position)
         select $1, lane, position from json_to_recordset($2::json) as given (lane integer, position bigint)
         on conflict (endpoint, lane) do update set position = excluded.position`,
        endpoint,
        rowsParameter(commit.cursors.map(({ lane, position }) => ({ lane: lanes.get(lane), position }))),
      );
    }
    const touched = new Set(commit.parked.map(({ party }) => party));
    if (commit.parked.length > 0) {
      await statements.run(
        `insert into forwards (endpoint, position, party, state, attempts, first_failed_at, due_at, failure)
         select distinct on (position) $1, position, party, 'waiting', attempts, "firstFailedAt", "dueAt", failure
         from json_to_recordset($2::json) as given (position bigint, party text, attempts integer,
           "firstFailedAt" bigint, "dueAt" bigint, failure text)
         order by position, attempts desc
         on conflict (endpoint, position) do update set attempts = excluded.attempts,
           first_failed_at = excluded.first_failed_at, due_at = excluded.due_at, failure = excluded.failure
           where forwards.state = 'waiting'`,
        endpoint,
        rowsParameter(commit.parked),
      );
    }
    const delivered = await statements.all<{ party: string }>(
      `delete from forwards where endpoint = $1 and position = any($2::bigint[]) and state = 'waiting'
       returning party`,
      endpoint,
      commit.delivered,
    );
    for (const { party } of delivered) touched.add(party);
    for (const party of await giveUp(statements, commit)) touched.add(party);
    if (commit.announced.length > 0) {
      await statements.run(
        `update forwards set announced = 1
         where endpoint = $1 and party = any($2::text[]) and state = 'dead' and announced = 0`,
        endpoint,
        commit.announced,
      );
    }
    await logAttempts(statements, commit);
    if (commit.standing !== null) {
      await statements.run(
        `insert into endpoint_standings (endpoint, failures, failing_since, open_until, probes, recovered_at,
           delivered_at, last_failure) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (endpoint) do update set failures = excluded.failures,
           failing_since = excluded.failing_since, open_until = excluded.open_until, probes = excluded.probes,
           recovered_at = excluded.recovered_at, delivered_at = excluded.delivered_at,
           last_failure = excluded.last_failure`,
        endpoint,
        ...standingValues(commit.standing),
      );
    }
    if (commit.disabled !== null) {
      await statements.run(
        `update endpoints set state = 'disabled', disabled_because = $1, updated_at = $2
         where id = $3 and state = 'active'`,
        commit.disabled.because,
        commit.disabled.at,
        endpoint,
      );
    }
    const parked = await wakeParties(statements, endpoint, [...touched], commit.now);
    return { free: [...touched].filter((party) => !parked.has(party)) };
  });
}

/** Gives events up. Answers with their parties. */
async function giveUp(statements: Statements, { fence, dead }: ForwardingCommit): Promise<string[]> {
  const parties: string[] = [];
  for (const { position, attempts, failure, at } of dead) {
    const row = await statements.get<{ party: string }>(
      `update forwards set state = 'dead', attempts = $1, failure = $2, ended_at = $3, due_at = null
       where endpoint = $4 and position = $5 and state = 'waiting' returning party`,
      attempts,
      failure,
      at,
      fence.endpoint,
      position,
    );
    if (row !== undefined) parties.push(row.party);
  }
  return parties;
}

/**
 * Has the first parked event of each party come due, where it only waited for those before it.
 *
 * @returns the parties of which something is parked
 */
export async function wakeParties(
  statements: Statements,
  endpoint: string,
  parties: readonly string[],
  now: number,
): Promise<Set<string>> {
  if (parties.length === 0) return new Set();
  const first = await statements.all<{ party: string; position: number; due_at: number | null }>(
    `select distinct on (party) party, position, due_at from forwards
     where endpoint = $1 and party = any($2::text[]) and state = 'waiting' order by party, position`,
    endpoint,
    parties,
  );
  const asleep = first.filter(({ due_at }) => due_at === null).map(({ position }) => position);
  if (asleep.length > 0) {
    await statements.run(
      'update forwards set due_at = $1 where endpoint = $2 and position = any($3::bigint[])',
      now,
      endpoint,
      asleep,
    );
  }
  return new Set(first.map(({ party }) => party));
}

async function logAttempts(statements: Statements, { fence, attempts }: ForwardingCommit): Promise<void> {
  const latest = attempts.slice(-ATTEMPTS_KEPT);
  if (latest.length === 0) return;
  const last = await statements.get<{ last: number | null }>(
    'select max(number) as last from forward_attempts where endpoint = $1',
    fence.endpoint,
  );
  const rows = latest.map((attempt, index) => ({
    ...attempt,
    number: (last?.last ?? 0) + 1 + index,
    delivered: attempt.delivered ? 1 : 0,
  }));
  await statements.run(
    `insert into forward_attempts (endpoint, number, position, at, took, status, delivered, failure, excerpt)
     select $1, number, position, at, took, status, delivered, failure, excerpt
     from json_to_recordset($2::json) as given (number bigint, position bigint, at bigint, took integer,
       status integer, delivered smallint, failure text, excerpt text)`,
    fence.endpoint,
    rowsParameter(rows),
  );
  await statements.run(
    'delete from forward_attempts where endpoint = $1 and number <= $2',
    fence.endpoint,
    (rows.at(-1)?.number ?? 0) - ATTEMPTS_KEPT,
  );
}
