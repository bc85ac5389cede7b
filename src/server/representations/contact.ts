import { type Window, windowAt } from '../../domain/conversation.ts';
import { businessPhoneOf } from '../../domain/lane.ts';
import type { OptOut } from '../../domain/opt-out.ts';
import { currentIdentifier } from '../../domain/person.ts';
import type { ShownContact } from '../../domain/views.ts';
import type { ContactBody, OptOutBody } from '../contract/contact.ts';
import { isoTime, isoTimeOrNull } from './time.ts';
import { windowBody } from './window.ts';

/** A contact as the API shows it at a moment, in milliseconds. */
export function contactBody(
  { contact, conversation, mergedFrom, optOuts }: ShownContact,
  now: number,
): ContactBody {
  const window = windowAt(conversation?.lastInboundAt ?? null, now);
  return {
    id: contact.id,
    businessPhoneId: businessPhoneOf(contact.lane),
    name: contact.name,
    waId: currentIdentifier(contact.identifiers, 'wa_id'),
    userId: currentIdentifier(contact.identifiers, 'user_id'),
    identifiers: contact.identifiers.map(({ kind, value, until }) => ({
      kind,
      value,
      until: isoTimeOrNull(until),
    })),
    mergedFrom,
    optOuts: optOuts.map(optOutBody),
    firstSeenAt: isoTime(contact.firstSeenAt),
    wroteIn: contact.wroteIn,
    conversationId: conversation?.id ?? null,
    window: windowBody(window),
    canBeNotified: { freeForm: window.open, template: true, because: becauseOf(window) },
  };
}

/** An opt-out as the API shows it. */
export function optOutBody({ purpose, since, evidence }: OptOut): OptOutBody {
  return { purpose, since: isoTime(since), evidence };
}

function becauseOf(window: Window): string {
  if (window.closesAt === null) return 'This person has not written yet, so only templates are allowed.';
  const time = isoTime(window.closesAt);
  return window.open
    ? `This person wrote or called less than 24 hours ago, so texts are allowed until ${time}, and templates always.`
    : `The 24-hour window closed at ${time}, so only templates are allowed until this person writes again.`;
}
