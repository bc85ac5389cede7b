import type { EventKind } from '../../domain/event.ts';
import type { NamedPerson } from '../../domain/event-content/named-person.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Naming } from '../contact-book.ts';
import { namingOf } from '../element-facts.ts';

/** A person as an element names them. */
export function namedPerson(naming: Naming | null): NamedPerson {
  return {
    waId: naming?.number ?? null,
    userId: naming?.userId ?? null,
    parentUserId: naming?.parentUserId ?? null,
  };
}

/** The person whom an element of a kind is about; all null when it names nobody. */
export function readNamedPerson(kind: EventKind, element: JsonObject): NamedPerson {
  return namedPerson(namingOf(kind, element));
}
