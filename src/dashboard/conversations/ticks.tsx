import type { NotificationBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { states } from '../words/states.ts';

/** How far a message came, as WhatsApp draws it: a clock, one tick, two, two blue ones; or a mark that it failed. */
export function Ticks({ state }: { state: NotificationBody['state'] }) {
  const said = states[state];
  return (
    <span class={`ticks ticks-${state}`} role="img" aria-label={said === undefined ? state : say(said)}>
      <svg viewBox="0 0 18 12" width="18" height="12" aria-hidden="true">
        <path d={signOf(state)} />
      </svg>
    </span>
  );
}

function signOf(state: NotificationBody['state']): string {
  switch (state) {
    case 'queued':
    case 'held':
    case 'sending':
      return 'M9 11A5 5 0 1 0 9 1a5 5 0 0 0 0 10Zm0-7.5V6l2 1.5';
    case 'accepted':
    case 'sent':
      return 'm4 6.5 3 3 6-7';
    case 'delivered':
    case 'read':
      return 'm1 6.5 3 3 6-7M8.5 8.5l1 1 6-7';
    default:
      return 'M9 1v6m0 3v.5';
  }
}
