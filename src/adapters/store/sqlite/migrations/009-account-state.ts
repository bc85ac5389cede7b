import type { Migration } from '../migrate.ts';

/**
 * What messages were charged as, what people opted out of, and what Meta told of business phones, accounts and
 * templates. Personal data stands in `opt_outs.value` and `opt_outs.evidence` alone.
 */
export const accountState: Migration = {
  version: 9,
  readableFrom: 1,
  sql: `
    -- The number that webhooks show beside a business phone, in digits: account events name it by that alone.
    alter table business_phones add column display_number text;

    -- Facts stand side by side; state is made of them on reading. Of each subject and name the latest few stay.
    create table account_facts (
      subject text not null,
      name text not null,
      at integer not null,
      key text not null,
      value text not null,
      -- A re-reading brought it: nobody is told.
      replayed integer not null,
      primary key (subject, name, at, key)
    ) strict, without rowid;
    create index account_facts_by_name on account_facts (name);

    -- One row for each message that Meta told pricing of; \`message\` is a keyed hash of its wamid.
    create table charges (
      message blob primary key,
      lane integer not null references lanes (id),
      at integer not null,
      key text not null,
      billable integer,
      model text,
      type text,
      category text,
      conversation text,
      origin text,
      expires_at integer
    ) strict, without rowid;
    create index charges_by_time on charges (at);

    -- A person's latest word on messages of a purpose, under each number and user id that they were named by.
    create table opt_outs (
      lane integer not null references lanes (id),
      kind text not null,
      value text not null,
      purpose text not null,
      opted_out integer not null,
      at integer not null,
      key text not null,
      evidence text not null,
      primary key (lane, kind, value, purpose)
    ) strict, without rowid;
  `,
};
