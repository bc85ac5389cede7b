import { randomBytes } from 'node:crypto';
import { idFromKey } from '../../domain/id.ts';

/** A new notification's id: it sorts by the time of taking, and nobody can guess it. */
export function newNotificationId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return idFromKey('nt_', seconds + randomBytes(6).toString('hex'));
}
