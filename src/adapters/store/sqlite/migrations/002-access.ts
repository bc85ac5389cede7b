import type { Migration } from '../migrate.ts';

/** API keys, and the log of who changed what. An older version works on without looking at either. */
export const access: Migration = {
  version: 2,
  readableFrom: 1,
  sql: `
    create table api_keys (
      number integer primary key autoincrement,
      id text not null unique,
      name text not null,
      -- A JSON list of words.
      scopes text not null,
      -- SHA-256 of the text, which is 32 random bytes: too many to try, so no slow or salted hash is needed,
      -- and a request finds its key by this index.
      digest blob not null unique,
      -- The first characters of the text, by which people recognise it.
      prefix text not null,
      created_at integer not null,
      last_used_at integer,
      -- Revoked keys stay, because the audit log speaks of them.
      revoked_at integer
    ) strict;

    -- Each entry is written in the transaction of the change that it speaks of. No secrets, no personal data:
    -- nothing here has to be rewritten when a person is forgotten.
    create table audit_log (
      number integer primary key autoincrement,
      at integer not null,
      -- The id of an API key, admin, or session; the name as it was then.
      actor text not null,
      actor_name text not null,
      action text not null,
      subject text not null,
      -- A JSON object.
      detail text not null
    ) strict;
  `,
};
