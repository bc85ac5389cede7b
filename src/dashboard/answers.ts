import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { EventBody } from '../client/generated.ts';
import { type Answer, ask } from './ask.ts';
import { language } from './language.ts';
import { onEvent } from './live.ts';

/** Events that come together are answered by one question. In milliseconds. */
const GATHERING = 200;

/**
 * What the API answers to a GET: null while it is not here yet. Asked again when the address or the language changes,
 * and when an event comes that may have changed it; what is shown stays until the new answer is there.
 */
export function useAnswer<Body>(
  path: string | null,
  concerns: (event: EventBody) => boolean = () => false,
): { answer: Answer<Body> | null; again: () => void } {
  const answer: Signal<Answer<Body> | null> = useSignal(null);
  const asked = useSignal(0);
  const spoken = language.value;

  useEffect(() => {
    answer.value = null;
  }, [path, spoken]);

  useEffect(() => {
    if (path === null) return;
    const left = new AbortController();
    ask<Body>(path, { signal: left.signal }).then((found) => {
      if (!left.signal.aborted) answer.value = found;
    });
    return () => left.abort();
  }, [path, spoken, asked.value]);

  useAfterEvents(concerns, () => {
    asked.value += 1;
  });
  return {
    answer: answer.value,
    again: () => {
      asked.value += 1;
    },
  };
}

/** Does something after events, once for those that come together. */
export function useAfterEvents(concerns: (event: EventBody) => boolean, act: () => void): void {
  const latest = useRef({ concerns, act });
  latest.current = { concerns, act };
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | null = null;
    const leave = onEvent((event) => {
      if (waiting !== null || !latest.current.concerns(event)) return;
      waiting = setTimeout(() => {
        waiting = null;
        latest.current.act();
      }, GATHERING);
    });
    return () => {
      leave();
      if (waiting !== null) clearTimeout(waiting);
    };
  }, []);
}
