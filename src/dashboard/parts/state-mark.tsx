import type { NotificationBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { states } from '../words/states.ts';

/** Good news, bad news, or neither yet. */
const tones: Readonly<Record<NotificationBody['state'], 'good' | 'bad' | 'wait'>> = {
  queued: 'wait',
  held: 'wait',
  sending: 'wait',
  accepted: 'wait',
  sent: 'wait',
  delivered: 'good',
  read: 'good',
  failed: 'bad',
  expired: 'bad',
  cancelled: 'wait',
  unknown: 'bad',
};

/** A notification's state, in a word. */
export function StateMark({ state }: { state: NotificationBody['state'] }) {
  // A later Recado may know a state that this page does not: it keeps its own word.
  return <span class={`mark mark-${tones[state] ?? 'wait'}`}>{say(states[state] ?? plain(state))}</span>;
}

function plain(word: string) {
  return { en: word, 'pt-BR': word };
}
