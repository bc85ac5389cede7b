import { effectiveTime } from '../../../domain/conversation.ts';
import { isOptOutButton, optOutWord } from '../../../domain/opt-out-words.ts';
import type { Fold } from '../fold.ts';

/** Meta's number for a marketing message to somebody who has stopped them (meta-facts §5). */
export const STOPPED_MARKETING = 131050;

/**
 * A person's choice about marketing messages is kept under the names that Meta gives: what they chose in WhatsApp, or
 * wrote as a word such as SAIR. A message that Meta did not deliver for that reason says the same.
 */
export const foldPreference: Fold = (event, draft, optOutWords) => {
  const { facts, key } = event;
  const at = effectiveTime(event.occurredAt, event.receivedAt);
  if (facts.fact === 'preference') {
    const { person, purpose, optedOut, evidence } = facts;
    draft.putPreference(person.identifiers, { purpose, optedOut, at, key, evidence });
    const contact = draft.contactNamed(person.identifiers, at);
    if (contact !== null) draft.about(event.position, contact.id);
  } else if (facts.fact === 'message' && facts.groupId === null && facts.text !== null) {
    const word = optOutWord(facts.text, optOutWords);
    if (word === null) return;
    const evidence = `They wrote “${facts.text.trim()}”.`;
    const optedOut = word === 'stop';
    draft.putPreference(facts.sender.identifiers, { purpose: 'marketing', optedOut, at, key, evidence });
  } else if (facts.fact === 'message' && facts.groupId === null && facts.quickReply !== null) {
    if (!isOptOutButton(facts.quickReply, optOutWords)) return;
    const evidence = `They tapped “${facts.quickReply.trim()}”.`;
    draft.putPreference(facts.sender.identifiers, {
      purpose: 'marketing',
      optedOut: true,
      at,
      key,
      evidence,
    });
  } else if (facts.fact === 'status' && facts.errors.some(({ code }) => code === STOPPED_MARKETING)) {
    draft.putPreference(facts.recipient.identifiers, {
      purpose: 'marketing',
      optedOut: true,
      at,
      key,
      evidence: `WhatsApp: #${STOPPED_MARKETING}`,
    });
  }
};
