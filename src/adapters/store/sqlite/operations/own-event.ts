import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { OwnEvent } from '../../../../flows/lane-state.ts';
import type { AlarmEvent } from '../../../../flows/upkeep/alarm-event.ts';
import type { StoreContext } from '../context.ts';
import { run } from '../statement.ts';

/**
 * Appends one of our own events. Its key needs no lookup: it is made here, once, so the time and sixteen
 * random bytes identify it.
 *
 * @returns its position
 */
export function appendOwnEvent(context: StoreContext, laneId: number, event: OwnEvent | AlarmEvent): number {
  const key = Buffer.concat([Buffer.alloc(4), randomBytes(16)]);
  key.writeUInt32BE(Math.floor(event.occurredAt / 1000) >>> 0);
  return run(
    context.database,
    'insert into events (key, kind, lane, occurred_at, received_at, payload) values (?, ?, ?, ?, ?, ?)',
    key,
    event.kind,
    laneId,
    event.occurredAt,
    event.occurredAt,
    JSON.stringify(event.payload),
  ).lastInsertRowid;
}
