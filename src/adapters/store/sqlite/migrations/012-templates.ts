import type { Migration } from '../migrate.ts';

/** The templates of our accounts as Meta has them in its books, and when they were read. No personal data. */
export const templates: Migration = {
  version: 12,
  readableFrom: 1,
  sql: `
    create table templates (
      waba text not null,
      name text not null,
      language text not null,
      -- The whole template as JSON.
      value text not null,
      primary key (waba, name, language)
    ) strict, without rowid;
    create index templates_by_name on templates (name);

    -- When an account's templates were read the last time.
    create table template_syncs (
      waba text primary key,
      at integer not null
    ) strict, without rowid;
  `,
};
