import type { PhoneWrite, StoredPhone } from '../../../../flows/business-phones.ts';
import type { SeenBusinessPhone } from '../../../../flows/lane-state.ts';
import type { PostgresContext } from '../context.ts';
import type { Statements } from '../database.ts';
import { appendAudit, lockAudit } from './audit.ts';

type PhoneRow = {
  id: string;
  waba_id: string | null;
  display_phone_number: string | null;
  label: string | null;
  access_token: string | null;
  app_secrets: string | null;
  is_default: number;
  created_at: number;
  updated_at: number;
};

/** The business phones that were added, with their secrets as they are kept: encrypted. */
export function readConfiguredPhones({ database }: PostgresContext): Promise<StoredPhone[]> {
  return phonesOf(database);
}

async function phonesOf(statements: Statements): Promise<StoredPhone[]> {
  const rows = await statements.all<PhoneRow>('select * from configured_phones order by id');
  return rows.map((row) => ({
    id: row.id,
    wabaId: row.waba_id,
    displayPhoneNumber: row.display_phone_number,
    label: row.label,
    accessToken: row.access_token,
    appSecrets: row.app_secrets,
    isDefault: row.is_default === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

/** Removes and puts business phones, with the entries in the audit log; all or nothing. Answers with those kept then. */
export async function writeConfiguredPhones(
  { database }: PostgresContext,
  write: PhoneWrite,
): Promise<StoredPhone[]> {
  return database.transaction(async (statements) => {
    // One change at a time: two would see neither each other's default nor each other's removals.
    await lockAudit(statements);
    // Those that are put go first too: of two phones that change places as the default, each comes anew.
    const leaving = [...write.remove, ...write.put.map((phone) => phone.id)];
    await statements.run('delete from configured_phones where id = any($1::text[])', leaving);
    for (const phone of write.put) {
      await statements.run(
        `insert into configured_phones (id, waba_id, display_phone_number, label, access_token, app_secrets,
           is_default, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        phone.id,
        phone.wabaId,
        phone.displayPhoneNumber,
        phone.label,
        phone.accessToken,
        phone.appSecrets,
        phone.isDefault ? 1 : 0,
        phone.createdAt,
        phone.updatedAt,
      );
    }
    await appendAudit(statements, write.audit);
    return phonesOf(statements);
  });
}

/** Every business phone that the feed speaks of, ours or not. */
export function listSeenPhones({ database }: PostgresContext): Promise<SeenBusinessPhone[]> {
  return database.all<SeenBusinessPhone>(
    `select id as "businessPhoneId", first_seen_at as "firstSeenAt", last_event_at as "lastEventAt",
       display_number as "displayNumber" from business_phones order by id`,
  );
}
