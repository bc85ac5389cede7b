import { useComputed, useSignal } from '@preact/signals';
import type { EventBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { Empty } from '../parts/empty.tsx';
import { route } from '../route.ts';
import { events } from '../words/events.ts';
import { EventDetail } from './event-detail.tsx';
import { EventList } from './event-list.tsx';

/** The feed as it comes, and beside it one event as understood and as received. On a small screen one of the two. */
export function EventsPage() {
  const open = useComputed(() => route.value[1] ?? null);
  const chosen = useSignal<EventBody | null>(null);
  const event = chosen.value?.id === open.value ? chosen.value : null;
  return (
    <div class={event === null ? 'pair' : 'pair pair-open'}>
      <EventList open={event?.id ?? null} onOpen={(opened) => (chosen.value = opened)} />
      {event === null ? (
        <div class="pair-none">
          <Empty title={say(events.choose)} />
        </div>
      ) : (
        <EventDetail key={event.id} event={event} />
      )}
    </div>
  );
}
