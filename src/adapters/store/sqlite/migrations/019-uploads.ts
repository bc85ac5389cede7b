import type { Migration } from '../migrate.ts';

/** Files that were given to Meta, so that the same one is not given twice. No personal data beside what a hash tells. */
export const uploads: Migration = {
  version: 19,
  readableFrom: 10,
  sql: `
    create table uploads (
      -- Meta's id.
      id text primary key,
      -- Meta's phone_number_id.
      business_phone text not null,
      -- Of the bytes, in hexadecimal digits.
      sha256 text not null,
      mime_type text not null,
      size integer not null,
      uploaded_at integer not null,
      expires_at integer not null
    ) strict;
    create index uploads_by_content on uploads (business_phone, sha256, mime_type, expires_at);
    create index uploads_by_end on uploads (expires_at);
  `,
};
