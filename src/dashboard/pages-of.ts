import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { EventBody } from '../client/generated.ts';
import { useAfterEvents } from './answers.ts';
import { ask, type Problem } from './ask.ts';
import { language } from './language.ts';

type Listed<Item> = { items: readonly Item[]; next: string | null; problem: Problem | null };

/**
 * A list of the API from its newest end: the first page, and further ones on request. After an event that concerns it
 * the first page is read again; what is there already keeps its place behind it.
 */
export function usePages<Item extends { id: string }>(
  path: string,
  concerns: (event: EventBody) => boolean,
): { list: Listed<Item> | null; more: () => void; again: () => void } {
  const list = useSignal<Listed<Item> | null>(null);
  const spoken = language.value;

  async function read(after: string | null, signal?: AbortSignal): Promise<void> {
    const cursor = after === null ? '' : `&after=${encodeURIComponent(after)}`;
    const answer = await ask<{ data: Item[]; next: string | null }>(
      `${path}${cursor}`,
      signal === undefined ? {} : { signal },
    );
    if (signal?.aborted === true) return;
    const before = list.value ?? { items: [], next: null, problem: null };
    if (!answer.ok) {
      list.value = { ...before, problem: answer.problem };
      return;
    }
    const { data, next } = answer.body;
    const fresh = new Set(data.map(({ id }) => id));
    const kept = before.items.filter(({ id }) => !fresh.has(id));
    list.value =
      after === null
        ? { items: [...data, ...kept], next: kept.length === 0 ? next : before.next, problem: null }
        : { items: [...kept, ...data], next, problem: null };
  }

  useEffect(() => {
    const left = new AbortController();
    list.value = null;
    void read(null, left.signal);
    return () => left.abort();
  }, [path, spoken]);

  useAfterEvents(concerns, () => void read(null));
  return {
    list: list.value,
    more: () => {
      if (list.value?.next != null) void read(list.value.next);
    },
    again: () => void read(null),
  };
}
