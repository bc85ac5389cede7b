import type { Migration } from '../migrate.ts';

/**
 * Who is who: contacts that turned out to be one person, numbers that passed on to somebody else, and the commands
 * by which people change that. An older version works on and shows merged contacts one by one.
 */
export const identity: Migration = {
  version: 8,
  readableFrom: 1,
  sql: `
    -- The contact under which a merged one is shown. It follows from the merges that hold.
    alter table contacts add column merged_into text references contacts (id);
    create index contacts_merged on contacts (merged_into) where merged_into is not null;

    -- What a contact is called by: JSON, lists of kind, value, when Meta confirmed it last, and its end. With every
    -- event comes a confirmation, and the row is written then anyway.
    alter table contacts add column identifiers text not null default '[]';
    update contacts set identifiers = (
      select json_group_array(json_array(kind, value, null, 9007199254740991)) from identifiers
      where contact = contacts.number
    );

    -- Who holds an identifier. A number that somebody left stays theirs until then; the largest safe integer stands
    -- for "until now".
    create table held_identifiers (
      lane integer not null references lanes (id),
      kind text not null,
      value text not null,
      until integer not null default 9007199254740991,
      contact integer not null references contacts (number),
      primary key (lane, kind, value, until)
    ) strict, without rowid;
    insert into held_identifiers (lane, kind, value, contact) select lane, kind, value, contact from identifiers;
    drop table identifiers;
    alter table held_identifiers rename to identifiers;

    create table merges (
      number integer primary key autoincrement,
      id text not null unique,
      lane integer not null references lanes (id),
      survivor text not null references contacts (id),
      merged text not null references contacts (id),
      evidence text not null,
      -- Where the evidence stands: one of the two.
      position integer references events (position),
      attempt text,
      at integer not null,
      undone_at integer,
      undone_by text
    ) strict;
    create index merges_by_survivor on merges (survivor);
    create index merges_by_merged on merges (merged);
    create index merges_undone on merges (lane) where undone_at is not null;

    -- What people ask the owner of a lane to do, in this order. No personal data, only ids.
    create table commands (
      number integer primary key autoincrement,
      id text not null unique,
      lane integer not null references lanes (id),
      kind text not null,
      payload text not null,
      actor text not null,
      actor_name text not null,
      created_at integer not null,
      applied_at integer,
      result text
    ) strict;
    create index commands_waiting on commands (lane, number) where applied_at is null;
  `,
};
