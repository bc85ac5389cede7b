import type { Migration } from '../migrate.ts';

/** The settings of behaviour. An older version works on with its own defaults. */
export const settings: Migration = {
  version: 3,
  readableFrom: 1,
  sql: `
    -- Only what somebody has decided: a setting without a row has the default of the version that runs.
    create table settings (
      name text primary key,
      -- JSON, as it was given to the API.
      value text not null,
      updated_at integer not null,
      -- The name of the API key, as it was then.
      updated_by text not null
    ) strict, without rowid;
  `,
};
