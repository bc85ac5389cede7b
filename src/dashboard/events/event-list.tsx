import { useSignal } from '@preact/signals';
import type { EventBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { everyKind } from '../live.ts';
import { shortly } from '../moments.ts';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { asked, linkTo } from '../route.ts';
import { events as words } from '../words/events.ts';
import { shell } from '../words/shell.ts';
import { useFeed } from './feed.ts';

/** The feed, the newest first, as it comes or standing still. */
export function EventList({ open, onOpen }: { open: string | null; onOpen: (event: EventBody) => void }) {
  const kind = asked.value.get('kind') ?? '';
  const paused = useSignal(false);
  const { feed, older, again } = useFeed(kind, paused.value);
  const waiting = feed?.waiting.length ?? 0;
  return (
    <section class="list" aria-labelledby="events-title">
      <h1 id="events-title">{say(words.title)}</h1>
      <div class="list-filter list-filter-row">
        <select
          aria-label={say(words.kind)}
          value={kind}
          onChange={({ currentTarget: { value } }) => {
            location.hash = linkTo(['events'], value === '' ? {} : { kind: value });
          }}
        >
          <option value="">{say(words.every)}</option>
          {Object.keys(everyKind).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <button
          type="button"
          class="plain"
          aria-pressed={paused.value}
          onClick={() => (paused.value = !paused.value)}
        >
          {say(paused.value ? words.goOn : words.pause)}
        </button>
      </div>
      {waiting > 0 && (
        <p class="small list-note" role="status">
          {say(words.waiting)(waiting)}
        </p>
      )}
      {feed === null && <Loading />}
      {feed?.problem != null && <Trouble problem={feed.problem} again={again} />}
      {feed !== null && feed.problem === null && feed.events.length === 0 && (
        <Empty title={say(kind === '' ? words.none : words.noneSo)}>
          {kind === '' ? <p>{say(words.noneWhy)}</p> : <a href={linkTo(['events'])}>{say(words.clear)}</a>}
        </Empty>
      )}
      <ul>
        {feed?.events.map((event) => (
          <li key={event.id}>
            <a
              class="item"
              href={linkTo(['events', event.id], kind === '' ? {} : { kind })}
              aria-current={event.id === open ? 'true' : undefined}
              onClick={() => onOpen(event)}
            >
              <span class="item-head">
                <span class={`kind kind-${event.kind}`}>{event.kind}</span>
                <time class="small quiet" dateTime={event.receivedAt}>
                  {shortly(event.receivedAt)}
                </time>
              </span>
              <span class="item-why" dir="auto">
                {event.summary}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {feed?.next != null && (
        <button type="button" class="plain" onClick={older}>
          {say(shell.more)}
        </button>
      )}
    </section>
  );
}
