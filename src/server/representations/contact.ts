import { type Window, windowAt } from '../../domain/conversation.ts';
import { businessPhoneOf } from '../../domain/lane.ts';
import { identifierOf } from '../../domain/person.ts';
import type { ContactView } from '../../domain/views.ts';
import type { ContactBody } from '../contract/contact.ts';
import { isoTime } from './time.ts';
import { windowBody } from './window.ts';

/** A contact as the API shows it at a moment, in milliseconds. */
export function contactBody({ contact, conversation }: ContactView, now: number): ContactBody {
  const window = windowAt(conversation?.lastInboundAt ?? null, now);
  return {
    id: contact.id,
    businessPhoneId: businessPhoneOf(contact.lane),
    name: contact.name,
    waId: identifierOf(contact.identifiers, 'wa_id'),
    userId: identifierOf(contact.identifiers, 'user_id'),
    identifiers: contact.identifiers.map(({ kind, value }) => ({ kind, value })),
    optOuts: [],
    firstSeenAt: isoTime(contact.firstSeenAt),
    wroteIn: contact.wroteIn,
    conversationId: conversation?.id ?? null,
    window: windowBody(window),
    canBeNotified: { freeForm: window.open, template: true, because: becauseOf(window) },
  };
}

function becauseOf(window: Window): string {
  if (window.closesAt === null) return 'This person has not written yet, so only templates are allowed.';
  const time = isoTime(window.closesAt);
  return window.open
    ? `This person wrote less than 24 hours ago, so texts are allowed until ${time}, and templates always.`
    : `The 24-hour window closed at ${time}, so only templates are allowed until this person writes again.`;
}
