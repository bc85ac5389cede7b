import { useComputed } from '@preact/signals';
import { say } from '../language.ts';
import { Empty } from '../parts/empty.tsx';
import { route } from '../route.ts';
import { conversations } from '../words/conversations.ts';
import { ConversationList } from './conversation-list.tsx';
import { Thread } from './thread.tsx';

/** The conversations, and beside them the one that is open. On a small screen one of the two. */
export function ConversationsPage() {
  const open = useComputed(() => route.value[1] ?? null);
  return (
    <div class={open.value === null ? 'conversations' : 'conversations conversations-open'}>
      <ConversationList open={open.value} />
      {open.value === null ? (
        <div class="thread-none">
          <Empty title={say(conversations.choose)} />
        </div>
      ) : (
        <Thread key={open.value} id={open.value} />
      )}
    </div>
  );
}
