import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { OwnEvent } from '../../../../flows/lane-state.ts';
import type { AlarmEvent } from '../../../../flows/upkeep/alarm-event.ts';
import type { Statement } from '../database.ts';
import { rowsParameter } from '../safe-text.ts';

/**
 * Appends events of our own to the feed. It takes the feed's counter, so it stands last in a transaction. Their keys
 * need no lookup: each is made here, once, so the time and sixteen random bytes identify it.
 */
export function appendOwnEvents(laneId: number, events: readonly (OwnEvent | AlarmEvent)[]): Statement[] {
  if (events.length === 0) return [];
  return [
    {
      sql: `with counter as (update feed set position = position + $1 returning position - $1 as position)
        insert into events (position, key, kind, lane, occurred_at, received_at, payload)
        select counter.position + place, decode(key, 'hex'), kind, $2, at, at, payload
        from counter, json_to_recordset($3::json) as own (place bigint, key text, kind text, at bigint, payload text)`,
      values: [
        events.length,
        laneId,
        rowsParameter(events.map((event, index) => ownEventRow(event, index + 1))),
      ],
    },
  ];
}

/** An event of our own as a row for `json_to_recordset`. */
export function ownEventRow(event: OwnEvent | AlarmEvent, place: number) {
  const key = Buffer.concat([Buffer.alloc(4), randomBytes(16)]);
  key.writeUInt32BE(Math.floor(event.occurredAt / 1000) >>> 0);
  return {
    place,
    key: key.toString('hex'),
    kind: event.kind,
    at: event.occurredAt,
    payload: JSON.stringify(event.payload),
  };
}
