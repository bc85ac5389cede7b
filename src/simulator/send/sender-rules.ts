import { phoneNumberVariants } from '../../domain/phone-number.ts';
import { statusOf } from '../accounts/business-phone.ts';
import { type GraphProblem, problem } from '../graph/graph-error.ts';
import type { SendAddress } from './send-request.ts';
import type { SendSituation } from './send-situation.ts';

const notRegistered: GraphProblem = {
  code: 133010,
  details:
    'Phone number not registered on the WhatsApp Business Platform. Register the phone number before trying again.',
  message: '(#133010) Account not registered',
};

/** What stands in the way of the sender, whatever is sent to whomever, the gravest first (meta-facts §5, §5.1). */
export function* senderProblems({ phone, account, conditions }: SendSituation): Generator<GraphProblem> {
  if (statusOf(phone) === 'DELETED') yield problem(33, 'The business phone number has been deleted.');
  if (!phone.registered) yield notRegistered;
  const locked = account.canSendMessage === 'BLOCKED' || phone.canSendMessage === 'BLOCKED';
  if (locked || ['BANNED', 'RESTRICTED'].includes(statusOf(phone))) {
    yield problem(131031, 'The business account is restricted or disabled; see its health status.');
  }
  if (conditions.maintenance) yield problem(131057, 'The account is in maintenance mode; try again soon.');
  if (isGivenByWhatsapp(phone.displayPhoneNumber) && !hasName(phone.nameStatus)) {
    yield problem(131037, 'The display name of this number has not been approved yet.');
  }
  if (conditions.paymentProblem) yield problem(131042, 'There is a problem with the payment method.');
  if (conditions.spamLimited) {
    yield problem(131048, 'Too many messages of this number were blocked or reported as spam.');
  }
}

/** The 555 numbers that WhatsApp gives to businesses (meta-facts §5 row 131037). */
function isGivenByWhatsapp(digits: string): boolean {
  return /^1555\d{7}$/.test(digits);
}

function hasName(nameStatus: string): boolean {
  return nameStatus === 'APPROVED' || nameStatus === 'AVAILABLE_WITHOUT_REVIEW';
}

/** What is wrong with the address for this sender (meta-facts §5 rows 131021 and 131030). */
export function* addressProblems(address: SendAddress, situation: SendSituation): Generator<GraphProblem> {
  const { phone, person } = situation;
  if (address.kind === 'group') return;
  const digits = address.kind === 'number' ? address.digits : (person?.waId ?? '');
  if (phoneNumberVariants(digits).includes(phone.displayPhoneNumber)) {
    yield problem(131021, 'Sender and recipient are the same phone number.');
  }
  // The list is compared digit by digit: another spelling of the same number is not on it.
  if (phone.allowedRecipients !== null && !phone.allowedRecipients.has(digits)) {
    yield problem(131030, 'Add the recipient to the list of allowed numbers and try again.');
  }
}
