import type { EventKind } from '../../../../domain/event.ts';
import type { EventFacts } from '../../../../domain/event-facts.ts';
import type { Json } from '../../../../domain/json.ts';
import { isJsonObject } from '../../../../domain/json.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { FoldEvent, NotificationFacts } from '../../../../flows/inbound/fold.ts';
import type { FoldBatch } from '../../../../flows/inbound/fold-lane.ts';
import type { RefoldBatch } from '../../../../flows/inbound/refold-lane.ts';
import { readFacts } from '../../../../whatsapp/read-event.ts';
import { createBodies, type StoredBody } from '../bodies.ts';
import type { StoreContext } from '../context.ts';
import { all, get } from '../statement.ts';
import { loadState, noSubjects, type Subjects } from './load-state.ts';

type EventRow = {
  position: number;
  key: string;
  kind: EventKind;
  occurred_at: number | null;
  received_at: number;
  webhook: number | null;
  path: string | null;
  foreign_phone: number;
  payload: string | null;
};

/**
 * A lane's next events after its cursor, with the state that they touch. Those that a re-reading brought are
 * left out, the cursor passes them: `readRefold` gives them.
 */
export function readFold(context: StoreContext, lane: Lane, limit: number): FoldBatch {
  const laneRow = get<{ id: number; folded: number }>(
    context.database,
    'select id, folded from lanes where name = ?',
    lane,
  );
  if (laneRow === undefined)
    return { from: 0, to: 0, events: [], state: loadState(context, lane, noSubjects()) };
  const rows = all<EventRow & { reread: number }>(
    context.database,
    `select position, lower(hex(key)) as key, kind, occurred_at, received_at, webhook, path, foreign_phone, payload,
       exists (select 1 from rereads where rereads.position = events.position) as reread
     from events where lane = ? and position > ? order by position limit ?`,
    laneRow.id,
    laneRow.folded,
    limit,
  );
  return {
    from: laneRow.folded,
    to: rows.at(-1)?.position ?? laneRow.folded,
    ...readEvents(
      context,
      lane,
      rows.filter(({ reread }) => reread === 0),
    ),
  };
}

/** A lane's events that a re-reading brought and that are not in the state yet, with the state that they touch. */
export function readRefold(context: StoreContext, lane: Lane, limit: number): RefoldBatch {
  const rows = all<EventRow & { waiting: number }>(
    context.database,
    `select events.position, lower(hex(key)) as key, kind, occurred_at, received_at, webhook, path, foreign_phone,
       payload, waiting
     from rereads join events on events.position = rereads.position
     where rereads.lane = (select id from lanes where name = ?) and waiting is not null
     order by rereads.position limit ?`,
    lane,
    limit,
  );
  return {
    refolded: rows.map(({ position, waiting }) => ({ position, revision: waiting })),
    ...readEvents(context, lane, rows),
  };
}

/** What the rows say, and the state that it touches. */
function readEvents(
  context: StoreContext,
  lane: Lane,
  rows: readonly EventRow[],
): Pick<FoldBatch, 'events' | 'state'> {
  const bodyOf = createBodies(context);
  const subjects = noSubjects();
  const events = rows.map((row): FoldEvent => {
    const facts = factsOf(row, bodyOf);
    addSubjects(subjects, facts);
    return {
      position: row.position,
      key: row.key,
      occurredAt: row.occurred_at,
      receivedAt: row.received_at,
      facts,
    };
  });
  return { events, state: loadState(context, lane, subjects) };
}

function factsOf(row: EventRow, bodyOf: (webhookId: number) => StoredBody): EventFacts | NotificationFacts {
  if (row.kind === 'notification' && row.payload !== null) {
    const payload: Json = JSON.parse(row.payload);
    const id = isJsonObject(payload) ? payload['notificationId'] : null;
    return { fact: 'notification', notificationId: typeof id === 'string' ? id : '' };
  }
  // A business phone that is not ours changes nothing here, and neither does an event of ours about an alarm.
  if (row.foreign_phone === 1 || row.webhook === null) return { fact: 'other', person: null };
  return readFacts(row.kind, bodyOf(row.webhook).json, row.path ?? '');
}

function addSubjects(subjects: Subjects, facts: EventFacts | NotificationFacts): void {
  if (facts.fact === 'notification') {
    subjects.notificationIds.push(facts.notificationId);
  } else if (facts.fact === 'message') {
    subjects.identifiers.push(...facts.sender.identifiers);
    if (facts.groupId !== null) subjects.groupIds.push(facts.groupId);
    if (facts.messageId !== null) subjects.messageIds.push(facts.messageId);
  } else if (facts.fact === 'status') {
    subjects.identifiers.push(...facts.recipient.identifiers);
    subjects.messageIds.push(facts.messageId);
    if (facts.callbackData !== null) subjects.notificationIds.push(facts.callbackData);
  } else if (facts.person !== null) {
    subjects.identifiers.push(...facts.person.identifiers);
  }
}
