/**
 * Alarms: what a person has to know of and act on while it lasts. However often the cause recurs, an alarm is
 * raised once, told again after a day, and resolves by itself when the cause is gone.
 */

import type { CheckName } from './check.ts';

/** `critical`: messages are not heard or not sent. `warning`: they soon may not be. */
type AlarmSeverity = 'critical' | 'warning';

/** One row of the alarm table. */
export type AlarmRow = {
  severity: AlarmSeverity;
  /** A sentence that says what is wrong. */
  title: string;
  /** When it is raised, for the documents. */
  raised: string;
  /** When it resolves by itself, for the documents. */
  resolves: string;
  /** What to do about it. */
  remedy: string;
  /** The check of doctor that would confirm it; left out where none looks at that. */
  check?: CheckName;
};

/** How long nothing may be committed while webhooks are refused for it, in milliseconds. */
export const NOT_COMMITTED_PATIENCE = 5 * 60_000;

/** How long a notification that is due may wait to be sent, in milliseconds. */
export const QUEUE_PATIENCE = 5 * 60_000;

/** How many notifications may be due at once: at a business phone's usual 80 a second, two minutes' work. */
export const QUEUE_LENGTH = 10_000;

/** How long a file of a message may wait to be fetched, in milliseconds. */
export const FILE_PATIENCE = 60 * 60_000;

/** How long an endpoint may fail without a success between, in milliseconds. */
export const ENDPOINT_PATIENCE = 15 * 60_000;

const rows = {
  'access-token-refused': {
    severity: 'critical',
    title: 'Meta refuses the access token, so no notification leaves.',
    raised: 'Meta answers a send with #190 or #0.',
    resolves:
      'Meta accepts a message of this business phone, its access token is changed, or it is not ours any more.',
    remedy:
      'Make a System User token that does not expire (Meta Business Suite → Settings → System users), set it as META_ACCESS_TOKEN and restart, or give it to a business phone of its own with `recado phones change`. Notifications wait, until their `notAfter`, and go by themselves once Meta takes the token.',
    check: 'token',
  },
  'business-phone-not-registered': {
    severity: 'critical',
    title: 'The business phone is not registered on the Cloud API, so no notification leaves.',
    raised: 'Meta answers a send with #133010 or its like.',
    resolves: 'Meta accepts a message of this business phone, or it is not ours any more.',
    remedy:
      'Register it once: `npx recado register`, with its two-step PIN in META_REGISTRATION_PIN. Notifications that failed meanwhile have to be sent anew.',
    check: 'registered',
  },
  'sending-locked': {
    severity: 'critical',
    title: 'Meta has locked or restricted the WhatsApp account, so no notification leaves.',
    raised: 'Meta answers a send with #131031 or #368.',
    resolves: 'Meta accepts a message of this business phone, or it is not ours any more.',
    remedy:
      'Open Business Support Home in Meta Business Suite, read the violation, and appeal or correct it. Notifications wait, until their `notAfter`; Recado tries one now and then, and goes on by itself.',
    check: 'health',
  },
  'payment-problem': {
    severity: 'critical',
    title: 'Meta takes no message, because something is wrong with the payment method.',
    raised: 'Meta answers a send with #131042.',
    resolves: 'Meta accepts a message of this business phone, or it is not ours any more.',
    remedy:
      'Open Billing in Meta Business Suite and correct the payment method, currency and tax details. Notifications wait, until their `notAfter`; Recado tries one now and then, and goes on by itself.',
    check: 'health',
  },
  'webhooks-silent': {
    severity: 'critical',
    title: 'Meta accepts messages and tells nothing of them, so webhooks do not arrive.',
    raised: 'A message was accepted 10 minutes ago, and no webhook about its business phone has come since.',
    resolves: 'A webhook about the business phone comes, or a day passes.',
    remedy:
      'Run `npx recado doctor`: it finds the link between Meta and Recado that is broken, and names its cure. What Meta could not deliver it keeps for up to seven days.',
    check: 'app-subscription',
  },
  'setup-broken': {
    severity: 'critical',
    title: 'Doctor has found a broken link between Meta and Recado.',
    raised: 'Doctor looks by itself every 15 minutes, and a link is red.',
    resolves: 'Doctor finds the link green.',
    remedy: 'Run `npx recado doctor`: it shows what was asked, what came back, and the cure step by step.',
  },
  'webhooks-not-committed': {
    severity: 'critical',
    title: 'Webhooks are turned away with 503, because nothing can be committed.',
    raised: 'Webhooks were refused for 5 minutes and not one was committed.',
    resolves: 'Something can be committed again.',
    remedy:
      'Check the disk of the file that DATABASE_URL names: free space, permissions, speed. Meta keeps what was turned away for up to seven days and sends it again.',
    check: 'database',
  },
  'queue-growing': {
    severity: 'warning',
    title: 'Notifications wait to be sent for longer than they should.',
    raised: 'A notification is due for more than 5 minutes, or more than 10,000 are due at once.',
    resolves: 'None is due for so long, and fewer are due.',
    remedy:
      'Look at GET /v1/notifications?state=queued and the log: Meta may answer slowly or be out of reach, or more is asked for than one business phone may send.',
  },
  'files-not-fetched': {
    severity: 'warning',
    title: 'Files that people sent do not come; after seven days Meta gives them out no more.',
    raised: 'A file waits for more than an hour, and of those received since none came.',
    resolves: 'One comes, or none waits for so long.',
    remedy:
      'Look at GET /v1/media?state=waiting: `failure` says why, and the cure. The files come by themselves once it is cured.',
  },
  'endpoint-disabled': {
    severity: 'critical',
    title: 'An endpoint was disabled, so your application hears nothing more.',
    raised: 'An endpoint answers 410, or nothing but failures for five days.',
    resolves: 'It is active again, or removed.',
    remedy:
      'Mend what is there, try it with `recado endpoints test <id>`, then `recado endpoints resume <id>`: it goes on where it stood. When nothing is there any more: `recado endpoints remove <id>`.',
  },
  'endpoint-failing': {
    severity: 'warning',
    title: 'An endpoint takes nothing, so your application does not hear what happens.',
    raised: 'Every delivery to an endpoint fails for 15 minutes.',
    resolves: 'It takes one, or is paused or removed.',
    remedy:
      'Look at what it answers: `recado endpoints attempts <id>`. Once it is cured everything arrives by itself, in order; after five days of failures it is disabled.',
  },
  'sending-stopped': {
    severity: 'critical',
    title: 'Sending is stopped, so no notification leaves.',
    raised: 'Somebody pulled the emergency brake.',
    resolves: 'Somebody let go of it.',
    remedy:
      'When the reason is gone: POST /v1/sending/start. Cancel before what should not go any more; what waits too long expires.',
  },
  'clock-skewed': {
    severity: 'warning',
    title: 'The clocks of this machine and of the database differ by more than two seconds.',
    raised: 'The process that watches measures more than 2 s between its machine’s clock and PostgreSQL’s.',
    resolves: 'It measures less than 1 s.',
    remedy:
      'Let both machines set their clocks by the network: `timedatectl set-ntp true`, or chrony. Recado goes by the clock of the database meanwhile.',
  },
  'disk-nearly-full': {
    severity: 'critical',
    title: 'The disk of the database is nearly full; once it is, nothing can be acknowledged.',
    raised: 'Less than 5 % of the disk is free (at least 512 MiB, at most 10 GiB).',
    resolves: 'A fifth more than that is free.',
    remedy:
      'Free space on the disk of the file that DATABASE_URL names, or enlarge it. Never delete the files beside the database (-wal, -shm).',
    check: 'database',
  },
  'account-disabled': {
    severity: 'critical',
    title: 'Meta has disabled the account, or is about to, so nothing is sent or heard.',
    raised: 'A webhook tells that the account is or will be disabled, deleted or disconnected.',
    resolves: 'A webhook tells that it is reinstated or connected again.',
    remedy:
      'Open WhatsApp Manager → Account overview, read what Meta found, and ask for a review in Business Support Home.',
    check: 'health',
  },
  'account-restricted': {
    severity: 'critical',
    title: 'Meta restricts what the account may do.',
    raised: 'A webhook tells a restriction.',
    resolves: 'The restriction expires, or a webhook tells that the account is reinstated.',
    remedy:
      'Read in WhatsApp Manager → Account overview what is restricted and why; ask for a review there if it is a mistake. Until then send only what is still allowed.',
    check: 'health',
  },
  'account-rejected': {
    severity: 'critical',
    title: 'Meta reviewed the account and rejected it.',
    raised: 'A webhook tells that decision.',
    resolves: 'A webhook tells another decision.',
    remedy:
      'Open Business Support Home in Meta Business Suite, read what Meta found, correct it, and ask for another review.',
    check: 'health',
  },
  'account-alert': {
    severity: 'warning',
    title: 'Meta alerts you to something in the account.',
    raised: 'A webhook tells an alert that does more than inform.',
    resolves: 'A webhook tells that the alert is over, or seven days later.',
    remedy:
      'Open WhatsApp Manager → Account overview and do what the alert asks for. GET /v1/business-phones has all of it under `state.alerts`.',
  },
  'account-violation': {
    severity: 'warning',
    title: 'Meta finds that the account broke a rule; a restriction may follow.',
    raised: 'A webhook tells a violation.',
    resolves: 'Seven days later: Meta takes no violation back.',
    remedy:
      'Compare what you send with the WhatsApp Business Messaging Policy and stop what breaks it; WhatsApp Manager → Account overview says more.',
    check: 'health',
  },
  'business-phone-flagged': {
    severity: 'warning',
    title: 'People block or report this business phone: its quality is low.',
    raised: 'A webhook tells that the quality is flagged.',
    resolves: 'A webhook tells that it is not flagged any more, or that the limit rose.',
    remedy:
      'Send less, and only what people expect: look at marketing first. If the quality stays low, Meta lowers the messaging limit.',
    check: 'quality',
  },
  'messaging-limit-fell': {
    severity: 'warning',
    title: 'Meta lowered the number of people who may be written to in a day.',
    raised: 'A webhook tells a lower messaging limit than before.',
    resolves: 'A webhook tells a higher one.',
    remedy:
      'Spread templates over more days, and the most important ones first. Better quality lets the limit rise again by itself.',
    check: 'phone-status',
  },
  'name-declined': {
    severity: 'warning',
    title: 'Meta rejected the name that people should see.',
    raised: 'A webhook tells the decision.',
    resolves: 'A webhook tells another decision.',
    remedy: 'Choose a name that belongs to your business, in WhatsApp Manager → Phone numbers → Name.',
  },
  'security-changed': {
    severity: 'warning',
    title: 'Somebody changed, or wants to change, the PIN of a business phone.',
    raised: 'A webhook tells of the two-step verification PIN.',
    resolves: 'Seven days later.',
    remedy:
      'If it was you, nothing is to do. If not, set a new PIN in WhatsApp Manager → Phone numbers → Two-step verification, and look who has access to the business.',
  },
  'template-unusable': {
    severity: 'warning',
    title: 'Meta paused, disabled or rejected a template, so notifications with it fail.',
    raised: 'A webhook tells that status.',
    resolves: 'A webhook tells another status, such as approved or deleted.',
    remedy:
      'Edit it in WhatsApp Manager → Message templates, or send another one meanwhile. `npx recado templates` shows what is known.',
  },
  'template-flagged': {
    severity: 'warning',
    title: 'Meta flagged or locked a template, and may disable it.',
    raised: 'A webhook tells that status.',
    resolves: 'A webhook tells another status, such as approved, reinstated or deleted.',
    remedy:
      'Read in WhatsApp Manager → Message templates what Meta found. Send it to fewer people, or have another template approved before this one is gone.',
  },
  'template-quality-low': {
    severity: 'warning',
    title: 'People do not like a template: its quality is low, and Meta may pause it.',
    raised: 'A webhook tells the quality RED.',
    resolves: 'A webhook tells a better quality, or that the template is deleted.',
    remedy: 'Send it to fewer people, or say better in it why they get it.',
  },
  'template-recategorised': {
    severity: 'warning',
    title: 'Meta changed the category of a template, or will: it has another price and other rules.',
    raised: 'A webhook tells another category.',
    resolves: 'A webhook tells that nothing is planned and nothing changed, or seven days after the change.',
    remedy:
      'Look at the price of the new category. If it is wrong, ask for a review in WhatsApp Manager → Message templates.',
  },
} as const satisfies Record<string, AlarmRow>;

/** The stable code of an alarm. */
export type AlarmCode = keyof typeof rows;

/** Every code of the table. */
export const alarmCodes = Object.keys(rows) as AlarmCode[];

/** The row of the alarm table. */
export function alarmRow(code: AlarmCode): AlarmRow {
  return rows[code];
}

/** The check of doctor that would confirm an alarm; null where none looks at that, or for a code of another version. */
export function alarmCheck(code: AlarmCode): CheckName | null {
  const row: AlarmRow | undefined = rows[code];
  return row?.check ?? null;
}

/** An alarm, open until `resolvedAt`. Code and subject together are its identity while it is open. */
export type Alarm = {
  /** `al_` and sixteen characters; sorts by the time of raising. */
  id: string;
  code: AlarmCode;
  /** What it is about: Meta's id of a business phone or account, a template's name, or `installation`. */
  subject: string;
  severity: AlarmSeverity;
  /** The title, with the facts. */
  sentence: string;
  remedy: string;
  /** Milliseconds, as all times here. */
  raisedAt: number;
  /** When the cause was last seen. */
  lastSeenAt: number;
  /** How often the cause was seen. */
  count: number;
  resolvedAt: number | null;
  /** When it was last told. */
  toldAt: number;
};

/** What is told of an alarm: each once, and `reminded` once a day while it is open. */
export type AlarmNews = 'raised' | 'reminded' | 'resolved';

/** How long an open alarm is not told again, in milliseconds. */
export const REMIND_AFTER = 24 * 60 * 60_000;

/** The cause of an alarm was seen. */
export type AlarmSighting = {
  code: AlarmCode;
  subject: string;
  /** A sentence with what was found, added to the title; null when the title says it all. */
  facts: string | null;
  at: number;
};

/**
 * Takes a sighting into an alarm: raises it when none is open, else counts it.
 *
 * @param newId called only when an alarm is raised
 * @returns the alarm, and what is to be told of it; null when that was told already
 */
export function sighted(
  open: Alarm | null,
  sighting: AlarmSighting,
  newId: () => string,
): { alarm: Alarm; news: AlarmNews | null } {
  const { code, subject, at } = sighting;
  const { severity, title, remedy } = alarmRow(code);
  const sentence = sighting.facts === null ? title : `${title} ${sighting.facts}`;
  if (open === null) {
    const times = { raisedAt: at, lastSeenAt: at, resolvedAt: null, toldAt: at };
    return {
      alarm: { id: newId(), code, subject, severity, sentence, remedy, count: 1, ...times },
      news: 'raised',
    };
  }
  const lastSeenAt = Math.max(open.lastSeenAt, at);
  const seen = { ...open, severity, sentence, remedy, lastSeenAt, count: open.count + 1 };
  return reminderDue(seen, at)
    ? { alarm: reminded(seen, at), news: 'reminded' }
    : { alarm: seen, news: null };
}

/** Whether an open alarm has to be told again. */
export function reminderDue(alarm: Alarm, now: number): boolean {
  return alarm.resolvedAt === null && now - alarm.toldAt >= REMIND_AFTER;
}

/** The alarm, told again now. */
export function reminded(alarm: Alarm, now: number): Alarm {
  return { ...alarm, toldAt: now };
}

/**
 * The alarm, whose cause is gone.
 *
 * @param because a sentence that is added to the alarm's; null when the cause went by itself
 */
export function resolved(alarm: Alarm, now: number, because: string | null): Alarm {
  const sentence = because === null ? alarm.sentence : `${alarm.sentence} ${because}`;
  return { ...alarm, sentence, resolvedAt: now, toldAt: now };
}
