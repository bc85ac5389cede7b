import type { Upload } from '../../../../domain/upload.ts';
import type { UploadContent } from '../../../../flows/media/upload-store.ts';
import { type UploadRow, uploadOfRow } from '../../rows/upload-row.ts';
import type { PostgresContext } from '../context.ts';

/** The upload of this content that Meta keeps longest, if it keeps it after a time; else null. */
export async function findUpload(
  { database }: PostgresContext,
  { businessPhoneId, sha256, mimeType }: UploadContent,
  expiresAfter: number,
): Promise<Upload | null> {
  const row = await database.get<UploadRow>(
    `select * from uploads where business_phone = $1 and sha256 = $2 and mime_type = $3 and expires_at > $4
     order by expires_at desc limit 1`,
    businessPhoneId,
    sha256,
    mimeType,
    expiresAfter,
  );
  return row === undefined ? null : uploadOfRow(row);
}

/** Keeps an upload, and deletes those that Meta does not keep any more. */
export async function keepUpload({ database }: PostgresContext, upload: Upload): Promise<void> {
  await database.commit([
    { sql: 'delete from uploads where expires_at <= $1', values: [upload.uploadedAt] },
    {
      sql: `insert into uploads (id, business_phone, sha256, mime_type, size, uploaded_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (id) do update set business_phone = excluded.business_phone, sha256 = excluded.sha256,
          mime_type = excluded.mime_type, size = excluded.size, uploaded_at = excluded.uploaded_at,
          expires_at = excluded.expires_at`,
      values: [
        upload.id,
        upload.businessPhoneId,
        upload.sha256,
        upload.mimeType,
        upload.size,
        upload.uploadedAt,
        upload.expiresAt,
      ],
    },
  ]);
}
