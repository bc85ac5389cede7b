import type { Migration } from '../migrate.ts';

/**
 * The business phones that are ours beside the one in the environment. Which phones the feed has seen stands in
 * `business_phones`. An older version works on with the environment's phone alone.
 */
export const configuredPhones: Migration = {
  version: 4,
  readableFrom: 1,
  sql: `
    create table configured_phones (
      -- Meta's phone_number_id.
      id text primary key,
      waba_id text,
      display_phone_number text,
      label text,
      -- Encrypted under RECADO_ENCRYPTION_KEY, each for its own row and column; null when the phone has none
      -- of its own and uses the environment's.
      access_token text,
      app_secrets text,
      is_default integer not null,
      created_at integer not null,
      updated_at integer not null
    ) strict, without rowid;
    create unique index one_default_phone on configured_phones (is_default) where is_default = 1;
  `,
};
