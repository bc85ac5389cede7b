import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { EventBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { onEvent } from '../live.ts';
import { timeOfDay } from '../moments.ts';
import { phoneAddress } from '../pretend-phone.tsx';
import { overview } from '../words/overview.ts';

const MOST = 8;

/** The newest of the feed since this page is open, each in a line. */
export function Lately() {
  const seen = useSignal<readonly EventBody[]>([]);
  useEffect(() => onEvent((event) => (seen.value = [event, ...seen.value].slice(0, MOST))), []);
  return (
    <section class="block" aria-labelledby="lately-title">
      <h2 id="lately-title">{say(overview.lately)}</h2>
      {seen.value.length === 0 ? (
        <p class="quiet">{say(phoneAddress === null ? overview.latelyEmpty : overview.latelySandbox)}</p>
      ) : (
        <ol class="lately" aria-live="polite">
          {seen.value.map(({ id, kind, receivedAt, summary }) => (
            <li key={id} class={`line line-${kind}`}>
              <time dateTime={receivedAt}>{timeOfDay(receivedAt)}</time>
              <span>{summary}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
