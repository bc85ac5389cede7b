import { REGISTRATION_LIMIT } from '../../../domain/registration.ts';
import type { PhoneFacts } from '../../../whatsapp/graph-answers/read-phone-facts.ts';
import { type Installation, type Judgement, phoneCheck } from '../check.ts';
import type { RegistrationTries } from '../doctor-ports.ts';
import { askPhone, phoneOf } from './ask-phone.ts';
import { judged, momentOf } from './reading.ts';

/** The business phone is registered on the Cloud API; the cure of #133010, in the order in which it can succeed. */
export const checkRegistered = phoneCheck({
  name: 'registered',
  needs: ['phone-id'],
  continuous: true,
  gather: async ({ graph, registrationTries, now }, phone) => ({
    reading: await askPhone(graph, phone),
    tries: await registrationTries(phone.id),
    now: now(),
  }),
  judge({ reading, tries, now }, _phone, installation) {
    const phone = reading === null ? null : phoneOf(reading);
    if (reading === null || phone === null) return judged('registered-untold');
    const { reason, facts } = judgeRegistration(phone, tries, now, installation);
    return judged(reason, { number: phone.displayPhoneNumber ?? '?', ...facts }, [reading]);
  },
});

/** Names with which Meta registers a number (meta-facts §7.2); what Meta does not say does not hold anybody up. */
const readyNames: readonly (string | null)[] = ['APPROVED', 'AVAILABLE_WITHOUT_REVIEW', null];

function judgeRegistration(
  phone: PhoneFacts,
  tries: RegistrationTries,
  now: number,
  { registrationPinSet }: Installation,
): Judgement {
  const { platformType, status, codeVerificationStatus, nameStatus } = phone;
  if (platformType === null && status === null) return judged('registered-untold');
  if (platformType === null ? status === 'CONNECTED' : platformType === 'CLOUD_API') {
    return judged('registered-good');
  }
  if (phone.onBusinessApp === true) return judged('registration-by-app');
  if (codeVerificationStatus !== null && codeVerificationStatus !== 'VERIFIED') {
    return judged('registration-needs-verification', { verification: codeVerificationStatus });
  }
  if (!readyNames.includes(nameStatus)) {
    return judged('registration-waits-for-name', { name: nameStatus ?? '?' });
  }
  const until = blockedUntil(tries);
  if (until !== null && until > now) return judged('registration-limit', { until: momentOf(until) });
  if (!registrationPinSet) return judged('registration-pin-missing', { status: status ?? '?' });
  const { refusal } = tries;
  return refusal !== null && pinCodes.includes(refusal.code)
    ? judged('registration-pin-wrong', { code: String(refusal.code) })
    : judged('not-registered', { status: status ?? '?' });
}

/** PIN mismatch, guessed too often, guessed too fast (meta-facts §5). */
const pinCodes: readonly number[] = [133005, 133008, 133009];

/** Until when Meta refuses every try: our own count of ten, or Meta's word (meta-facts §5.1). */
function blockedUntil({ times, refusal }: RegistrationTries): number | null {
  const oldest = times.at(-REGISTRATION_LIMIT.calls);
  const counted = oldest === undefined ? null : oldest + REGISTRATION_LIMIT.period;
  const told = refusal?.code === 133016 ? refusal.at + REGISTRATION_LIMIT.period : null;
  return counted === null && told === null ? null : Math.max(counted ?? 0, told ?? 0);
}
