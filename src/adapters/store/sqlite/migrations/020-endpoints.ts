import type { Migration } from '../migrate.ts';

/**
 * Endpoints, how far each has followed the feed, and what it could not be delivered. Personal data stands in none of
 * these tables; what an endpoint answered is kept without numbers and secrets.
 */
export const endpoints: Migration = {
  version: 20,
  readableFrom: 1,
  sql: `
    create table endpoints (
      id text primary key,
      url text not null,
      name text,
      format text not null,
      ordering text not null,
      -- JSON lists; null: all of them.
      kinds text,
      business_phones text,
      concurrency integer not null,
      per_second integer,
      state text not null,
      disabled_because text,
      -- Encrypted under RECADO_ENCRYPTION_KEY, each for its own row and column.
      secrets text not null,
      headers text,
      from_position integer not null,
      created_at integer not null,
      updated_at integer not null
    ) strict, without rowid;

    create table endpoint_standings (
      endpoint text primary key,
      failures integer not null,
      failing_since integer,
      open_until integer,
      probes integer not null,
      recovered_at integer,
      delivered_at integer,
      last_failure text
    ) strict, without rowid;

    -- Everything of the lane up to here was delivered, is parked, or is of no interest.
    create table endpoint_cursors (
      endpoint text not null,
      lane integer not null,
      position integer not null,
      primary key (endpoint, lane)
    ) strict, without rowid;

    -- What failed, what waits behind it, and what was given up. Nothing else has a row.
    create table forwards (
      endpoint text not null,
      position integer not null,
      party text not null,
      state text not null,
      attempts integer not null,
      first_failed_at integer,
      -- Null while it waits behind another of its party.
      due_at integer,
      ended_at integer,
      failure text,
      -- Of one that was given up: whether a delivery has said so.
      announced integer not null default 0,
      primary key (endpoint, position)
    ) strict, without rowid;
    create index forwards_due on forwards (endpoint, due_at) where state = 'waiting' and due_at is not null;
    create index forwards_by_party on forwards (endpoint, party, position) where state = 'waiting';
    create index forwards_dead on forwards (endpoint, position) where state = 'dead';
    create index forwards_untold on forwards (endpoint, party) where state = 'dead' and announced = 0;

    -- The latest attempts of each endpoint.
    create table forward_attempts (
      endpoint text not null,
      number integer not null,
      position integer not null,
      at integer not null,
      took integer not null,
      status integer,
      delivered integer not null,
      failure text,
      excerpt text not null,
      primary key (endpoint, number)
    ) strict, without rowid;
  `,
};
