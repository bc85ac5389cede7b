import type { Upload } from '../../../../domain/upload.ts';
import type { UploadContent } from '../../../../flows/media/upload-store.ts';
import { type UploadRow, uploadOfRow } from '../../rows/upload-row.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { get, run } from '../statement.ts';

/** The upload of this content that Meta keeps longest, if it keeps it after a time; else null. */
export function findUpload(
  { database }: StoreContext,
  { businessPhoneId, sha256, mimeType }: UploadContent,
  expiresAfter: number,
): Upload | null {
  const row = get<UploadRow>(
    database,
    `select * from uploads where business_phone = ? and sha256 = ? and mime_type = ? and expires_at > ?
     order by expires_at desc limit 1`,
    businessPhoneId,
    sha256,
    mimeType,
    expiresAfter,
  );
  return row === undefined ? null : uploadOfRow(row);
}

/** Keeps an upload, and deletes those that Meta does not keep any more. */
export function keepUpload(context: StoreContext, upload: Upload): void {
  const { database } = context;
  inTransaction(context, () => {
    run(database, 'delete from uploads where expires_at <= ?', upload.uploadedAt);
    run(
      database,
      `insert or replace into uploads (id, business_phone, sha256, mime_type, size, uploaded_at, expires_at)
       values (?, ?, ?, ?, ?, ?, ?)`,
      upload.id,
      upload.businessPhoneId,
      upload.sha256,
      upload.mimeType,
      upload.size,
      upload.uploadedAt,
      upload.expiresAt,
    );
  });
}
