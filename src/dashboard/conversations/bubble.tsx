import type { MessageBody, TemplateStateBody } from '../../client/generated.ts';
import { listIn, objectIn, textIn } from '../json.ts';
import { say } from '../language.ts';
import { timeOfDay } from '../moments.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { linkTo } from '../route.ts';
import { conversations as words } from '../words/conversations.ts';
import { messageTypes } from '../words/message-types.ts';
import { states } from '../words/states.ts';
import { templateWords } from './template-words.ts';
import { Ticks } from './ticks.tsx';

/** One message, its reactions, how far it came, and why it did not get there. */
export function Bubble({
  message,
  reactions,
  templates,
}: {
  message: MessageBody;
  reactions: readonly string[];
  templates: readonly TemplateStateBody[];
}) {
  const { direction, at, state, failure, notificationId } = message;
  const failed = state === 'failed' || state === 'expired' || state === 'unknown';
  return (
    <li class={`message message-${direction}${failed ? ' message-failed' : ''}`}>
      <div class="bubble">
        <Said message={message} templates={templates} />
        <span class="bubble-end">
          <time dateTime={at}>{timeOfDay(at)}</time>
          {state !== null && <Ticks state={state} />}
        </span>
      </div>
      {reactions.length > 0 && (
        <span class="reactions">
          {reactions.map((emoji) => (
            <span key={emoji} role="img" aria-label={say(words.reacted)(emoji)}>
              {emoji}
            </span>
          ))}
        </span>
      )}
      {failure !== null && <FailureNote failure={failure} />}
      {failed && notificationId !== null && (
        <p class="small">
          {state !== 'failed' && <span class="quiet">{say(words.state)(say(states[state]))} · </span>}
          <a href={linkTo(['notifications', notificationId])}>{say(words.story)}</a>
        </p>
      )}
    </li>
  );
}

function Said({ message, templates }: { message: MessageBody; templates: readonly TemplateStateBody[] }) {
  const { type, text, content, payload } = message;
  if (content?.type === 'template') {
    return (
      <>
        <span class="bubble-label">
          {say(words.template)} · {content.name}
        </span>
        <span class="bubble-text" dir="auto">
          {templateWords(content, templates) ?? content.name}
        </span>
      </>
    );
  }
  if (type === 'text' && text !== null) {
    return (
      <span class="bubble-text" dir="auto">
        {text}
      </span>
    );
  }
  const label = messageTypes[type];
  const more = detailOf(type, payload, content);
  return (
    <>
      <span class="bubble-label">{label === undefined ? type : say(label)}</span>
      {more !== null && (
        <span class="bubble-detail" dir="auto">
          {more}
        </span>
      )}
      {text !== null && (
        <span class="bubble-text" dir="auto">
          {text}
        </span>
      )}
    </>
  );
}

/** The name of a file, of a place or of a card. */
function detailOf(type: string, payload: unknown, content: MessageBody['content']): string | null {
  const element = content ?? objectIn(payload, type);
  if (type === 'contacts') {
    const cards = listIn(content ?? payload, 'contacts');
    return cards.flatMap((card) => textIn(objectIn(card, 'name'), 'formatted_name') ?? []).join(', ');
  }
  return textIn(element, 'filename') ?? textIn(element, 'name') ?? textIn(element, 'address');
}
