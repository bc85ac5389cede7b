import type { Migration } from '../migrate.ts';

/**
 * The first schema: the tables of the embedded database with the same names and columns, so that rows can move from
 * one engine to the other as they are; flags are 0 and 1, JSON is text. Different are raw bodies, which stand in their
 * own rows, and what several processes need: counters, leases, workers.
 *
 * Personal data stands only in `webhooks.body`, `events.payload` (of our own events), `identifiers.value`,
 * `contacts.identifiers`, `contacts.name`, `conversations.group_id`, `statuses.errors`, `notifications`, `attempts`,
 * `batch_rows.request`, `opt_outs.value` and `opt_outs.evidence`: what forgetting a person has to rewrite. Keys, digests and message
 * references are keyed hashes and may stay.
 *
 * Few foreign keys: each costs a look and a lock on a row that others change at the same moment, and state is written
 * by whole operations only.
 */
export const first: Migration = {
  version: 1,
  readableFrom: 1,
  sql: `
    -- Compared byte by byte, as everywhere in this program, whatever language the database speaks. JSON is kept as
    -- text too: jsonb refuses what people really write.
    create domain plain_text as text collate "C";

    -- One row: the key under which events and messages are hashed. It never changes; backups hold it too.
    create table installation (
      "only" smallint primary key default 1 check ("only" = 1),
      key bytea not null,
      created_at bigint not null
    );

    -- One row, which every append locks until its commit: so positions, and the ids of webhooks, are given in commit
    -- order, and a reader who has seen one never misses a smaller one. Numbers may be left out.
    create table feed (
      "only" smallint primary key default 1 check ("only" = 1),
      position bigint not null,
      webhook bigint not null
    ) with (fillfactor = 10);
    insert into feed (position, webhook) values (0, 0);

    -- The numbers of other lists that are read page by page, for the same reason.
    create table counters (
      name plain_text primary key,
      last bigint not null
    ) with (fillfactor = 10);
    insert into counters (name, last)
      values ('contacts', 0), ('conversations', 0), ('merges', 0), ('api_keys', 0), ('audit_log', 0);

    create function next_number(list text) returns bigint language sql as
      $$ update counters set last = last + 1 where name = list returning last $$;

    -- Who owns a unit. A unit for which nobody has competed yet stands here with fence 0 and no end.
    create table leases (
      unit plain_text primary key,
      owner plain_text,
      fence bigint not null default 0,
      until timestamptz not null default 'infinity'
    ) with (fillfactor = 50);

    create table workers (
      id plain_text primary key,
      until timestamptz not null
    ) with (fillfactor = 50);

    -- Every change of a unit's state calls this first. A renewal does not conflict with the lock, a takeover does.
    create function hold_lease(asked_unit text, asked_fence bigint) returns void language plpgsql as $$
    begin
      perform 1 from leases
        where unit = asked_unit and fence = asked_fence and until > clock_timestamp() for key share;
      if not found then
        raise exception using errcode = 'RC001', message = asked_unit;
      end if;
    end $$;

    create table lanes (
      id integer generated always as identity primary key,
      name plain_text not null unique,
      -- The cursor: events of this lane up to this position are in the state.
      folded bigint not null default 0
    ) with (fillfactor = 50);

    -- Moves a lane's cursor; refused when somebody else has moved it.
    create function move_cursor(asked_lane integer, from_position bigint, to_position bigint) returns void
    language plpgsql as $$
    begin
      update lanes set folded = to_position where id = asked_lane and folded = from_position;
      if not found then
        raise exception using errcode = 'RC001', message = (select name from lanes where id = asked_lane);
      end if;
    end $$;

    -- Bodies as they were received. Format 0: as they came, 1: deflated against the first dictionary. Forgetting
    -- rewrites a body and keeps the digest of the original.
    create table webhooks (
      id bigint primary key,
      received_at bigint not null,
      secret plain_text not null,
      format smallint not null,
      -- Bytes as received.
      length integer not null,
      body bytea not null,
      redacted_at bigint,
      original_sha256 bytea
    );
    -- They are deflated already.
    alter table webhooks alter column body set storage external;

    -- The feed. \`webhook\` and \`path\` say where the element stands; only our own events have a payload here.
    create table events (
      position bigint primary key,
      key bytea not null,
      kind plain_text not null,
      lane integer not null,
      occurred_at bigint,
      received_at bigint not null,
      webhook bigint,
      path plain_text,
      foreign_phone smallint not null default 0,
      revision integer not null default 1,
      payload plain_text
    );
    create index events_by_lane on events (lane, position);
    -- Who still refers to a body.
    create index events_by_webhook on events (webhook) where webhook is not null;

    -- Every key ever appended. Time first, so that this grows at its end.
    create table keys (
      key bytea primary key,
      position bigint not null,
      digest bytea not null,
      received_at bigint not null,
      -- How often the same key came with other content.
      conflicts integer not null default 0
    );

    -- Bodies that held an event's key with other content, and the body that an upgraded event came in first:
    -- with events.webhook, the way from an event to every body that holds it. A content is kept once.
    create table other_contents (
      position bigint not null,
      digest bytea not null,
      webhook bigint not null,
      primary key (position, digest)
    );
    create index other_contents_by_webhook on other_contents (webhook);

    -- The latest event of each subject that has neither an id nor a time.
    create table undated (
      subject bytea primary key,
      counter bigint not null,
      digest bytea not null
    );

    -- \`number\` is the order in which contacts became known here, and so the order of lists; other tables name a
    -- contact by it, because an index of numbers is a third as large as one of ids.
    create table contacts (
      number bigint primary key default next_number('contacts'),
      id plain_text not null unique,
      lane integer not null,
      name plain_text,
      name_at bigint not null,
      name_key plain_text not null,
      first_seen_at bigint not null,
      wrote_in smallint not null,
      -- The contact under which a merged one is shown. It follows from the merges that hold.
      merged_into plain_text,
      -- What a contact is called by: JSON, lists of kind, value, when Meta confirmed it last, and its end.
      identifiers plain_text not null,
      -- What is searched for in name and identifiers: as searchText of the domain writes it.
      search_name plain_text not null,
      search_identifiers plain_text not null
    ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
    create index contacts_merged on contacts (merged_into) where merged_into is not null;

    -- Who holds an identifier. A number that somebody left stays theirs until then; the largest safe integer stands
    -- for "until now".
    create table identifiers (
      lane integer not null,
      kind plain_text not null,
      value plain_text not null,
      until bigint not null,
      contact bigint not null,
      primary key (lane, kind, value, until)
    );
    create index identifiers_by_contact on identifiers (contact);

    create table conversations (
      number bigint primary key default next_number('conversations'),
      id plain_text not null unique,
      lane integer not null,
      contact bigint unique,
      group_id plain_text,
      last_inbound_at bigint,
      last_message_at bigint not null,
      unique (lane, group_id)
    ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

    create index conversations_by_last on conversations (last_message_at, id);

    -- Whom an event names: with events.webhook and other_contents, the way from a person to every body that names
    -- them. \`main\` marks the contact that the event is about; others may be named beside.
    create table event_contacts (
      position bigint not null,
      contact bigint not null,
      main smallint not null,
      primary key (position, contact)
    );

    -- The threads. \`message\` is a keyed hash of Meta's wamid.
    create table messages (
      position bigint primary key,
      lane integer not null,
      conversation bigint not null,
      direction plain_text not null,
      at bigint not null,
      message bytea,
      notification plain_text
    );
    create index messages_by_conversation on messages (conversation, position);
    create index messages_by_message on messages (message) where message is not null;

    -- What Meta said about each message, also before we knew the message.
    create table statuses (
      message bytea not null,
      name plain_text not null,
      participant plain_text not null,
      at bigint not null,
      key plain_text not null,
      errors plain_text not null,
      primary key (message, name, participant)
    );

    create table notifications (
      id plain_text primary key,
      lane integer not null,
      state plain_text not null,
      recipient plain_text not null,
      recipient_read plain_text not null,
      -- For whom it is, as far as order and Meta's pair rule go; personal data, as \`recipient\` is.
      party plain_text not null,
      batch plain_text,
      -- 0: a code, 1: a single message, 2: one of many.
      urgency smallint not null,
      -- When its turn first came, in milliseconds: a retry keeps its place.
      queued_at bigint not null,
      contact plain_text,
      content plain_text not null,
      fallback plain_text,
      -- 1: with a closed window it waits until they write.
      holds smallint not null,
      purpose plain_text not null,
      reference plain_text,
      meta_hold smallint not null,
      played smallint not null,
      decision plain_text not null,
      because plain_text not null,
      message_id plain_text,
      -- Keyed hash of message_id, by which statuses find their notification.
      message bytea,
      failure plain_text,
      attempts integer not null,
      position bigint not null unique,
      not_before bigint,
      not_after bigint not null,
      next_attempt_at bigint,
      created_at bigint not null,
      updated_at bigint not null
    ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
    create index notifications_queued on notifications (lane, next_attempt_at, id) where state = 'queued';
    create index notifications_by_party on notifications (lane, party, urgency, queued_at, position)
      where state = 'queued';
    create index notifications_sending on notifications (lane, party) where state = 'sending';
    create index notifications_expiring on notifications (lane, not_after) where state = 'queued';
    create index notifications_held on notifications (lane, party) where state = 'held';
    create index notifications_held_expiring on notifications (lane, not_after) where state = 'held';
    create index notifications_by_rare_state on notifications (state, position)
      where state in ('held', 'unknown', 'failed', 'expired', 'cancelled');
    create index notifications_open on notifications (lane, state, updated_at) where state in ('sending', 'unknown');
    create index notifications_by_message on notifications (message) where message is not null;

    create index notifications_by_batch on notifications (batch, state) where batch is not null;

    -- Batches with their rows. Personal data stands in batch_rows.request alone.
    create table batches (
      id plain_text primary key,
      name plain_text,
      state plain_text not null,
      created_at bigint not null,
      updated_at bigint not null,
      scope plain_text,
      key plain_text,
      digest plain_text,
      unique (scope, key)
    );

    create table batch_rows (
      batch plain_text not null,
      number bigint not null,
      request plain_text not null,
      -- Null while it waits, and where failure says why it never becomes one.
      notification plain_text,
      failure plain_text,
      primary key (batch, number)
    ) with (autovacuum_vacuum_scale_factor = 0.02);
    create index batch_rows_waiting on batch_rows (batch, number) where notification is null and failure is null;

    create table attempts (
      id plain_text primary key,
      lane integer not null,
      notification plain_text not null,
      number integer not null,
      started_at bigint not null,
      finished_at bigint not null,
      result plain_text not null,
      settled smallint not null default 0
    ) with (autovacuum_vacuum_scale_factor = 0.02);
    create index attempts_unsettled on attempts (lane, finished_at) where settled = 0;
    create index attempts_by_notification on attempts (notification, number);
    create index attempts_by_time on attempts (lane, started_at);

    -- Whose turn it is: of everybody for whom something waits, and of each urgency, the notification that is next. So
    -- what is due is found among people, however much waits for one of them.
    create table turns (
      lane integer not null,
      party plain_text not null,
      urgency smallint not null,
      notification plain_text not null,
      due_at bigint not null,
      batch plain_text,
      primary key (lane, party, urgency)
    ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
    create index turns_by_time on turns (lane, urgency, due_at);

    create table idempotency (
      scope plain_text not null,
      key plain_text not null,
      digest plain_text not null,
      notification plain_text not null,
      -- Whether the first answer was a refusal, so that a repeated request is answered alike.
      refused smallint not null,
      created_at bigint not null,
      primary key (scope, key)
    );

    create table business_phones (
      id plain_text primary key,
      first_seen_at bigint not null,
      last_event_at bigint not null,
      -- The number that webhooks show beside a business phone, in digits: account events name it by that alone.
      display_number plain_text
    ) with (fillfactor = 50);

    create table api_keys (
      number bigint primary key default next_number('api_keys'),
      id plain_text not null unique,
      name plain_text not null,
      -- A JSON list of words.
      scopes plain_text not null,
      -- SHA-256 of the text, which is 32 random bytes: too many to try, so no slow or salted hash is needed,
      -- and a request finds its key by this index.
      digest bytea not null unique,
      -- The first characters of the text, by which people recognise it.
      prefix plain_text not null,
      created_at bigint not null,
      last_used_at bigint,
      -- Revoked keys stay, because the audit log speaks of them.
      revoked_at bigint
    );

    -- Each entry is written in the transaction of the change that it speaks of. No secrets, no personal data.
    create table audit_log (
      number bigint primary key default next_number('audit_log'),
      at bigint not null,
      -- The id of an API key, admin, or session; the name as it was then.
      actor plain_text not null,
      actor_name plain_text not null,
      action plain_text not null,
      subject plain_text not null,
      -- A JSON object.
      detail plain_text not null
    );

    -- How far the feed was forgotten by age, so that a reader who was away for too long can be told.
    create table forgotten (
      -- \`events\`.
      what plain_text primary key,
      -- The position of the newest one that is gone.
      until bigint not null
    );

    -- Only what somebody has decided: a setting without a row has the default of the version that runs.
    create table settings (
      name plain_text primary key,
      -- JSON, as it was given to the API.
      value plain_text not null,
      updated_at bigint not null,
      -- The name of the API key, as it was then.
      updated_by plain_text not null
    );

    create table configured_phones (
      -- Meta's phone_number_id.
      id plain_text primary key,
      waba_id plain_text,
      display_phone_number plain_text,
      label plain_text,
      -- Encrypted under RECADO_ENCRYPTION_KEY, each for its own row and column; null when the phone has none of its
      -- own and uses the environment's.
      access_token plain_text,
      app_secrets plain_text,
      is_default smallint not null,
      created_at bigint not null,
      updated_at bigint not null
    );
    create unique index one_default_phone on configured_phones (is_default) where is_default = 1;

    -- Events that a re-reading upgraded in place or found in an old body. They are folded from here and not with the
    -- feed: they may change state and must never cause anything else, so they stay told apart for ever.
    create table rereads (
      position bigint primary key,
      lane integer not null,
      reread_at bigint not null,
      -- The revision that is not in the state yet; null once it is.
      waiting integer
    );
    create index rereads_waiting on rereads (lane, position) where waiting is not null;

    -- The templates of our accounts as Meta has them in its books, each as JSON. No personal data.
    create table templates (
      waba plain_text not null,
      name plain_text not null,
      language plain_text not null,
      value plain_text not null,
      primary key (waba, name, language)
    );
    create index templates_by_name on templates (name);

    -- When an account's templates were read the last time.
    create table template_syncs (
      waba plain_text primary key,
      at bigint not null
    );

    -- The files of messages: what is known of them. Their bytes lie outside, under their hash.
    create table media (
      -- Meta's id, by which the message names it.
      id plain_text primary key,
      lane integer not null,
      -- The event that told of it first; a file is forgotten with it.
      position bigint not null,
      received_at bigint not null,
      mime_type plain_text,
      -- The name that a document had on the person's device.
      filename plain_text,
      state plain_text not null,
      -- Of the bytes, in hexadecimal digits; files with the same bytes share them.
      sha256 plain_text,
      size bigint,
      -- A JSON object.
      failure plain_text,
      tries integer not null,
      next_try_at bigint,
      ended_at bigint
    );
    create index media_by_position on media (position, id);
    create index media_due on media (next_try_at) where state = 'waiting';
    create index media_forgotten on media (position) where state = 'forgotten';
    create index media_by_sha256 on media (sha256) where sha256 is not null;
    create index media_by_receipt on media (received_at);

    -- How far the feed has been looked through for files.
    create table media_place (
      one integer primary key check (one = 1),
      position bigint not null
    );

    -- Files that were given to Meta, so that the same one is not given twice.
    create table uploads (
      -- Meta's id.
      id plain_text primary key,
      -- Meta's phone_number_id.
      business_phone plain_text not null,
      -- Of the bytes, in hexadecimal digits.
      sha256 plain_text not null,
      mime_type plain_text not null,
      size bigint not null,
      uploaded_at bigint not null,
      expires_at bigint not null
    );
    create index uploads_by_content on uploads (business_phone, sha256, mime_type, expires_at);
    create index uploads_by_end on uploads (expires_at);

    create table alarms (
      id plain_text primary key,
      code plain_text not null,
      subject plain_text not null,
      severity plain_text not null,
      sentence plain_text not null,
      remedy plain_text not null,
      raised_at bigint not null,
      last_seen_at bigint not null,
      count integer not null,
      resolved_at bigint,
      told_at bigint not null
    );
    -- While an alarm is open, code and subject are its identity: a cause that recurs raises no second one.
    create unique index alarms_open on alarms (code, subject) where resolved_at is null;
    -- For what is forgotten of the history.
    create index alarms_resolved on alarms (resolved_at) where resolved_at is not null;

    create table alarm_tellings (
      alarm plain_text not null references alarms (id) on delete cascade,
      recipient plain_text not null,
      news plain_text not null,
      -- When there was this news; later news of the alarm takes its place.
      news_at bigint not null,
      -- Null while the recipient does not know.
      told_at bigint,
      primary key (alarm, recipient)
    );
    create index alarm_tellings_untold on alarm_tellings (alarm) where told_at is null;

    create table merges (
      number bigint primary key default next_number('merges'),
      id plain_text not null unique,
      lane integer not null,
      survivor plain_text not null,
      merged plain_text not null,
      evidence plain_text not null,
      -- Where the evidence stands: one of the two.
      position bigint,
      attempt plain_text,
      at bigint not null,
      undone_at bigint,
      undone_by plain_text
    );
    create index merges_by_survivor on merges (survivor);
    create index merges_by_merged on merges (merged);
    create index merges_by_position on merges (position) where position is not null;
    create index merges_undone on merges (lane) where undone_at is not null;

    -- What people ask the owner of a lane to do, in this order. No personal data, only ids. Nobody reads them page by
    -- page: a number may become visible after a larger one.
    create table commands (
      number bigint generated by default as identity primary key,
      id plain_text not null unique,
      lane integer not null,
      kind plain_text not null,
      payload plain_text not null,
      actor plain_text not null,
      actor_name plain_text not null,
      created_at bigint not null,
      applied_at bigint,
      result plain_text
    );
    create index commands_waiting on commands (lane, number) where applied_at is null;

    -- Facts stand side by side; state is made of them on reading. Of each subject and name the latest few stay.
    create table account_facts (
      subject plain_text not null,
      name plain_text not null,
      at bigint not null,
      key plain_text not null,
      value plain_text not null,
      -- A re-reading brought it: nobody is told.
      replayed smallint not null,
      primary key (subject, name, at, key)
    );
    create index account_facts_by_name on account_facts (name);

    -- One row for each message that Meta told pricing of; \`message\` is a keyed hash of its wamid.
    create table charges (
      message bytea primary key,
      lane integer not null,
      at bigint not null,
      key plain_text not null,
      billable smallint,
      model plain_text,
      type plain_text,
      category plain_text,
      conversation plain_text,
      origin plain_text,
      expires_at bigint
    );
    create index charges_by_time on charges (at);

    -- A person's latest word on messages of a purpose, under each number and user id that they were named by.
    create table opt_outs (
      lane integer not null,
      kind plain_text not null,
      value plain_text not null,
      purpose plain_text not null,
      opted_out smallint not null,
      at bigint not null,
      key plain_text not null,
      evidence plain_text not null,
      primary key (lane, kind, value, purpose)
    );

    create table endpoints (
      id plain_text primary key,
      url plain_text not null,
      name plain_text,
      format plain_text not null,
      ordering plain_text not null,
      -- JSON lists; null: all of them.
      kinds plain_text,
      business_phones plain_text,
      concurrency integer not null,
      per_second integer,
      state plain_text not null,
      disabled_because plain_text,
      -- Encrypted under RECADO_ENCRYPTION_KEY, each for its own row and column.
      secrets plain_text not null,
      headers plain_text,
      from_position bigint not null,
      created_at bigint not null,
      updated_at bigint not null
    );

    create table endpoint_standings (
      endpoint plain_text primary key,
      failures integer not null,
      failing_since bigint,
      open_until bigint,
      probes integer not null,
      recovered_at bigint,
      delivered_at bigint,
      last_failure plain_text
    );

    -- Everything of the lane up to here was delivered, is parked, or is of no interest.
    create table endpoint_cursors (
      endpoint plain_text not null,
      lane integer not null,
      position bigint not null,
      primary key (endpoint, lane)
    );

    -- What failed, what waits behind it, and what was given up. Nothing else has a row.
    create table forwards (
      endpoint plain_text not null,
      position bigint not null,
      party plain_text not null,
      state plain_text not null,
      attempts integer not null,
      first_failed_at bigint,
      -- Null while it waits behind another of its party.
      due_at bigint,
      ended_at bigint,
      failure plain_text,
      -- Of one that was given up: whether a delivery has said so.
      announced smallint not null default 0,
      primary key (endpoint, position)
    );
    create index forwards_due on forwards (endpoint, due_at) where state = 'waiting' and due_at is not null;
    create index forwards_by_party on forwards (endpoint, party, position) where state = 'waiting';
    create index forwards_dead on forwards (endpoint, position) where state = 'dead';
    create index forwards_untold on forwards (endpoint, party) where state = 'dead' and announced = 0;

    -- The latest attempts of each endpoint.
    create table forward_attempts (
      endpoint plain_text not null,
      number bigint not null,
      position bigint not null,
      at bigint not null,
      took integer not null,
      status integer,
      delivered smallint not null,
      failure plain_text,
      excerpt plain_text not null,
      primary key (endpoint, number)
    );
  `,
};
