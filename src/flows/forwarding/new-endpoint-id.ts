import { randomBytes } from 'node:crypto';
import { idFromKey } from '../../domain/id.ts';

/** A new endpoint's id: it sorts by the time of making. */
export function newEndpointId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return idFromKey('ep_', seconds + randomBytes(6).toString('hex'));
}
