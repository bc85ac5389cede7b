import type { PhoneWrite, StoredPhone } from '../../../../flows/business-phones.ts';
import type { SeenBusinessPhone } from '../../../../flows/lane-state.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, run } from '../statement.ts';
import { appendAudit } from './audit.ts';

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
export function readConfiguredPhones({ database }: StoreContext): StoredPhone[] {
  return all<PhoneRow>(database, 'select * from configured_phones order by id').map((row) => ({
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
export function writeConfiguredPhones(context: StoreContext, write: PhoneWrite): StoredPhone[] {
  const { database } = context;
  return inTransaction(context, () => {
    // Those that are put go first too: of two phones that change places as the default, each comes anew.
    for (const id of [...write.remove, ...write.put.map((phone) => phone.id)]) {
      run(database, 'delete from configured_phones where id = ?', id);
    }
    for (const phone of write.put) {
      run(
        database,
        `insert into configured_phones (id, waba_id, display_phone_number, label, access_token, app_secrets,
           is_default, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    for (const entry of write.audit) appendAudit(context, entry);
    return readConfiguredPhones(context);
  });
}

/** Every business phone that the feed speaks of, ours or not. */
export function listSeenPhones({ database }: StoreContext): SeenBusinessPhone[] {
  return all<SeenBusinessPhone>(
    database,
    `select id as businessPhoneId, first_seen_at as firstSeenAt, last_event_at as lastEventAt,
       display_number as displayNumber from business_phones order by id`,
  );
}
