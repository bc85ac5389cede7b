import { type GraphProblem, problem } from '../graph/graph-error.ts';
import type { BusinessPhoneRecord } from './business-phone.ts';

/** Calls that are taken in a period, the period, and how long the phone is blocked afterwards (meta-facts §5, 133016). */
const MOST_CALLS = 10;
const PERIOD = 72 * 60 * 60 * 1000;

/**
 * Counts a call of `register` or `deregister`; Meta's title of #133016 names both.
 *
 * @returns why it is refused; null when it is taken
 */
function countRegistrationCall(phone: BusinessPhoneRecord, now: number): GraphProblem | null {
  const tooMany = problem(
    133016,
    'Registration of this phone number failed because there were too many attempts within 72 hours.',
  );
  if (now < phone.registrationBlockedUntil) return tooMany;
  phone.registrationCalls = phone.registrationCalls.filter((at) => at > now - PERIOD);
  if (phone.registrationCalls.length >= MOST_CALLS) {
    phone.registrationBlockedUntil = now + PERIOD;
    phone.registrationCalls = [];
    return tooMany;
  }
  phone.registrationCalls.push(now);
  return null;
}

/**
 * Registers the phone with a PIN: the first call sets it, later ones must repeat it (meta-facts §5.1 (2)).
 *
 * @returns why it is refused; null when the phone is registered
 */
export function registerPhone(phone: BusinessPhoneRecord, pin: string, now: number): GraphProblem | null {
  if (phone.isOnBizApp) {
    return problem(100, 'A number that is in the WhatsApp Business app is not registered by this call.');
  }
  const tooMany = countRegistrationCall(phone, now);
  if (tooMany !== null) return tooMany;
  if (phone.codeVerificationStatus !== 'VERIFIED') {
    return problem(133006, 'The phone number has to be verified before it is registered.');
  }
  if (phone.pin !== null && pin !== phone.pin) {
    return problem(133005, 'The PIN is not the one that was set for this phone number.');
  }
  phone.pin = pin;
  phone.registered = true;
  return null;
}

/**
 * Takes the phone off the Cloud API.
 *
 * @returns why it is refused; null when it is done
 */
export function deregisterPhone(phone: BusinessPhoneRecord, now: number): GraphProblem | null {
  if (phone.isOnBizApp) {
    return problem(100, 'A number that is in the WhatsApp Business app cannot be deregistered by this call.');
  }
  const tooMany = countRegistrationCall(phone, now);
  if (tooMany !== null) return tooMany;
  phone.registered = false;
  return null;
}
