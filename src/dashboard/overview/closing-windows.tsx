import type { ConversationBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { Avatar } from '../parts/avatar.tsx';
import { WindowMark } from '../parts/window-mark.tsx';
import { linkTo } from '../route.ts';
import { conversations as words } from '../words/conversations.ts';
import { overview } from '../words/overview.ts';

const SOON = 6 * 60 * 60 * 1000;
const MOST = 6;

/** Whom to answer first: whose window closes next. `moment` in milliseconds. */
export function ClosingWindows({
  conversations,
  moment,
}: {
  conversations: readonly ConversationBody[];
  moment: number;
}) {
  const closing = conversations
    .flatMap((conversation) => {
      const closesAt = Date.parse(conversation.window.closesAt ?? '');
      return closesAt > moment && closesAt < moment + SOON ? [{ conversation, closesAt }] : [];
    })
    .sort((one, other) => one.closesAt - other.closesAt)
    .slice(0, MOST);
  return (
    <section class="block" aria-labelledby="closing-title">
      <h2 id="closing-title">{say(overview.closing)}</h2>
      {closing.length === 0 ? (
        <p class="quiet">{say(overview.closingEmpty)}</p>
      ) : (
        <>
          <p class="quiet">{say(overview.closingWhy)}</p>
          <ul class="rows">
            {closing.map(({ conversation }) => (
              <li key={conversation.id}>
                <a class="row" href={linkTo(['conversations', conversation.id])}>
                  <Avatar name={conversation.name ?? ''} />
                  <span class="row-words">{conversation.name ?? say(words.nameless)}</span>
                  <WindowMark window={conversation.window} />
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
