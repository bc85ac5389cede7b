import { inReadTransaction, type StoreContext } from '../context.ts';
import { type Parcel, unpackParcel } from '../parcel.ts';
import { get } from '../statement.ts';
import { readAccountFacts, unregisteredPhones } from './account-facts.ts';
import { forgetAlarms, listAlarms, markTold, proveCommit, putAlarms, readOpenAlarms } from './alarms.ts';
import { anyApiKey, findApiKey, insertApiKey, listApiKeys, revokeApiKey, touchApiKeys } from './api-keys.ts';
import { appendWebhooks } from './append-webhooks.ts';
import { auditTimes, listAudit, noteAudit } from './audit.ts';
import {
  addBatchRows,
  changeBatchState,
  findBatch,
  insertBatch,
  keepRowOutcomes,
  listBatches,
  listBatchRows,
  readNextRows,
  readQueuedOfBatch,
} from './batches.ts';
import { countCharges } from './charges.ts';
import { checkpoint } from './checkpoint.ts';
import { findCommand, insertCommand, readCommands } from './commands.ts';
import { commitLane } from './commit-lane.ts';
import { listSeenPhones, readConfiguredPhones, writeConfiguredPhones } from './configured-phones.ts';
import { describeEngine } from './describe-engine.ts';
import {
  listDeadLetters,
  listForwardAttempts,
  readEndpointPicture,
  readEndpointStandings,
  readEndpoints,
  redeliver,
  writeEndpoints,
} from './endpoints.ts';
import { findRecipient } from './find-recipient.ts';
import { foldLane, refoldLane } from './fold-lane.ts';
import {
  commitForwarding,
  readDueToForward,
  readForwardingState,
  readForwardingWork,
  readToForward,
} from './forwarding.ts';
import { insertNotification } from './insert-notification.ts';
import { findContact, listContacts } from './list-contacts.ts';
import {
  lastInbound,
  listConversations,
  listLatestConversations,
  listMessages,
} from './list-conversations.ts';
import { countHidden, lastPosition, listEvents, readFeedBounds } from './list-events.ts';
import { countNotifications, findNotification, listNotifications } from './list-notifications.ts';
import {
  deleteMedia,
  findMedia,
  forgetMedia,
  listMedia,
  mediaPlace,
  noteMedia,
  readMediaBacklog,
  readMediaWork,
  settleMedia,
} from './media.ts';
import { findMerge, listMerges } from './merges.ts';
import { insertPreference, readPreferences } from './opt-outs.ts';
import { readHealth, readQueues } from './read-health.ts';
import { readSilence } from './read-silence.ts';
import {
  readAbandoned,
  readDue,
  readLanes,
  readOverdue,
  readSendHistory,
  readUnsettled,
  readWork,
} from './read-work.ts';
import { recordAttempts } from './record-attempts.ts';
import { applyReadings, compareReadings, countWebhooks, readWebhooks } from './reread.ts';
import { forgetAttempts, forgetEvents, forgetKeys } from './retention.ts';
import { changeSettings, readSettings } from './settings.ts';
import { findTemplate, listTemplates, replaceTemplates } from './templates.ts';
import { findUpload, keepUpload } from './uploads.ts';

/** The operations of the writer thread, each one transaction. Webhooks come to it in a parcel. */
export const writes = {
  appendParcel: (context: StoreContext, parcel: Parcel) => appendWebhooks(context, unpackParcel(parcel)),
  applyReadings,
  insertNotification,
  insertBatch,
  addBatchRows,
  changeBatchState,
  keepRowOutcomes,
  // A question, but asked here: the reader may be busy with somebody's long list, and the owner would wait for it.
  readWork: (context: StoreContext, now: number, silentSince: number) =>
    inReadTransaction(context, () => readWork(context, now, silentSince)),
  foldLane,
  refoldLane,
  commitLane,
  insertCommand,
  recordAttempts,
  insertApiKey,
  revokeApiKey,
  touchApiKeys,
  changeSettings,
  writeConfiguredPhones,
  insertPreference,
  replaceTemplates,
  writeEndpoints,
  redeliver,
  commitForwarding,
  noteAudit,
  putAlarms,
  markTold,
  forgetAlarms,
  forgetEvents,
  forgetKeys,
  forgetAttempts,
  noteMedia,
  settleMedia,
  forgetMedia,
  deleteMedia,
  keepUpload,
  proveCommit,
  describeEngine,
  ping,
};

/** The operations of the reader thread, each one transaction; it sees every commit that was answered before it was asked. */
export const reads = {
  findRecipient,
  readLanes,
  countWebhooks,
  readWebhooks,
  compareReadings,
  readDue,
  readSendHistory,
  readOverdue,
  readAbandoned,
  readUnsettled,
  listEvents,
  lastPosition,
  countHidden,
  readFeedBounds,
  listContacts,
  findContact,
  listMerges,
  findMerge,
  readCommands,
  findCommand,
  listConversations,
  listLatestConversations,
  listMessages,
  lastInbound,
  listNotifications,
  countNotifications,
  findNotification,
  findBatch,
  listBatches,
  listBatchRows,
  readNextRows,
  readQueuedOfBatch,
  listApiKeys,
  findApiKey,
  anyApiKey,
  listAudit,
  auditTimes,
  readSettings,
  readConfiguredPhones,
  listSeenPhones,
  readAccountFacts,
  unregisteredPhones,
  countCharges,
  readPreferences,
  listTemplates,
  findTemplate,
  readEndpoints,
  readEndpointPicture,
  readEndpointStandings,
  listForwardAttempts,
  listDeadLetters,
  readForwardingWork,
  readForwardingState,
  readToForward,
  readDueToForward,
  readOpenAlarms,
  listAlarms,
  readHealth,
  readQueues,
  readSilence,
  mediaPlace,
  readMediaWork,
  readMediaBacklog,
  findMedia,
  listMedia,
  findUpload,
  ping,
};

/** What the reader's thread does beside reading, outside any transaction. */
export const chores = { checkpoint };

/** Answers when the thread can still read its database. */
function ping(context: StoreContext): true {
  get(context.database, 'select 1 from installation');
  return true;
}

/** Operations as a caller in another thread sees them: without the connection, and asynchronous. */
export type Calls<Operations> = {
  [Name in keyof Operations]: Operations[Name] extends (
    context: StoreContext,
    ...values: infer Values
  ) => infer Result
    ? (...values: Values) => Promise<Result>
    : never;
};
