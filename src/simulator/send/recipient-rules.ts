import { windowAt } from '../../domain/conversation.ts';
import { peopleWithin } from '../../domain/messaging-limit.ts';
import { type GraphProblem, problem } from '../graph/graph-error.ts';
import type { PersonState } from '../people/people.ts';
import type { TemplateCategory } from '../templates/template.ts';
import { looksMagic, magicCode } from './magic-recipients.ts';
import type { SendAddress } from './send-request.ts';
import type { SendSituation } from './send-situation.ts';

/** What is sent, as far as it matters to whom: the category of a template, or `service` for anything else. */
export type Charged = TemplateCategory | 'service';

/** What keeps a message from its recipient, the first reason first (meta-facts §5, §6). */
export function* recipientProblems(
  address: Exclude<SendAddress, { kind: 'group' }>,
  category: Charged,
  situation: SendSituation,
): Generator<GraphProblem> {
  const { conditions, person } = situation;
  const magic = magicOf(address, situation);
  if (magic !== null) yield problem(magic, 'This is a magic recipient of the simulator.');
  if (address.kind === 'user_id' && category === 'authentication') {
    yield problem(131062, 'Authentication templates are sent to phone numbers only.');
  }
  if (person === null || conditions.unreachable.has(person.waId)) {
    yield problem(131026, unreachableBecause(address, situation));
    return;
  }
  if (conditions.blockedByBusiness.has(person.waId)) {
    yield problem(130403, 'The business has blocked this user.');
  }
  for (const beginning of conditions.restrictedCountries) {
    if (person.waId.startsWith(beginning)) {
      yield problem(130497, 'This business may not message users in this country.');
    }
  }
  if (category === 'marketing') yield* marketingProblems(person, situation);
  if (category === 'service' && !isWindowOpen(person, situation)) {
    yield problem(
      131047,
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    );
  }
  if (isOverMessagingLimit(person, situation)) {
    yield problem(
      situation.questions.overMessagingLimit,
      'The messaging limit of the business portfolio is reached for the last 24 hours.',
    );
  }
}

/** Meta says no more than the first sentence; a slip in a magic number would be hard to find by it. */
function unreachableBecause(address: SendAddress, { magicRecipients }: SendSituation): string {
  if (!magicRecipients || address.kind !== 'number' || !looksMagic(address.digits)) {
    return 'Message undeliverable.';
  }
  return `Message undeliverable. No magic recipient of the simulator ends in ${address.digits.slice(-4)}; GET /_simulator/magic-recipients lists them.`;
}

function magicOf(address: SendAddress, { magicRecipients }: SendSituation): number | null {
  return magicRecipients && address.kind === 'number' ? magicCode(address.digits) : null;
}

function* marketingProblems(person: PersonState, situation: SendSituation): Generator<GraphProblem> {
  const { conditions, phone, reach, account, now } = situation;
  if (person.conversations.get(phone.phoneNumberId)?.refusesMarketing === true) {
    yield problem(131050, 'The user has chosen to stop marketing messages of this business.');
  }
  if (conditions.experiment.has(person.waId)) {
    yield problem(130472, "The user's number is part of an experiment.");
  }
  const most = conditions.marketingPerPerson;
  if (most !== null && reach.marketingTo(account.businessId, person.userId, now) >= most) {
    yield problem(131049, 'The user gets no more marketing messages for now.');
  }
}

/** Whether the person wrote to this business phone in the last 24 hours (meta-facts §6). */
export function isWindowOpen(person: PersonState, { phone, now }: SendSituation): boolean {
  const lastWroteAt = person.conversations.get(phone.phoneNumberId)?.lastWroteAt ?? null;
  return windowAt(lastWroteAt, now).open;
}

/** People within a window do not count, nor those who were written to in these 24 hours already. */
function isOverMessagingLimit(person: PersonState, situation: SendSituation): boolean {
  const { account, conditions, phone, reach, now } = situation;
  if (!conditions.messagingLimit || isWindowOpen(person, situation)) return false;
  const most = peopleWithin(phone.messagingLimit);
  return most !== null && reach.othersOutsideWindow(account.businessId, person.userId, now) >= most;
}
