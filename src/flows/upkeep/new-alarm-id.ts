import { randomBytes } from 'node:crypto';
import { idFromKey } from '../../domain/id.ts';

/** A new alarm's id; it sorts by the time of raising. */
export function newAlarmId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return idFromKey('al_', seconds + randomBytes(6).toString('hex'));
}
