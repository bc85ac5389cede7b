import { asStoreFailure } from '../as-store-failure.ts';
import type { PostgresContext } from '../context.ts';
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

/** Operations that change something or that the owner of a lane waits for, on connections of their own, so that no list holds them up. */
export const writes = {
  appendWebhooks,
  insertNotification,
  recordAttempts,
  readWork,
  readDue,
  readSendHistory,
  readOverdue,
  readAbandoned,
  readUnsettled,
  foldLane,
  refoldLane,
  commitLane,
  applyReadings,
  insertCommand,
  insertBatch,
  addBatchRows,
  changeBatchState,
  readNextRows,
  keepRowOutcomes,
  insertApiKey,
  revokeApiKey,
  touchApiKeys,
  changeSettings,
  writeConfiguredPhones,
  insertPreference,
  replaceTemplates,
  readForwardingWork,
  readForwardingState,
  readToForward,
  readDueToForward,
  commitForwarding,
  writeEndpoints,
  redeliver,
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
};

/** Operations that only read. */
export const reads = {
  findRecipient,
  readLanes,
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
  listTemplates,
  findTemplate,
  readEndpoints,
  readEndpointPicture,
  readEndpointStandings,
  listForwardAttempts,
  listDeadLetters,
  listNotifications,
  countNotifications,
  findNotification,
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
  findBatch,
  listBatches,
  listBatchRows,
  readQueuedOfBatch,
  countWebhooks,
  readWebhooks,
  compareReadings,
};

/** Operations as a caller sees them: without the connections. */
export type Calls<Operations> = {
  [Name in keyof Operations]: Operations[Name] extends (
    context: PostgresContext,
    ...values: infer Values
  ) => Promise<infer Result>
    ? (...values: Values) => Promise<Result>
    : never;
};

/** Operations with the connections that they work on. */
export function bind<Operations extends object>(
  operations: Operations,
  context: PostgresContext,
): Calls<Operations> {
  const bound = Object.entries(operations).map(([name, operation]) => [
    name,
    async (...values: unknown[]) => {
      try {
        return await operation(context, ...values);
      } catch (failure) {
        // Of values that cannot even be sent, too.
        throw asStoreFailure(failure);
      }
    },
  ]);
  return Object.fromEntries(bound) as Calls<Operations>;
}
