import type { EventKind } from '../domain/event.ts';
import type { EventContents } from '../domain/event-content/event-content.ts';
import type { AccountFacts, FoldFacts } from '../domain/event-facts.ts';
import type { Json } from '../domain/json.ts';
import { type ElementPath, locate } from './element-path.ts';
import { isMetaTest } from './meta-test.ts';
import { readContentAt } from './read-content.ts';
import { readFacts } from './read-event.ts';
import { readNumber, readObject } from './wire-values.ts';

/**
 * What a stored event says to the folds: the facts of {@link readFacts}, and those that need more than the element
 * itself, such as its field.
 */
export function readFoldFacts(kind: EventKind, body: Json | undefined, path: ElementPath): FoldFacts {
  const facts = readFacts(kind, body, path);
  switch (kind) {
    case 'preference':
      return (
        (facts.fact === 'other' && preferenceFacts(facts.person, readContentAt(kind, body, path))) || facts
      );
    case 'phone':
    case 'account':
    case 'template':
    case 'security':
      // What the dashboard makes up to test the webhook is about nobody's account (meta-facts §8).
      if (isMetaTest(body, path)) return facts;
      return { fact: 'account', told: toldOf(kind, body, path) };
    default:
      return facts;
  }
}

/**
 * The business phone's number that stands beside an element, in digits; null when none does. Usually digits only,
 * but spaces and a plus sign occur (meta-facts §4.1).
 */
export function readBusinessNumber(body: Json | undefined, path: ElementPath): string | null {
  const metadata = readObject(locate(body, path).value?.metadata);
  const number = readNumber(metadata?.display_phone_number)?.replaceAll(/\D/g, '') ?? '';
  return number === '' ? null : number;
}

function toldOf(
  kind: AccountFacts['told']['kind'],
  body: Json | undefined,
  path: ElementPath,
): AccountFacts['told'] {
  switch (kind) {
    case 'phone':
      return { kind, content: readContentAt(kind, body, path) };
    case 'account':
      return { kind, content: readContentAt(kind, body, path) };
    case 'template':
      return { kind, content: readContentAt(kind, body, path) };
    case 'security':
      return { kind, content: readContentAt(kind, body, path) };
  }
}

/**
 * A choice about marketing messages: the only category that Meta documents (meta-facts §3.1). A choice about
 * another one, or a word that is none of the three, says nothing here.
 */
function preferenceFacts(
  person: Extract<FoldFacts, { fact: 'other' }>['person'],
  { form, event, category, detail }: EventContents['preference'],
): FoldFacts | null {
  if (person === null || form === 'other' || category !== 'marketing_messages') return null;
  return {
    fact: 'preference',
    person,
    purpose: 'marketing',
    optedOut: form === 'stopped',
    evidence: `WhatsApp: ${detail ?? event ?? form}`,
  };
}
