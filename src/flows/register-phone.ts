import type { Actor, AuditEntry } from '../domain/audit.ts';
import type { FailureCode } from '../domain/failure.ts';
import { phoneLane } from '../domain/lane.ts';
import { REGISTRATION_LIMIT, type RegistrationOutcome } from '../domain/registration.ts';
import type { BusinessPhones } from './business-phone-contract.ts';

/** What a registration came to. */
export type Registration =
  | RegistrationOutcome
  /** It was not tried: the phone is not ours, there is no token, or no PIN. */
  | { outcome: 'not-tried'; because: 'unknown' | 'pin-missing' }
  | { outcome: 'not-tried'; because: 'no-sender'; failure: FailureCode }
  /** It was not tried, because Meta would refuse it; `until` in milliseconds. */
  | { outcome: 'not-tried'; because: 'used-up'; until: number };

/** Registers a business phone with a PIN, or with the one that is configured. */
export type RegisterPhone = (id: string, pin: string | null, actor: Actor) => Promise<Registration>;

/** What registering asks of the store. */
export type RegistrationStore = {
  noteAudit(entry: AuditEntry): Promise<unknown>;
  /** When a thing was done to a subject since a time, in milliseconds, oldest first. */
  auditTimes(query: { action: string; subject: string; since: number }): Promise<number[]>;
};

/** The entry of the audit log that a business phone was registered. */
export const REGISTERED = 'business-phone.registered';

/** The entry of the audit log that counts a try against Meta's limit. */
const TRIED = 'business-phone.registration-tried';

/**
 * Makes the step that registers. A try is noted before it is made, so that none is forgotten in the count: Meta
 * refuses the eleventh within 72 hours, and then every other one for as long (meta-facts §5.1).
 *
 * @param options.registered told of every business phone that Meta has registered
 */
export function createRegisterPhone(options: {
  store: RegistrationStore;
  phones: Pick<BusinessPhones, 'isOurs' | 'senderOf'>;
  register(request: {
    phoneNumberId: string;
    accessToken: string;
    pin: string;
  }): Promise<RegistrationOutcome>;
  configuredPin: string | null;
  clock: { now(): number };
  registered(id: string): void;
}): RegisterPhone {
  const { store, phones, clock } = options;
  return async (id, given, actor) => {
    if (!phones.isOurs(id)) return { outcome: 'not-tried', because: 'unknown' };
    const pin = given ?? options.configuredPin;
    if (pin === null) return { outcome: 'not-tried', because: 'pin-missing' };
    const sender = phones.senderOf(phoneLane(id));
    if (!sender.ready) return { outcome: 'not-tried', because: 'no-sender', failure: sender.failure };
    const now = clock.now();
    const tries = await store.auditTimes({
      action: TRIED,
      subject: id,
      since: now - REGISTRATION_LIMIT.period,
    });
    const oldest = tries.at(-REGISTRATION_LIMIT.calls);
    if (oldest !== undefined) {
      return { outcome: 'not-tried', because: 'used-up', until: oldest + REGISTRATION_LIMIT.period };
    }
    await store.noteAudit({ at: now, actor, action: TRIED, subject: id, detail: {} });
    const { phoneNumberId, accessToken } = sender;
    const result = await options.register({ phoneNumberId, accessToken, pin });
    if (result.outcome === 'refused') {
      const action = refusedAction(result.failure.metaCode);
      await store.noteAudit({ at: clock.now(), actor, action, subject: id, detail: {} });
    }
    if (result.outcome === 'registered') {
      await store.noteAudit({ at: clock.now(), actor, action: REGISTERED, subject: id, detail: {} });
      options.registered(id);
    }
    return result;
  };
}

/** The entry of the audit log that Meta refused a try, with its number. */
function refusedAction(metaCode: number | null): string {
  return `business-phone.registration-refused-${metaCode ?? 'unknown'}`;
}

/** Refusals that say how another try has to differ: the PIN, or the time (meta-facts §5). */
const tellingRefusals = [133005, 133008, 133009, 133016];

/** What the audit log knows of the tries to register a business phone; times in milliseconds. */
export async function readRegistrationTries(
  store: Pick<RegistrationStore, 'auditTimes'>,
  subject: string,
  now: number,
): Promise<{ times: number[]; refusal: { code: number; at: number } | null }> {
  const since = now - REGISTRATION_LIMIT.period;
  const times = await store.auditTimes({ action: TRIED, subject, since });
  const registeredAt = (await store.auditTimes({ action: REGISTERED, subject, since })).at(-1) ?? 0;
  let refusal: { code: number; at: number } | null = null;
  for (const code of tellingRefusals) {
    const at = (await store.auditTimes({ action: refusedAction(code), subject, since })).at(-1);
    if (at !== undefined && at > registeredAt && at >= (refusal?.at ?? 0)) refusal = { code, at };
  }
  return { times, refusal };
}
