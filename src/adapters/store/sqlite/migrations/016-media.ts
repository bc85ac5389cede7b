import type { Migration } from '../migrate.ts';

/** The files of messages: what is known of them. Their bytes lie outside, under their hash. */
export const media: Migration = {
  version: 16,
  readableFrom: 10,
  sql: `
    create table media (
      -- Meta's id, by which the message names it.
      id text primary key,
      lane integer not null,
      -- The event that told of it first; a file is forgotten with it.
      position integer not null,
      received_at integer not null,
      mime_type text,
      -- The name that a document had on the person's device.
      filename text,
      state text not null,
      -- Of the bytes, in hexadecimal digits; files with the same bytes share them.
      sha256 text,
      size integer,
      -- A JSON object.
      failure text,
      tries integer not null,
      next_try_at integer,
      ended_at integer
    ) strict;
    create index media_by_position on media (position, id);
    create index media_due on media (next_try_at) where state = 'waiting';
    create index media_forgotten on media (position) where state = 'forgotten';
    create index media_by_sha256 on media (sha256) where sha256 is not null;
    create index media_by_receipt on media (received_at);

    -- How far the feed has been looked through for files.
    create table media_place (
      one integer primary key check (one = 1),
      position integer not null
    ) strict;
  `,
};
