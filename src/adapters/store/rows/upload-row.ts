import type { Upload } from '../../../domain/upload.ts';

/** A row of the table `uploads`. */
export type UploadRow = {
  id: string;
  business_phone: string;
  sha256: string;
  mime_type: string;
  size: number;
  uploaded_at: number;
  expires_at: number;
};

/** The upload that a row speaks of. */
export function uploadOfRow(row: UploadRow): Upload {
  return {
    id: row.id,
    businessPhoneId: row.business_phone,
    mimeType: row.mime_type,
    sha256: row.sha256,
    size: row.size,
    uploadedAt: row.uploaded_at,
    expiresAt: row.expires_at,
  };
}
