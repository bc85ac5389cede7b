import type { Contact } from '../../../../domain/contact.ts';
import type { Identifier } from '../../../../domain/person.ts';
import type { StoreContext } from '../context.ts';
import { all } from '../statement.ts';

/** A row of `contacts`. */
export type ContactRow = {
  id: string;
  lane: number;
  name: string | null;
  name_at: number;
  name_key: string;
  first_seen_at: number;
  wrote_in: number;
};

/** A contact from its row, with its identifiers. */
export function contactOfRow(context: StoreContext, row: ContactRow): Contact {
  return {
    id: row.id,
    lane: context.laneName(row.lane),
    name: row.name,
    nameAt: row.name_at,
    nameKey: row.name_key,
    identifiers: all<Identifier>(
      context.database,
      'select kind, value from identifiers where contact = ? order by kind, value',
      row.id,
    ),
    firstSeenAt: row.first_seen_at,
    wroteIn: row.wrote_in === 1,
  };
}
