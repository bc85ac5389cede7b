import { alarmCheck } from '../../domain/alarm.ts';
import { durationInWords } from '../../domain/duration.ts';
import type { Failure } from '../../domain/failure.ts';
import type { AccountSync } from '../../flows/templates/sync-templates.ts';
import type { AlarmNotice } from '../../flows/upkeep/alarms.ts';
import type { NotTold } from '../../flows/upkeep/tellings.ts';
import type { Log, LogLevel } from './log.ts';
import { maskErrorMessage, maskMessageId, maskPerson } from './mask.ts';
import { createRefusalTally } from './refusal-tally.ts';

/** A webhook was committed. `kinds` counts its new events by kind; `foreign` of them are not about us. */
type WebhookReceived = { webhookId: number; kinds: Readonly<Record<string, number>>; foreign: number };

/** A new message was folded. */
export type MessageReceived = {
  /** wa_id or business-scoped user id; null when the message names nobody. */
  from: string | null;
  /** Meta's word for the type. */
  type: string;
  text: string | null;
  /** Meta's wamid. */
  messageId: string | null;
  /** Left out where nobody has looked yet. */
  contactKnownBefore?: boolean;
  /** The message is older than the 24-hour window, so it opens none. */
  windowAlreadyClosed: boolean;
};

/** A request to the webhook address that was not kept. */
type WebhookRefused = {
  /** A stable word for the kind, such as `signature-mismatch`. */
  reason: string;
  /** The HTTP status that was answered; null when nobody was left to be answered. */
  status: number | null;
  /** What a person should know and do. */
  sentence?: string;
  /** What broke, when it was our own fault. */
  error?: unknown;
};

/** What became of a notification. */
type NotificationReport = {
  notificationId: string;
  state: string;
  failureCode: string | null;
  metaCode: number | null;
  remedy: string | null;
  /** The check of doctor that would confirm the failure. */
  check: string | null;
};

/** The one place that reports business events; the names of its methods are an interface. */
export type BusinessEvents = {
  /** `adminUrl` is the address of the API and the pages, which may be apart. */
  started(facts: { url: string; adminUrl: string; webhookUrl: string; handshakeOnly: boolean }): void;
  stopping(): void;
  /** Something about the configuration that a person should know. The sentence holds no secret. */
  configurationWarning(sentence: string): void;
  /** The templates of an account were read from Meta's books, or could not be. */
  templatesRead(result: AccountSync): void;
  challengeAnswered(): void;
  /** `sentence` names the kind of difference, never a token. */
  challengeRefused(facts: { kind: string; sentence: string }): void;
  webhookReceived(facts: WebhookReceived): void;
  webhookRefused(facts: WebhookRefused): void;
  /** No app secret is configured; `sentence` says so, with the cure. */
  handshakeOnlyRefused(facts: { sentence: string }): void;
  /** The database refused or broke; `reason` is a code or a short word. */
  storeUnavailable(facts: { reason: string }): void;
  foreignWebhook(facts: { businessPhoneId: string | null }): void;
  /** It is about a phone of ours, and signed with a secret that was given for another one. */
  unvouchedWebhook(facts: { businessPhoneId: string }): void;
  messageReceived(facts: MessageReceived): void;
  notificationTaken(report: NotificationReport): void;
  notificationRefused(report: NotificationReport): void;
  /** Meta's answer or a status changed the state; also when a retry is pending, with its failure. */
  notificationSettled(report: NotificationReport): void;
  /** A file of a message was fetched and is kept. */
  mediaKept(facts: { mediaId: string; size: number }): void;
  /** It could not be fetched; `ended` when it never will be. */
  mediaFailed(facts: { mediaId: string; failure: Failure; ended: boolean }): void;
  /** Files cannot be deleted where they are kept; `reason` is a code of the system. */
  mediaFolderFailed(facts: { reason: string }): void;
  /** There is news of an alarm. */
  alarm(notice: AlarmNotice): void;
  /** A recipient outside could not be told of an alarm. */
  alarmNotTold(facts: NotTold): void;
  /** Whether the cause of an alarm is there could not be looked at. */
  alarmCheckFailed(code: string, failure: unknown): void;
  /** An error that nobody expected; `reference` is what the caller of the API was told. */
  apiFailed(facts: { reference: string; route: string; error: unknown }): void;
};

/**
 * Business events as lines of the log. Refusals are rate-limited: the first of a kind at once, then a summary per
 * minute.
 *
 * @param clock gives milliseconds; the process clock when left out
 */
export function createBusinessEvents(log: Log, clock: { now(): number } = { now: Date.now }): BusinessEvents {
  const tally = createRefusalTally(clock);

  function report(
    level: LogLevel,
    event: string,
    sentence: string,
    facts: Record<string, unknown> = {},
  ): void {
    tally.sweep();
    log.write(level, { event, sentence, facts });
  }

  /** A refusal: gathered by `kind`, so that a flood stays readable. */
  function refuse(
    kind: string,
    level: LogLevel,
    event: string,
    sentence: string,
    facts: Record<string, unknown> = {},
  ): void {
    tally.count(kind, (further) => {
      const rest = further === null ? '' : ` (and ${further.more} more in ${further.period})`;
      log.write(level, { event, sentence: sentence + rest, facts: { ...facts, ...further } });
    });
  }

  return {
    started({ url, adminUrl, webhookUrl, handshakeOnly }) {
      const apart = adminUrl === url ? '' : `; the API is on ${adminUrl}`;
      report('info', 'gateway.started', `Recado listens on ${url}; webhooks go to ${webhookUrl}${apart}`, {
        url,
        adminUrl,
        webhookUrl,
        handshakeOnly,
      });
    },

    stopping() {
      tally.flush();
      report('info', 'gateway.stopping', 'Recado stops: what has begun is finished first.');
    },

    configurationWarning(sentence) {
      report('warn', 'configuration.warning', sentence);
    },

    mediaKept({ mediaId, size }) {
      report('debug', 'media.kept', `File ${mediaId} is kept: ${size} bytes.`, { mediaId, size });
    },

    mediaFailed({ mediaId, failure: { code, metaCode, title, remedy }, ended }) {
      const meta = metaCode === null ? '' : `, Meta’s #${metaCode}`;
      const what = ended ? 'is lost' : 'is not fetched yet, and tried again';
      refuse(
        `media ${code}`,
        'warn',
        ended ? 'media.failed' : 'media.waits',
        `File ${mediaId} ${what}: ${title} (${code}${meta}) ${remedy}`,
        { mediaId, failureCode: code, metaCode },
      );
    },

    mediaFolderFailed({ reason }) {
      refuse(
        'media folder',
        'error',
        'media.folder',
        `Files cannot be deleted where they are kept (${maskErrorMessage(reason)}). Let Recado write and delete in MEDIA_FOLDER, or in the bucket of MEDIA_BUCKET_URL.`,
        { reason: maskErrorMessage(reason) },
      );
    },

    templatesRead(result) {
      const { wabaId } = result;
      if (result.outcome === 'synced') {
        const sentence = `Templates of account ${wabaId} read: ${result.count}.`;
        report('debug', 'templates.read', sentence, { wabaId, count: result.count });
      } else {
        const sentence = `The templates of account ${wabaId} could not be read, so Meta alone checks them: ${result.because}.`;
        report('warn', 'templates.unread', sentence, { wabaId });
      }
    },

    challengeAnswered() {
      report('info', 'challenge.answered', 'Webhook verified: Meta’s challenge was answered.');
    },

    challengeRefused({ kind, sentence }) {
      refuse(`challenge ${kind}`, 'warn', 'challenge.refused', `Webhook verification refused: ${sentence}`, {
        kind,
      });
    },

    webhookReceived({ webhookId, kinds, foreign }) {
      const summary = { webhook: webhookId, ...kinds, ...(foreign > 0 ? { foreign } : {}) };
      const sentence =
        log.format === 'pretty' ? `Webhook received: ${JSON.stringify(summary)}` : 'Webhook received';
      report('info', 'webhook.received', sentence, { webhookId, kinds, foreign });
    },

    webhookRefused({ reason, status, sentence, error }) {
      const broken = error === undefined ? null : describeError(error);
      const why = broken === null ? '' : ` The error was: ${broken.name}: ${broken.message}`;
      refuse(
        `webhook ${reason}`,
        broken === null ? 'warn' : 'error',
        'webhook.refused',
        `${sentence ?? `Webhook refused with ${status ?? 'no answer'}: ${reason}.`}${why}`,
        { reason, status, ...(broken === null ? {} : { error: broken }) },
      );
    },

    handshakeOnlyRefused({ sentence }) {
      refuse('handshake-only', 'warn', 'webhook.handshake-only', sentence);
    },

    storeUnavailable({ reason }) {
      refuse(
        'store',
        'error',
        'store.unavailable',
        `The database did not do its work: ${maskErrorMessage(reason)}. Nothing that was acknowledged is lost. Check the disk of the file that DATABASE_URL names: free space, permissions.`,
        { reason: maskErrorMessage(reason) },
      );
    },

    foreignWebhook({ businessPhoneId }) {
      refuse(
        'foreign',
        'warn',
        'webhook.foreign',
        `A signed webhook is about business phone ${businessPhoneId ?? 'of no id'}, which is not ours: it is kept and shown, and changes nothing. If it should be yours, add it with recado phones add ${businessPhoneId ?? '<id>'}, or set META_PHONE_NUMBER_ID to this id.`,
        { businessPhoneId },
      );
    },

    unvouchedWebhook({ businessPhoneId }) {
      refuse(
        'unvouched',
        'warn',
        'webhook.unvouched',
        `A webhook about business phone ${businessPhoneId} is signed with an app secret that does not count for it: it is kept and shown as foreign, and changes nothing. If the phone belongs to the Meta app of that secret, give the secret for this phone (recado phones change ${businessPhoneId}); META_APP_SECRET counts only for phones that have none of their own.`,
        { businessPhoneId },
      );
    },

    messageReceived(facts) {
      if (log.format === 'pretty') {
        for (const [level, sentence] of messageSentences(facts)) report(level, 'message.received', sentence);
        return;
      }
      const { from, type, text, messageId, contactKnownBefore, windowAlreadyClosed } = facts;
      const shown = log.personalData
        ? { from, text, messageId }
        : {
            from: from === null ? null : maskPerson(from),
            textLength: text === null ? null : charactersOf(text),
            messageId: messageId === null ? null : maskMessageId(messageId),
          };
      const level = windowAlreadyClosed ? 'warn' : 'info';
      const sentence = windowAlreadyClosed ? `Message received late. ${windowClosed}` : 'Message received';
      report(level, 'message.received', sentence, {
        type,
        ...shown,
        contactKnownBefore,
        windowAlreadyClosed,
      });
    },

    notificationTaken(taken) {
      reportNotification('taken', taken);
    },

    notificationRefused(refused) {
      reportNotification('refused', refused);
    },

    notificationSettled(settled) {
      reportNotification('settled', settled);
    },

    alarm({ news, alarm }) {
      const { id, code, subject, severity, remedy, count } = alarm;
      const word =
        news === 'resolved' ? 'Alarm resolved' : news === 'reminded' ? 'Alarm still open' : 'Alarm';
      const check = alarmCheck(code);
      const confirm = check === null ? '' : ` Confirm: npx recado doctor --only ${check}`;
      const next = news === 'resolved' ? '' : ` ${remedy}${confirm}`;
      const level = news === 'resolved' ? 'info' : severity === 'critical' ? 'error' : 'warn';
      report(level, `alarm.${news}`, `${word}: ${alarm.sentence} (${code}, ${subject})${next}`, {
        alarmId: id,
        code,
        subject,
        severity,
        remedy,
        check,
        count,
      });
    },

    alarmNotTold(facts) {
      const { recipient, code, reason, againIn } = facts;
      const next =
        againIn === null
          ? 'It is given up until there is news of this alarm, or Recado starts again.'
          : `It is tried again in ${durationInWords(againIn)}.`;
      report(
        'warn',
        'alarm.not-told',
        `${recipient} could not be told of the alarm ${code}: ${reason}. ${next}`,
        { ...facts },
      );
    },

    alarmCheckFailed(code, failure) {
      const error = describeError(failure);
      refuse(
        `alarm check ${code}`,
        'warn',
        'alarm.check-failed',
        `It could not be looked at whether there is cause for the alarm ${code}: ${error.name}: ${error.message}. It is looked at again in a quarter of a minute.`,
        { code, error },
      );
    },

    apiFailed({ reference, route, error }) {
      const { name, message, frames } = describeError(error);
      const at = frames[0] === undefined ? '' : ` (${frames[0]})`;
      report(
        'error',
        'api.failed',
        `${route} failed unexpectedly, reference ${reference}: ${name}: ${message}${at}`,
        {
          reference,
          route,
          error: { name, message, frames },
        },
      );
    },
  };

  function reportNotification(step: 'taken' | 'refused' | 'settled', facts: NotificationReport): void {
    const { notificationId, state, failureCode, metaCode, remedy, check } = facts;
    const confirm = check === null ? '' : ` Confirm: npx recado doctor --only ${check}`;
    const meta = metaCode === null ? '' : ` (#${metaCode})`;
    const failure =
      failureCode === null ? '' : `: ${failureCode}${meta}.${remedy === null ? '' : ` ${remedy}`}${confirm}`;
    const verb = step === 'settled' ? `is ${state}` : `${step === 'taken' ? 'taken' : 'refused'}, ${state}`;
    const level = failureCode === null && state !== 'unknown' ? 'info' : 'warn';
    report(level, `notification.${step}`, `Notification ${notificationId} ${verb}${failure}`, { ...facts });
  }
}

const windowClosed =
  'It is older than 24 hours, so the customer service window is closed: until this person writes again, WhatsApp delivers only templates to them.';

/** The lines about a message that the setup guide promises, and a warning when the message came too late. */
function messageSentences(facts: MessageReceived): [LogLevel, string][] {
  const { from, type, text, windowAlreadyClosed } = facts;
  const lines: [LogLevel, string][] = [
    ['info', `Received message from ${from ?? 'a sender without number or id'}, type: ${type}`],
  ];
  if (type === 'text' && text !== null) lines.push(['info', `Text message: ${text}`]);
  if (from !== null) {
    lines.push(['info', `Message from ${from} registered. They can now receive notifications.`]);
  }
  if (windowAlreadyClosed)
    lines.push(['warn', `The message from ${from ?? 'this sender'} is late. ${windowClosed}`]);
  return lines;
}

/** An unexpected error without personal data: messages of syntax errors quote what was parsed, so they are left out. */
function describeError(error: unknown): { name: string; message: string; frames: string[] } {
  if (!(error instanceof Error))
    return { name: typeof error, message: 'thrown, though it is no error', frames: [] };
  const message = error instanceof SyntaxError ? 'left out' : maskErrorMessage(error.message);
  const frames = (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 8);
  return { name: error.name, message, frames };
}

/** How many characters a text has, a pair of surrogates counting once; without a list of them all. */
function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
