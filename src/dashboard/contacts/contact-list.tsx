import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ContactBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { usePages } from '../pages-of.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { WindowMark } from '../parts/window-mark.tsx';
import { linkTo } from '../route.ts';
import { contacts as words } from '../words/contacts.ts';
import { conversations } from '../words/conversations.ts';
import { shell } from '../words/shell.ts';

/** Somebody who types does not want an answer to each letter. In milliseconds. */
const PAUSE = 250;

/** Everybody whom Recado knows, by name or number. */
export function ContactList({ open }: { open: string | null }) {
  const typed = useSignal('');
  const search = useSignal('');
  useEffect(() => {
    const waiting = setTimeout(() => (search.value = typed.value.trim()), PAUSE);
    return () => clearTimeout(waiting);
  }, [typed.value]);

  const query = new URLSearchParams({
    limit: '50',
    ...(search.value === '' ? {} : { search: search.value }),
  });
  const { list, more, again } = usePages<ContactBody>(
    `/v1/contacts?${query}`,
    ({ kind }) => kind === 'message',
  );
  return (
    <section class="list" aria-labelledby="contacts-title">
      <h1 id="contacts-title">{say(words.title)}</h1>
      <div class="list-filter">
        <input
          type="search"
          aria-label={say(words.search)}
          placeholder={say(words.search)}
          maxLength={128}
          value={typed.value}
          onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
        />
      </div>
      {list === null && <Loading />}
      {list?.problem != null && <Trouble problem={list.problem} again={again} />}
      {list !== null && list.problem === null && list.items.length === 0 && (
        <Empty title={say(search.value === '' ? words.none : words.noneFound)}>
          {search.value === '' && <p>{say(words.noneWhy)}</p>}
        </Empty>
      )}
      <ul>
        {list?.items.map(({ id, name, waId, window }) => (
          <li key={id}>
            <a
              class="conversation"
              href={linkTo(['contacts', id])}
              aria-current={id === open ? 'true' : undefined}
            >
              <Avatar name={name ?? ''} />
              <span class="conversation-words">
                <span class="conversation-name">{name ?? waId ?? say(conversations.nameless)}</span>
                <WindowMark window={window} />
              </span>
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
