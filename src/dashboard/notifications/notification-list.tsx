import type { NotificationBody } from '../../client/generated.ts';
import { language, say } from '../language.ts';
import { shortly } from '../moments.ts';
import { usePages } from '../pages-of.ts';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { asked, linkTo } from '../route.ts';
import { notifications as words } from '../words/notifications.ts';
import { shell } from '../words/shell.ts';
import { states } from '../words/states.ts';
import { contentWords } from './content-words.ts';

/** Notifications, the newest first, by state and by why they failed. */
export function NotificationList({ open }: { open: string | null }) {
  const filter = filterOf(asked.value);
  const query = new URLSearchParams({ order: 'newest', limit: '50', ...filter });
  const { list, more, again } = usePages<NotificationBody>(
    `/v1/notifications?${query}`,
    ({ kind }) => kind === 'notification' || kind === 'status',
  );
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <section class="list" aria-labelledby="notifications-title">
      <h1 id="notifications-title">{say(words.title)}</h1>
      <div class="list-filter">
        <select
          aria-label={say(words.state)}
          value={filter.state ?? ''}
          onChange={({ currentTarget: { value } }) => {
            location.hash = linkTo(['notifications'], value === '' ? {} : { state: value });
          }}
        >
          <option value="">{say(words.every)}</option>
          {Object.entries(states)
            .toSorted(([, one], [, other]) => one[language.value].localeCompare(other[language.value]))
            .map(([state, said]) => (
              <option key={state} value={state}>
                {say(said)}
              </option>
            ))}
        </select>
        {filter.failure !== undefined && (
          <p class="small">
            {say(words.because)(filter.failure)} · <a href={linkTo(['notifications'])}>{say(words.clear)}</a>
          </p>
        )}
      </div>
      {list === null && <Loading />}
      {list?.problem != null && <Trouble problem={list.problem} again={again} />}
      {list !== null && list.problem === null && list.items.length === 0 && (
        <Empty title={say(isFiltered ? words.noneSo : words.none)}>
          {isFiltered ? (
            <a href={linkTo(['notifications'])}>{say(words.clear)}</a>
          ) : (
            <p>{say(words.noneWhy)}</p>
          )}
        </Empty>
      )}
      <ul>
        {list?.items.map(({ id, to, state, content, failure, createdAt }) => (
          <li key={id}>
            <a
              class="item"
              href={linkTo(['notifications', id], filter)}
              aria-current={id === open ? 'true' : undefined}
            >
              <span class="item-head">
                <span class="item-name">{to}</span>
                <time class="small quiet" dateTime={createdAt}>
                  {shortly(createdAt)}
                </time>
              </span>
              <span class={failure === null ? 'item-words' : 'item-why'} dir="auto">
                {failure?.title ?? contentWords(content)}
              </span>
              <StateMark state={state} />
            </a>
          </li>
        ))}
      </ul>
      {list?.next != null && (
        <button type="button" class="plain" onClick={more}>
          {say(shell.more)}
        </button>
      )}
    </section>
  );
}

function filterOf(query: URLSearchParams): { state?: string; failure?: string } {
  const state = query.get('state');
  const failure = query.get('failure');
  return { ...(state === null ? {} : { state }), ...(failure === null ? {} : { failure }) };
}
