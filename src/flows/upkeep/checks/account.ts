import { type AccountFact, type AccountFactName, factsNamed } from '../../../domain/account-fact.ts';
import type { AlarmCode } from '../../../domain/alarm.ts';
import {
  formerOf,
  STANDS_FOR,
  standingAlerts,
  standingDisablement,
  standingRestrictions,
} from '../../../domain/business-phone-state.ts';
import { isLower } from '../../../domain/messaging-limit.ts';
import { accountStanding } from '../../account-standing.ts';
import type { BusinessPhoneView } from '../../business-phone-contract.ts';
import type { AlarmCheck } from '../alarms.ts';

/**
 * How long the checks share what was read, in milliseconds: less than the time between two looks. A store that
 * hangs then holds up a look once, and not once for each check.
 */
const ONE_LOOK = 10_000;

/** What an alarm looks at: facts of these names, about one subject, and what of them is its cause. */
type AccountAlarm = {
  names: AccountFactName[];
  /** What was found; null when there is no cause. */
  cause(facts: readonly AccountFact[], now: number): string | null;
};

const accountAlarms = {
  'business-phone-flagged': {
    names: ['quality'],
    cause: (facts) =>
      factsNamed(facts, 'quality')[0]?.content.word === 'FLAGGED' ? 'Meta flagged its quality.' : null,
  },
  'messaging-limit-fell': {
    names: ['limit'],
    cause(facts) {
      const [latest, ...earlier] = factsNamed(facts, 'limit').map(({ content }) => content);
      if (latest === undefined) return null;
      const former = formerOf(latest, earlier);
      return former !== null && isLower(latest.limit, former)
        ? `It fell from ${former} to ${latest.limit}.`
        : null;
    },
  },
  'account-restricted': {
    names: ['restriction', 'ban', 'presence'],
    cause(facts, now) {
      const restrictions = standingRestrictions(facts, now);
      if (restrictions.length === 0) return null;
      const each = restrictions.map(({ restriction, expiresAt }) => {
        const until = expiresAt === null ? '' : ` until ${new Date(expiresAt).toISOString()}`;
        return `${restriction ?? 'unnamed'}${until}`;
      });
      return `Meta says: ${each.join(', ')}.`;
    },
  },
  'account-disabled': {
    names: ['ban', 'presence'],
    cause(facts) {
      const disabled = standingDisablement(facts);
      if (disabled === null) return null;
      return `Meta says: ${disabled.word}${disabled.date === null ? '' : `, ${disabled.date}`}.`;
    },
  },
  'account-rejected': {
    names: ['review'],
    cause: (facts) =>
      factsNamed(facts, 'review')[0]?.content.decision === 'REJECTED' ? 'Meta says: REJECTED.' : null,
  },
  'account-alert': {
    names: ['alert'],
    cause(facts, now) {
      const alerts = standingAlerts(facts, now).filter(({ severity }) => !severity?.startsWith('INFO'));
      if (alerts.length === 0) return null;
      const each = alerts.map(({ type, severity, description, entityType, entityId }) => {
        const about = entityType === 'PHONE_NUMBER' && entityId !== null ? `, phone ${entityId}` : '';
        return `${description ?? type ?? 'no more than that'} (${severity ?? 'no severity'}${about})`;
      });
      return `Meta says: ${each.join('; ')}`;
    },
  },
  'account-violation': {
    names: ['violation'],
    cause(facts, now) {
      const [latest] = factsNamed(facts, 'violation');
      return latest === undefined || now - latest.at >= STANDS_FOR
        ? null
        : `Meta says: ${latest.content.violation ?? 'no more than that'}.`;
    },
  },
  'name-declined': {
    names: ['display-name'],
    cause(facts) {
      const content = factsNamed(facts, 'display-name')[0]?.content;
      if (content?.decision !== 'REJECTED') return null;
      const { requestedName: name, reason } = content;
      return `Meta rejected ${name === null ? 'it' : `“${name}”`}${reason === null ? '' : `: ${reason}`}.`;
    },
  },
  'security-changed': {
    names: ['security'],
    cause(facts, now) {
      const [latest] = factsNamed(facts, 'security');
      return latest === undefined || now - latest.at >= STANDS_FOR
        ? null
        : `Meta says: ${latest.content.word}.`;
    },
  },
  'template-unusable': {
    names: ['template-status'],
    cause(facts) {
      const content = factsNamed(facts, 'template-status')[0]?.content;
      if (content === undefined || !unusable.has(content.status)) return null;
      return `Meta says: ${content.status}${content.reason === null ? '' : ` (${content.reason})`}.`;
    },
  },
  'template-flagged': {
    names: ['template-status'],
    cause(facts) {
      const content = factsNamed(facts, 'template-status')[0]?.content;
      if (content === undefined || !endangered.has(content.status)) return null;
      const { status, reason, disableDate } = content;
      const why = reason === null ? '' : ` (${reason})`;
      return `Meta says: ${status}${why}${disableDate === null ? '' : `, to be disabled on ${disableDate}`}.`;
    },
  },
  'template-quality-low': {
    names: ['template-quality', 'template-status'],
    cause(facts) {
      const isDeleted = factsNamed(facts, 'template-status')[0]?.content.status === 'DELETED';
      const isLow = factsNamed(facts, 'template-quality')[0]?.content.quality === 'RED';
      return isLow && !isDeleted ? 'Meta says: RED.' : null;
    },
  },
  'template-recategorised': {
    names: ['template-category', 'template-plan'],
    cause(facts, now) {
      const [latest] = factsNamed(facts, 'template-category');
      const planned = factsNamed(facts, 'template-plan')[0]?.content;
      const category = latest?.content.category ?? null;
      if (planned?.category != null && planned.category !== category) {
        const at = planned.changesAt === null ? '' : ` at ${new Date(planned.changesAt).toISOString()}`;
        return `From ${category ?? 'unknown'} to ${planned.category}${at}.`;
      }
      const former = latest?.content.former ?? null;
      return latest === undefined || former === null || former === category || now - latest.at >= STANDS_FOR
        ? null
        : `From ${former} to ${category}.`;
    },
  },
} as const satisfies { [Code in AlarmCode]?: AccountAlarm };

const unusable: ReadonlySet<string> = new Set(['PAUSED', 'DISABLED', 'REJECTED']);

/** Statuses of a template that may still be sent, as far as Meta tells, and that somebody must look at. */
const endangered: ReadonlySet<string> = new Set(['FLAGGED', 'LOCKED']);

/**
 * Looks at what webhooks told of the business itself. What a re-reading brought raises no alarm, and neither does
 * what is about a phone or account that is not ours.
 */
export function createAccountChecks(options: {
  readAccountFacts(names: readonly AccountFactName[]): Promise<AccountFact[]>;
  listPhones(): Promise<BusinessPhoneView[]>;
  clock: { now(): number };
}): AlarmCheck[] {
  const names = [...new Set(Object.values<AccountAlarm>(accountAlarms).flatMap((alarm) => alarm.names))];
  let latest: { at: number; known: Promise<Known> } | null = null;

  async function read(): Promise<Known> {
    const facts = await options.readAccountFacts(names);
    const { ourSubject } = accountStanding(facts.length === 0 ? [] : await options.listPhones());
    return Map.groupBy(facts, (fact) => ourSubject(fact.subject));
  }

  function known(now: number): Promise<Known> {
    if (latest === null || Math.abs(now - latest.at) >= ONE_LOOK) latest = { at: now, known: read() };
    return latest.known;
  }

  return Object.entries<AccountAlarm>(accountAlarms).map(([code, alarm]) => ({
    code: code as keyof typeof accountAlarms,
    async look(open) {
      const now = options.clock.now();
      return [...(await known(now))].flatMap(([subject, facts]) => {
        const own = facts.filter(({ content }) => alarm.names.includes(content.name));
        const cause = subject === null ? null : alarm.cause(own, now);
        if (subject === null || cause === null) return [];
        return isReplayed(own) && !open.includes(subject) ? [] : [{ subject, facts: cause }];
      });
    },
  }));
}

/** What is known about each subject of an alarm; null: what is not ours. */
type Known = Map<string | null, AccountFact[]>;

/** Whether a re-reading brought the latest fact. */
function isReplayed(facts: readonly AccountFact[]): boolean {
  const latest = [...facts].sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1)).at(-1);
  return latest?.replayed === true;
}
