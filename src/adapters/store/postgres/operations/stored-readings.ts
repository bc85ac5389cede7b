import { Buffer } from 'node:buffer';
import type { ReadAgain, Reading } from '../../../../flows/inbound/reread.ts';
import { isBetterRead, type StoredReading } from '../../is-better-read.ts';
import { StoreFailure } from '../../store-failure.ts';
import { undatedKey } from '../../undated-key.ts';
import type { Statements } from '../database.ts';
import { rowsParameter } from '../safe-text.ts';

/** An event as it is kept, with its key and the digest of its content as hexadecimal digits. */
export type Stored = StoredReading & {
  key: string;
  digest: string;
  revision: number;
  webhook: number | null;
};

/** What is kept of the elements of some readings. */
export type StoredReadings = {
  /**
   * What there is to do about an element: nothing, append it, or upgrade the event that it became. Nothing, too, when
   * it was no news then (a state that was still the latest) or its event is not here any more.
   */
  judge(event: ReadAgain, webhookId: number): 'as before' | 'new' | Stored;
};

type StoredRow = Omit<Stored, 'position' | 'kind'> & {
  position: number | null;
  kind: Stored['kind'] | null;
};

/** Columns of what is kept of a key, from `keys` left joined with what hangs on it. */
const columns = `encode(keys.key, 'hex') as key, encode(keys.digest, 'hex') as digest, events.position, events.kind,
  events.revision, events.webhook, lanes.folded, events.foreign_phone as "foreign", contact, waiting`;
const joins = `left join events on events.position = keys.position left join lanes on lanes.id = events.lane
  left join event_contacts on event_contacts.position = events.position and main = 1
  left join rereads on rereads.position = events.position`;

/**
 * Reads what is kept of the elements of some readings.
 *
 * @param lock `for update of keys`, to hold what is found as it is until the end of the transaction
 */
export async function findStoredReadings(
  statements: Statements,
  readings: readonly Reading[],
  lock = '',
): Promise<StoredReadings> {
  const events = readings.flatMap(({ events }) => events);
  const keys = events.flatMap(({ identity }) => ('key' in identity ? hexOf(identity.key) : []));
  const undated = events.flatMap(({ identity, digest }) =>
    'key' in identity
      ? []
      : {
          low: hexOf(undatedKey(identity.undatedSubject, 0)),
          high: hexOf(undatedKey(identity.undatedSubject, 2 ** 32 - 1)),
          digest: hexOf(digest),
        },
  );
  const rows = await statements.all<StoredRow>(
    `select ${columns} from keys ${joins}
     where keys.key in (
       select decode(digits, 'hex') from unnest($1::text[]) as digits
       union select keys.key from json_to_recordset($2::json) as asked (low text, high text, digest text)
         join keys on keys.key between decode(low, 'hex') and decode(high, 'hex')
           and keys.digest = decode(asked.digest, 'hex'))
     order by keys.key ${lock}`,
    [...new Set(keys)],
    rowsParameter(undated),
  );
  const byKey = new Map(rows.map((row) => [row.key, row]));

  function storedOf(event: ReadAgain, webhookId: number): StoredRow | null {
    const { identity } = event;
    if ('key' in identity) return byKey.get(hexOf(identity.key)) ?? null;
    const prefix = hexOf(undatedKey(identity.undatedSubject, 0)).slice(0, 32);
    const digest = hexOf(event.digest);
    const same = [...byKey.values()].filter((row) => row.key.startsWith(prefix) && row.digest === digest);
    return same.find(({ webhook }) => webhook === webhookId) ?? same[0] ?? null;
  }

  return {
    judge(event, webhookId) {
      const stored = storedOf(event, webhookId);
      if (stored === null) return 'new';
      const { position, kind } = stored;
      if (position === null || kind === null) return 'as before';
      if (!('key' in event.identity) && stored.webhook !== webhookId) return 'as before';
      const found = { ...stored, position, kind };
      return isBetterRead(found, event, found.digest === hexOf(event.digest)) ? found : 'as before';
    },
  };
}

/** @throws StoreFailure for what is no bytes: then another try is useless */
export function hexOf(bytes: Uint8Array): string {
  if (!(bytes instanceof Uint8Array)) throw new StoreFailure('data', 'UNEXPECTED', 'A key is no bytes.');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
