import type { AccountFact, AccountFactName } from '../../domain/account-fact.ts';
import type { Alarm } from '../../domain/alarm.ts';
import type { ApiKey } from '../../domain/api-key.ts';
import type { Actor, AuditEntry, AuditRecord } from '../../domain/audit.ts';
import type { BatchRow } from '../../domain/batch.ts';
import type { ChargeCount } from '../../domain/charge.ts';
import type { Event, EventKind, FeedBounds, KindCount } from '../../domain/event.ts';
import type { FailureCode } from '../../domain/failure.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Merge } from '../../domain/merge.ts';
import type { NotificationState } from '../../domain/notification.ts';
import type { OptOutName, Preference } from '../../domain/opt-out.ts';
import type {
  ConversationPlace,
  ConversationView,
  NotificationCount,
  NotificationStory,
  ShownContact,
  ThreadMessage,
} from '../../domain/views.ts';
import type { BusinessPhoneStore } from '../../flows/business-phones.ts';
import type { CommandStore } from '../../flows/commands/give-command.ts';
import type { ObeyStore } from '../../flows/commands/obey.ts';
import type { EndpointStore, FollowStore } from '../../flows/forwarding/forwarding-store.ts';
import type { FoldStore } from '../../flows/inbound/fold-lane.ts';
import type { AppendedWebhook, IncomingWebhook } from '../../flows/inbound/receive-webhook.ts';
import type { RefoldStore } from '../../flows/inbound/refold-lane.ts';
import type { RereadStore } from '../../flows/inbound/reread.ts';
import type { SettingsStore } from '../../flows/live-settings.ts';
import type { MediaStore } from '../../flows/media/media-store.ts';
import type { UploadStore } from '../../flows/media/upload-store.ts';
import type { AdoptStore } from '../../flows/outbound/adopt-lane.ts';
import type { BatchStore, BatchStory } from '../../flows/outbound/batches.ts';
import type { ConsiderStore } from '../../flows/outbound/consider.ts';
import type { OverdueStore } from '../../flows/outbound/end-overdue.ts';
import type { FeedStore as BatchFeedStore } from '../../flows/outbound/feed-batches.ts';
import type { PaceStore } from '../../flows/outbound/lane-pace.ts';
import type { LastInbound } from '../../flows/outbound/mark-read.ts';
import type { SendStore } from '../../flows/outbound/send-due.ts';
import type { SettleStore } from '../../flows/outbound/settle-attempts.ts';
import type { TakeStore } from '../../flows/outbound/take.ts';
import type { WorkStore } from '../../flows/own-lanes.ts';
import type { RegistrationStore } from '../../flows/register-phone.ts';
import type { TemplateStore } from '../../flows/templates/template-store.ts';
import type { AlarmStore } from '../../flows/upkeep/alarms.ts';
import type { LaneQueue } from '../../flows/upkeep/checks/queue.ts';
import type { RetentionStore } from '../../flows/upkeep/retention.ts';
import type { SharedClock } from '../../runtime/clock.ts';
import type { LeaseStore } from '../../runtime/lease.ts';
import type { EngineDescription } from './engine-description.ts';
import type { StoreHealth } from './store-health.ts';

/**
 * The seam to the database: whole operations, each one transaction, plain data in and out. Each engine has all of
 * them. An operation rejects with StoreFailure; those that a fence guards, with LeaseLost when another process owns
 * the unit.
 */
export type Store = FeedStore &
  LaneStore &
  ReadingStore &
  AccessStore &
  SettingsStore &
  BusinessPhoneStore &
  RegistrationStore &
  PreferenceWrites &
  AlarmWrites &
  BatchReads &
  BatchStore &
  BatchFeedStore &
  TemplateStore &
  RetentionStore &
  MediaStore &
  UploadStore &
  EndpointStore &
  FollowStore &
  RereadStore & {
    /** The key under which events and messages are hashed; it never changes. */
    installationKey: Uint8Array;
    /** Which of several processes works on what; null where this process has the database for itself. */
    leases: LeaseStore | null;
    /** The one clock of all processes on the database; null where that of this process is the only one. */
    clock: SharedClock | null;
    /**
     * Hears that another process has probably kept something, soon after it has; no more than a hint, which may be
     * lost. Call the result to stop.
     */
    onHint(listener: () => void): () => void;
    /** What the database is, and whether what it has committed survives a loss of power. */
    describeEngine(): Promise<EngineDescription>;
    /** Resolves when reading and writing can work; rejects with the reason when not. */
    ping(): Promise<void>;
    close(): Promise<void>;
  };

type FeedStore = {
  /** Appends a batch of webhooks to the feed; one result for each. A body that holds nothing new is not kept again. */
  appendWebhooks(batch: IncomingWebhook[]): Promise<AppendedWebhook[]>;
  /** A page of the feed after a position, in feed order. `kinds` null means every kind. */
  listEvents(query: {
    after: number;
    kinds: EventKind[] | null;
    limit: number;
    newest?: boolean;
  }): Promise<Event[]>;
  /** The position of the newest event; 0 in an empty feed. */
  lastPosition(): Promise<number>;
  /** How many events between two places, `until` included, are of other kinds than these: the first 10,000 are counted. */
  countHidden(query: { after: number; until: number; kinds: EventKind[] }): Promise<KindCount[]>;
  /** Between which places a reader can go on. */
  readFeedBounds(): Promise<FeedBounds>;
};

type LaneStore = FoldStore &
  RefoldStore &
  ObeyStore &
  SettleStore &
  OverdueStore &
  AdoptStore &
  SendStore &
  TakeStore &
  ConsiderStore &
  WorkStore &
  CommandStore &
  PaceStore & {
    /** Every lane that something was ever kept in. */
    readLanes(): Promise<Lane[]>;
  };

/** What people look at. Lists are pages behind `after`, each with at most `limit` entries. */
type ReadingStore = {
  /** People in the order in which they became known; `search` is part of a name or of what they are called by. */
  listContacts(query: {
    after: string | null;
    limit: number;
    search: string | null;
  }): Promise<ShownContact[]>;
  findContact(id: string): Promise<ShownContact | null>;
  /** The merges in which a person's contacts have part, undone ones too, in the order in which they were made. */
  listMerges(query: { contactId: string; after: string | null; limit: number }): Promise<Merge[]>;
  findMerge(id: string): Promise<Merge | null>;
  listConversations(query: { after: string | null; limit: number }): Promise<ConversationView[]>;
  /** Those with the latest messages first. */
  listLatestConversations(query: {
    after: ConversationPlace | null;
    limit: number;
  }): Promise<ConversationView[]>;
  /** A thread in feed order, or from the newest back; null when there is no such conversation. */
  listMessages(query: {
    conversationId: string;
    after: number | null;
    limit: number;
    newest?: boolean;
  }): Promise<ThreadMessage[] | null>;
  /** The last message of theirs that has an id; null when there is no such conversation. */
  lastInbound(conversationId: string): Promise<LastInbound | null>;
  /** Notifications in the order in which they were taken, or from the newest back. */
  listNotifications(query: {
    after: string | null;
    limit: number;
    state: NotificationState | null;
    failure?: FailureCode | null;
    newest?: boolean;
  }): Promise<NotificationStory[]>;
  /** How many were taken since a time in milliseconds, by state and failure, the most first. */
  countNotifications(since: number): Promise<NotificationCount[]>;
  findNotification(id: string): Promise<NotificationStory | null>;
  readAccountFacts(names: readonly AccountFactName[]): Promise<AccountFact[]>;
  /** The business phones of which an open alarm says that Meta does not know them as registered. */
  unregisteredPhones(): Promise<string[]>;
  /** How many messages were charged alike between two moments in milliseconds. */
  countCharges(scope: { from: number; until: number; lane: Lane | null }): Promise<ChargeCount[]>;
  /** Every part is cheap; counts end at `limit`. */
  readHealth(limit: number): Promise<StoreHealth>;
  /** The oldest message of each lane that Meta accepted at or after a time and told nothing of; times in milliseconds. */
  readSilence(acceptedSince: number): Promise<{ lane: Lane; since: number }[]>;
  /** The lanes with something queued: how much is due, counted up to `limit`, and since when. */
  readQueues(now: number, limit: number): Promise<LaneQueue[]>;
};

type BatchReads = {
  /** Batches in the order of making. */
  listBatches(query: { after: string | null; limit: number }): Promise<BatchStory[]>;
  /** The rows of a batch behind a number, in their order. */
  listBatchRows(batchId: string, after: number, limit: number): Promise<BatchRow[]>;
};

type AccessStore = {
  insertApiKey(insert: { key: ApiKey; digest: Uint8Array; actor: Actor }): Promise<null>;
  /** Revokes an API key for ever. The key as it is now, or null when there is none with this id. */
  revokeApiKey(revocation: { id: string; at: number; actor: Actor }): Promise<ApiKey | null>;
  /** Notes when keys were last used; an older time changes nothing. */
  touchApiKeys(uses: readonly { id: string; at: number }[]): Promise<null>;
  listApiKeys(query: { after: string | null; limit: number }): Promise<ApiKey[]>;
  /** The API key with this digest and the digest as it is kept, for the caller to compare. */
  findApiKey(digest: Uint8Array): Promise<{ key: ApiKey; digest: Uint8Array } | null>;
  /** True when at least one API key is good. */
  anyApiKey(): Promise<boolean>;
  /** The audit log in the order of the changes, behind the number `after` (0: from the start). */
  listAudit(query: { after: number; limit: number; newest?: boolean }): Promise<AuditRecord[]>;
};

type PreferenceWrites = {
  /** Keeps what a caller says of a person, under all their names, with the entry in the audit log. */
  insertPreference(
    lane: Lane,
    names: readonly OptOutName[],
    preference: Preference,
    audit: AuditEntry,
  ): Promise<void>;
};

type AlarmWrites = AlarmStore & {
  /** All alarms: open ones first, then the resolved, the newest first in each. */
  listAlarms(query: { after: string | null; limit: number }): Promise<Alarm[]>;
  /** Commits something that changes nothing: the proof that commits are possible. */
  proveCommit(): Promise<void>;
};
