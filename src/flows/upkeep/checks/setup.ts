import type { CheckPlace } from '../../../domain/check.ts';
import type { AlarmCheck } from '../alarms.ts';

/** Tells as alarms what doctor found red when it last looked by itself; `found` is the sentence. */
export function createSetupCheck(reds: () => readonly (CheckPlace & { found: string })[]): AlarmCheck {
  return {
    code: 'setup-broken',
    look: async () =>
      reds().map(({ check, subject, found }) => ({
        subject: subject === null ? check : `${check} ${subject}`,
        facts: found,
      })),
  };
}
