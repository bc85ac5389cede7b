import {
  type AccountFact,
  type AccountFactName,
  type AccountFactOf,
  factsNamed,
  type Restriction,
} from './account-fact.ts';

/** The names of the facts that the state is made of. */
export const businessPhoneFacts: readonly AccountFactName[] = [
  'quality',
  'limit',
  'throughput',
  'display-name',
  'username',
  'restriction',
  'violation',
  'ban',
  'presence',
  'review',
  'alert',
  'security',
];

/** What webhooks told of a business phone. Null is what none has told. Times are milliseconds. */
export type BusinessPhoneState = {
  /** Meta's latest word on what people think of it: `FLAGGED` is low. */
  quality: string | null;
  messagingLimit: string | null;
  /** The limit before, when another one was told. */
  formerMessagingLimit: string | null;
  /** Meta's latest word on how fast it may send, such as `THROUGHPUT_UPGRADE`. */
  throughput: string | null;
  /** The name that Meta approved last. */
  verifiedName: string | null;
  /** The latest decision on a name. */
  nameDecision: { decision: string; requestedName: string | null; reason: string | null } | null;
  username: string | null;
  /** What it, or its account, may not do, as it was told last; what has expired is left out. */
  restrictions: Restriction[];
  /** The rule that was broken, as it was told last. */
  violation: string | null;
  /** Whether its account is, or will be, disabled, deleted or disconnected: Meta's word. */
  disabled: { word: string; date: string | null } | null;
  /** The latest decision on its account, such as `APPROVED` or `REJECTED`. */
  review: string | null;
  /** What Meta asks to be looked at, in its account, the latest first. */
  alerts: StandingAlert[];
  /** The latest word about its PIN. */
  security: string | null;
  /** When the latest of all this happened. */
  changedAt: number | null;
};

/** An alert of Meta's that stands. */
export type StandingAlert = Omit<AccountFactOf<'alert'>, 'name'> & { toldAt: number };

/** How long something stands that Meta never takes back, in milliseconds. */
export const STANDS_FOR = 7 * 24 * 60 * 60_000;

/** Words that an alert may end with. Meta documents none; any other stands, so that nothing is missed. */
const over: ReadonlySet<string | null> = new Set(['RESOLVED', 'INACTIVE']);

/** Meta's words for an account that went; any other word of `presence` says that it is there. */
const gone: ReadonlySet<string> = new Set(['ACCOUNT_DELETED', 'ACCOUNT_OFFBOARDED']);

/**
 * The state of a business phone.
 *
 * @param facts those about the phone itself, under its id and its number, and those about its account
 * @param now milliseconds
 */
export function businessPhoneState(facts: readonly AccountFact[], now: number): BusinessPhoneState {
  const [limit, ...earlierLimits] = factsNamed(facts, 'limit');
  const names = factsNamed(facts, 'display-name');
  const [name] = names;
  const approved = names.find(({ content }) => content.decision === 'APPROVED');
  return {
    quality: factsNamed(facts, 'quality')[0]?.content.word ?? null,
    messagingLimit: limit?.content.limit ?? null,
    formerMessagingLimit:
      limit === undefined
        ? null
        : formerOf(
            limit.content,
            earlierLimits.map(({ content }) => content),
          ),
    throughput: factsNamed(facts, 'throughput')[0]?.content.word ?? null,
    verifiedName: approved?.content.requestedName ?? null,
    nameDecision:
      name === undefined
        ? null
        : {
            decision: name.content.decision,
            requestedName: name.content.requestedName,
            reason: name.content.reason,
          },
    username: factsNamed(facts, 'username')[0]?.content.username ?? null,
    restrictions: standingRestrictions(facts, now),
    violation: factsNamed(facts, 'violation')[0]?.content.violation ?? null,
    disabled: standingDisablement(facts),
    review: factsNamed(facts, 'review')[0]?.content.decision ?? null,
    alerts: standingAlerts(facts, now),
    security: factsNamed(facts, 'security')[0]?.content.word ?? null,
    changedAt: facts.length === 0 ? null : Math.max(...facts.map(({ at }) => at)),
  };
}

/** The limit before the latest one: as Meta says, or as it was told before. */
export function formerOf(
  latest: { limit: string; former: string | null },
  earlier: readonly { limit: string }[],
): string | null {
  return latest.former ?? earlier.find(({ limit }) => limit !== latest.limit)?.limit ?? null;
}

/** The restrictions in force: those told last that have not expired, unless the account was reinstated since. */
export function standingRestrictions(facts: readonly AccountFact[], now: number): Restriction[] {
  const [latest] = factsNamed(facts, 'restriction');
  if (latest === undefined || latest.at < lastReturn(facts)) return [];
  return latest.content.restrictions.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
}

/** The alerts of the last week, each as it was told last, without those that are over. */
export function standingAlerts(facts: readonly AccountFact[], now: number): StandingAlert[] {
  const told = factsNamed(facts, 'alert').filter(({ at }) => now - at < STANDS_FOR);
  const latest = new Map<string, StandingAlert>();
  for (const { at, content } of told) {
    const { name: _, ...alert } = content;
    const subject = JSON.stringify([alert.type, alert.entityType, alert.entityId]);
    if (!latest.has(subject)) latest.set(subject, { ...alert, toldAt: at });
  }
  return [...latest.values()].filter(({ status }) => !over.has(status));
}

/** Whether the account is, or will be, disabled, deleted or disconnected; null when it is there. */
export function standingDisablement(
  facts: readonly AccountFact[],
): { word: string; date: string | null } | null {
  const [ban] = factsNamed(facts, 'ban');
  const [presence] = factsNamed(facts, 'presence');
  if (ban !== undefined && ban.content.state !== 'REINSTATE') {
    const { state, date } = ban.content;
    return { word: state, date };
  }
  return presence !== undefined && gone.has(presence.content.word)
    ? { word: presence.content.word, date: null }
    : null;
}

/** When the account last came back, in milliseconds. */
function lastReturn(facts: readonly AccountFact[]): number {
  const reinstated = factsNamed(facts, 'ban').find(({ content }) => content.state === 'REINSTATE');
  const back = factsNamed(facts, 'presence').find(({ content }) => !gone.has(content.word));
  return Math.max(reinstated?.at ?? 0, back?.at ?? 0);
}
