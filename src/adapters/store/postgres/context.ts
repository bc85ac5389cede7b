import type { Lane } from '../../../domain/lane.ts';
import { createEventKeys } from '../../../whatsapp/event-key.ts';
import type { Database } from './database.ts';

/** A pool with what every operation on it needs. */
export type PostgresContext = {
  database: Database;
  installationKey: Uint8Array;
  /** The row of a lane; null when nothing was ever kept in it. */
  laneId(lane: Lane): Promise<number | null>;
  /** The rows of lanes, made and committed when there are none: a lane that stays empty does no harm. */
  ensureLanes(lanes: Iterable<Lane>): Promise<ReadonlyMap<Lane, number>>;
  ensureLane(lane: Lane): Promise<number>;
  /** The names of the lanes of these rows. */
  laneNames(rows: Iterable<{ lane: number }>): Promise<(id: number) => Lane>;
  /** The keyed hash under which a wamid is stored: a wamid holds the person's phone number. */
  messageReference(messageId: string): Uint8Array;
};

/** Prepares a pool whose schema is up to date. Lanes never go away, so what is known of them stays true. */
export function createContext(database: Database, installationKey: Uint8Array): PostgresContext {
  const keys = createEventKeys(installationKey);
  const ids = new Map<Lane, number>();
  const names = new Map<number, Lane>();

  function remember(rows: readonly { id: number; name: Lane }[]): void {
    for (const { id, name } of rows) {
      ids.set(name, id);
      names.set(id, name);
    }
  }

  async function ensureLanes(lanes: Iterable<Lane>): Promise<ReadonlyMap<Lane, number>> {
    const unknown = [...new Set(lanes)].filter((lane) => !ids.has(lane)).sort();
    if (unknown.length === 0) return ids;
    await database.commit([
      {
        sql: 'insert into leases (unit) select unnest($1::text[]) on conflict do nothing',
        values: [unknown],
      },
      { sql: 'insert into lanes (name) select unnest($1::text[]) on conflict do nothing', values: [unknown] },
    ]);
    remember(await database.all('select id, name from lanes where name = any($1::text[])', unknown));
    return ids;
  }

  async function laneId(lane: Lane): Promise<number | null> {
    if (!ids.has(lane)) remember(await database.all('select id, name from lanes where name = $1', lane));
    return ids.get(lane) ?? null;
  }

  return {
    database,
    installationKey,
    laneId,
    ensureLanes,
    async ensureLane(lane) {
      const id = (await ensureLanes([lane])).get(lane);
      if (id === undefined) throw new Error(`The lane ${lane} could not be made.`);
      return id;
    },
    async laneNames(rows) {
      for (const { lane } of rows) {
        if (names.has(lane)) continue;
        remember(await database.all('select id, name from lanes'));
        break;
      }
      return (id) => {
        const name = names.get(id);
        if (name === undefined) throw new Error(`There is no lane ${id}.`);
        return name;
      };
    },
    messageReference: (messageId) => keys.messageReference(messageId),
  };
}
