import { ENDPOINT_PATIENCE } from '../../../domain/alarm.ts';
import { durationInWords } from '../../../domain/duration.ts';
import type { Endpoint, EndpointStanding } from '../../../domain/endpoint.ts';
import type { AlarmCheck } from '../alarms.ts';

/** An endpoint as the checks see it. */
export type WatchedEndpoint = Pick<Endpoint, 'id' | 'name' | 'state' | 'disabledBecause'> & {
  standing: Pick<EndpointStanding, 'failingSince' | 'lastFailure'>;
};

const reasons = {
  gone: 'It answered 410: it is gone for ever.',
  failing: 'Nothing but failures for five days.',
} as const satisfies Record<NonNullable<Endpoint['disabledBecause']>, string>;

/** Looks for endpoints that were disabled, and for those that take nothing any more. */
export function createEndpointChecks(options: {
  readEndpointStandings(): Promise<WatchedEndpoint[]>;
  clock: { now(): number };
}): AlarmCheck[] {
  const { readEndpointStandings, clock } = options;
  return [
    {
      code: 'endpoint-disabled',
      async look() {
        return (await readEndpointStandings()).flatMap(({ id, state, disabledBecause, ...endpoint }) =>
          state === 'disabled' && disabledBecause !== null
            ? [{ subject: id, facts: factsOf(endpoint.name, reasons[disabledBecause]) }]
            : [],
        );
      },
    },
    {
      code: 'endpoint-failing',
      async look() {
        const now = clock.now();
        return (await readEndpointStandings()).flatMap(({ id, name, state, standing }) => {
          const { failingSince, lastFailure } = standing;
          if (state !== 'active' || failingSince === null || now - failingSince < ENDPOINT_PATIENCE)
            return [];
          const lasts = `Nothing but failures for ${durationInWords(now - failingSince)}.`;
          return [{ subject: id, facts: factsOf(name, `${lasts} ${lastFailure ?? ''}`.trim()) }];
        });
      },
    },
  ];
}

/** Not the address: it may hold a secret. */
function factsOf(name: string | null, sentence: string): string {
  return name === null ? sentence : `${name}: ${sentence}`;
}
