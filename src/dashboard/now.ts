import { signal } from '@preact/signals';
import type { WhoBody } from '../client/generated.ts';
import { ask } from './ask.ts';

/** How far Recado's clock is before this browser's, in milliseconds. A sandbox may be days ahead. */
const ahead = signal(0);
const tick = signal(Date.now());

/** The time by Recado's clock, in milliseconds; whoever draws it is drawn again every few seconds. */
export function now(): number {
  return tick.value + ahead.value;
}

/** Takes over Recado's clock from what it has just said. */
export function setNow(moment: string): void {
  tick.value = Date.now();
  ahead.value = Date.parse(moment) - tick.value;
}

/** Follows time: the seconds as they go by, and the jumps that somebody makes in a sandbox. */
export function followTime(): void {
  setInterval(() => {
    tick.value = Date.now();
  }, 5_000);
  new BroadcastChannel('recado-time').addEventListener('message', async () => {
    const answer = await ask<WhoBody>('/v1/session');
    if (answer.ok) setNow(answer.body.now);
  });
}
