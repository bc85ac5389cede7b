import type { EventKind } from '../../domain/event.ts';
import type { FoldFacts, IdentityChange } from '../../domain/event-facts.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import type { Identifier } from '../../domain/person.ts';
import type { NotificationFacts } from '../../flows/inbound/fold.ts';
import { readFoldFacts } from '../../whatsapp/read-fold-facts.ts';

/** What a batch of work speaks of, and so which state it touches. */
export type Subjects = {
  identifiers: Identifier[];
  contactIds: string[];
  groupIds: string[];
  /** Of messages that somebody wrote: whether the thread holds them. */
  inboundIds: string[];
  /** Of messages of ours: what is known of them. */
  messageIds: string[];
  notificationIds: string[];
  /** Merges to be changed, with everybody whom they concern. */
  mergeIds: string[];
  /** Whether somebody wrote or called: then what is held for these people counts too. */
  opensWindow: boolean;
};

/** No subjects yet. */
export function noSubjects(): Subjects {
  return {
    identifiers: [],
    contactIds: [],
    groupIds: [],
    inboundIds: [],
    messageIds: [],
    notificationIds: [],
    mergeIds: [],
    opensWindow: false,
  };
}

/** What a row of `events` says of itself, beside its body. */
type FoldRow = {
  kind: EventKind;
  webhook: number | null;
  path: string | null;
  foreign_phone: number;
  payload: string | null;
};

/** What an event says, as far as folding asks. `bodyOf` gives the JSON of a webhook's body. */
export function factsOf(
  row: FoldRow,
  bodyOf: (webhookId: number) => { json: Json | undefined },
): FoldFacts | NotificationFacts {
  if (row.kind === 'notification' && row.payload !== null) {
    const payload: Json = JSON.parse(row.payload);
    const id = isJsonObject(payload) ? payload['notificationId'] : null;
    return { fact: 'notification', notificationId: typeof id === 'string' ? id : '' };
  }
  // A business phone that is not ours changes nothing here, and neither does an event of ours about an alarm.
  if (row.foreign_phone === 1 || row.webhook === null) return { fact: 'other', person: null };
  return readFoldFacts(row.kind, bodyOf(row.webhook).json, row.path ?? '');
}

/** Adds what the facts of an event speak of. */
export function addSubjects(subjects: Subjects, facts: FoldFacts | NotificationFacts): void {
  if (facts.fact === 'notification') {
    subjects.notificationIds.push(facts.notificationId);
  } else if (facts.fact === 'message') {
    subjects.identifiers.push(...facts.sender.identifiers);
    if (facts.change !== null) addChange(subjects, facts.change);
    if (facts.groupId !== null) subjects.groupIds.push(facts.groupId);
    if (facts.messageId !== null) subjects.inboundIds.push(facts.messageId);
    subjects.opensWindow ||= facts.opensWindow;
  } else if (facts.fact === 'status') {
    subjects.identifiers.push(...facts.recipient.identifiers);
    subjects.messageIds.push(facts.messageId);
    if (facts.callbackData !== null) subjects.notificationIds.push(facts.callbackData);
  } else if (facts.fact === 'identity') {
    addChange(subjects, facts.change);
  } else if (facts.fact !== 'account' && facts.person !== null) {
    subjects.identifiers.push(...facts.person.identifiers);
    subjects.opensWindow ||= facts.fact === 'call';
  }
}

function addChange(subjects: Subjects, { present, former, leftNumber }: IdentityChange): void {
  subjects.identifiers.push(...present, ...former);
  if (leftNumber !== null) subjects.identifiers.push({ kind: 'wa_id', value: leftNumber });
}
