import { randomBytes } from 'node:crypto';
import { idFromKey } from '../../domain/id.ts';

/** A new notification's id: it sorts by the time of taking, and nobody can guess it. */
export function newNotificationId(now: number): string {
  return idFromKey('nt_', secondsOf(now) + randomBytes(6).toString('hex'));
}

/** No notification that was taken at this time, in milliseconds, or later has a smaller id. */
export function earliestNotificationId(time: number): string {
  return idFromKey('nt_', `${secondsOf(Math.max(0, time))}000000000000`);
}

function secondsOf(time: number): string {
  return Math.floor(time / 1000)
    .toString(16)
    .padStart(8, '0');
}
