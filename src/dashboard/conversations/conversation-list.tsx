import type { ConversationBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { shortly } from '../moments.ts';
import { usePages } from '../pages-of.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { WindowMark } from '../parts/window-mark.tsx';
import { phoneAddress } from '../pretend-phone.tsx';
import { linkTo } from '../route.ts';
import { conversations as words } from '../words/conversations.ts';
import { overview } from '../words/overview.ts';
import { shell } from '../words/shell.ts';

/** Everybody with whom messages went back and forth, the latest first, each with the time left to answer freely. */
export function ConversationList({ open }: { open: string | null }) {
  const { list, more, again } = usePages<ConversationBody>(
    '/v1/conversations?order=newest&limit=50',
    ({ kind }) => kind === 'message' || kind === 'notification' || kind === 'call',
  );
  return (
    <section class="conversation-list" aria-labelledby="conversations-title">
      <h1 id="conversations-title">{say(words.title)}</h1>
      {list === null && <Loading />}
      {list?.problem != null && <Trouble problem={list.problem} again={again} />}
      {list !== null && list.problem === null && list.items.length === 0 && (
        <Empty title={say(words.none)}>
          <p>{say(words.noneWhy)}</p>
          {phoneAddress === null ? (
            <a href={linkTo(['setup'])}>{say(words.noneNext)}</a>
          ) : (
            <p>{say(overview.latelySandbox)}</p>
          )}
        </Empty>
      )}
      <ul>
        {list?.items.map((conversation) => (
          <li key={conversation.id}>
            <ConversationRow conversation={conversation} isOpen={conversation.id === open} />
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

function ConversationRow({ conversation, isOpen }: { conversation: ConversationBody; isOpen: boolean }) {
  const { id, name, groupId, lastMessageAt, window } = conversation;
  const shown = name ?? say(groupId === null ? words.nameless : words.group);
  return (
    <a class="conversation" href={linkTo(['conversations', id])} aria-current={isOpen ? 'true' : undefined}>
      <Avatar name={shown} />
      <span class="conversation-words">
        <span class="conversation-name">{shown}</span>
        <WindowMark window={window} />
      </span>
      <time class="small quiet" dateTime={lastMessageAt}>
        {shortly(lastMessageAt)}
      </time>
    </a>
  );
}
