/**
 * Alarms: what a person has to know of and act on while it lasts. However often the cause recurs, an alarm is
 * raised once, told again after a day, and resolves by itself when the cause is gone.
 */

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
};

/** How long nothing may be committed while webhooks are refused for it, in milliseconds. */
export const NOT_COMMITTED_PATIENCE = 5 * 60_000;

/** How long a notification that is due may wait to be sent, in milliseconds. */
export const QUEUE_PATIENCE = 5 * 60_000;

/** How many notifications may be due at once: at a business phone's usual 80 a second, two minutes' work. */
export const QUEUE_LENGTH = 10_000;

const rows = {
  'access-token-refused': {
    severity: 'critical',
    title: 'Meta refuses the access token, so no notification leaves.',
    raised: 'Meta answers a send with #190 or #0.',
    resolves: 'Meta accepts a message of this business phone.',
    remedy:
      'Make a System User token that does not expire (Meta Business Suite → Settings → System users), set it as META_ACCESS_TOKEN and restart, or give it to a business phone of its own with `recado phones change`. Notifications that failed meanwhile have to be sent anew.',
  },
  'business-phone-not-registered': {
    severity: 'critical',
    title: 'The business phone is not registered on the Cloud API, so no notification leaves.',
    raised: 'Meta answers a send with #133010 or its like.',
    resolves: 'Meta accepts a message of this business phone.',
    remedy:
      'Register it once: POST /{phone-number-id}/register with {"messaging_product":"whatsapp","pin":"<6 digits>"}. Notifications that failed meanwhile have to be sent anew.',
  },
  'webhooks-not-committed': {
    severity: 'critical',
    title: 'Webhooks are turned away with 503, because nothing can be committed.',
    raised: 'Webhooks were refused for 5 minutes and not one was committed.',
    resolves: 'Something can be committed again.',
    remedy:
      'Check the disk of the file that DATABASE_URL names: free space, permissions, speed. Meta keeps what was turned away for up to seven days and sends it again.',
  },
  'queue-growing': {
    severity: 'warning',
    title: 'Notifications wait to be sent for longer than they should.',
    raised: 'A notification is due for more than 5 minutes, or more than 10,000 are due at once.',
    resolves: 'None is due for so long, and fewer are due.',
    remedy:
      'Look at GET /v1/notifications?state=queued and the log: Meta may answer slowly or be out of reach, or more is asked for than one business phone may send.',
  },
  'disk-nearly-full': {
    severity: 'critical',
    title: 'The disk of the database is nearly full; once it is, nothing can be acknowledged.',
    raised: 'Less than 5 % of the disk is free (at least 512 MiB, at most 10 GiB).',
    resolves: 'A fifth more than that is free.',
    remedy:
      'Free space on the disk of the file that DATABASE_URL names, or enlarge it. Never delete the files beside the database (-wal, -shm).',
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

/** An alarm, open until `resolvedAt`. Code and subject together are its identity while it is open. */
export type Alarm = {
  /** `al_` and sixteen characters; sorts by the time of raising. */
  id: string;
  code: AlarmCode;
  /** What it is about: Meta's id of a business phone, or `installation`. */
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

/** The alarm, whose cause is gone. */
export function resolved(alarm: Alarm, now: number): Alarm {
  return { ...alarm, resolvedAt: now, toldAt: now };
}
