import { StoreFailure } from '../adapters/store/store-failure.ts';
import type { BusinessEvents } from '../adapters/telemetry/business-events.ts';
import { checkOf } from '../domain/failure.ts';
import type { MediaFile } from '../domain/media-file.ts';
import type { Notification } from '../domain/notification.ts';
import type { SettledMedia } from '../flows/media/media-store.ts';
import { webhookRefusals } from '../server/webhook-refusals.ts';
import type { WebhookDoorReport } from '../server/webhook-route.ts';

/** A failure of the store, or of anything else, in a word that holds nothing personal. */
export function reasonOf(failure: unknown): string {
  if (failure instanceof StoreFailure) return failure.code;
  return failure instanceof Error ? failure.name : 'unknown';
}

/** Tells the log what the webhook door did. */
export function doorReport(events: BusinessEvents): WebhookDoorReport {
  return {
    challengeAnswered: () => events.challengeAnswered(),
    challengeRefused: (kind, sentence) => events.challengeRefused({ kind, sentence }),
    refused(refusal, sentence, error) {
      if (refusal === 'handshake-only') events.handshakeOnlyRefused({ sentence });
      else
        events.webhookRefused({ reason: refusal, status: webhookRefusals[refusal].status, sentence, error });
    },
  };
}

/** Tells the log that a notification was taken, or refused. */
export function reportTaken(events: BusinessEvents, notification: Notification): void {
  if (notification.state === 'failed') events.notificationRefused(reportOf(notification));
  else events.notificationTaken(reportOf(notification));
}

/** Tells the log what became of a notification. */
export function reportSettled(events: BusinessEvents, notification: Notification): void {
  events.notificationSettled(reportOf(notification));
}

/** Tells the log what a try to fetch a file came to. Of tries that fail the first and the last are told. */
export function reportMedia(events: BusinessEvents, { id, tries }: MediaFile, settled: SettledMedia): void {
  const { failure, size, state } = settled;
  const ended = state === 'failed';
  if (failure === null) events.mediaKept({ mediaId: id, size: size ?? 0 });
  else if (ended || tries === 0) events.mediaFailed({ mediaId: id, failure, ended });
}

function reportOf({ id, state, failure }: Notification) {
  return {
    notificationId: id,
    state,
    failureCode: failure?.code ?? null,
    metaCode: failure?.metaCode ?? null,
    remedy: failure?.remedy ?? null,
    check: failure === null ? null : checkOf(failure.code),
  };
}
