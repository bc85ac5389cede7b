import type { AlarmBody, DoctorCheckBody, NotificationTotalsBody } from '../../client/generated.ts';

/** Something that a person has to see to, with its remedy. */
export type Need =
  | { kind: 'alarm'; alarm: AlarmBody }
  | {
      kind: 'failure';
      failure: NonNullable<NotificationTotalsBody['data'][number]['failure']>;
      count: number;
    }
  | { kind: 'check'; check: DoctorCheckBody };

/**
 * What needs a person, the gravest first: open alarms, broken links of the chain that no alarm speaks of, and why
 * messages failed, the commonest first.
 */
export function needsOf(
  alarms: readonly AlarmBody[],
  totals: NotificationTotalsBody['data'],
  checks: readonly DoctorCheckBody[],
): Need[] {
  const open = alarms.filter(({ resolvedAt }) => resolvedAt === null);
  const told = new Set(open.map(({ check }) => check));
  const setupIsTold = open.some(({ code }) => code === 'setup-broken');
  const failures = totals.filter(({ state, failure }) => failure !== null && ended.has(state));
  return [
    ...open
      .toSorted((one, other) => Number(other.severity === 'critical') - Number(one.severity === 'critical'))
      .map((alarm) => ({ kind: 'alarm' as const, alarm })),
    ...checks
      .filter(({ verdict, check }) => verdict === 'red' && !setupIsTold && !told.has(check))
      .map((check) => ({ kind: 'check' as const, check })),
    ...failures.flatMap(({ failure, count }) =>
      failure === null ? [] : [{ kind: 'failure' as const, failure, count }],
    ),
  ];
}

const ended = new Set(['failed', 'expired', 'unknown']);
