import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ContactBody, EventBody, MessageBody, TemplatePageBody } from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { dayName, dayOf } from '../moments.ts';
import { usePages } from '../pages-of.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { WindowMark } from '../parts/window-mark.tsx';
import { linkTo } from '../route.ts';
import { conversations as words } from '../words/conversations.ts';
import { AnswerBox } from './answer-box.tsx';
import { Bubble } from './bubble.tsx';
import { shownMessages } from './shown-messages.ts';

/** One conversation as on a phone: what they wrote on the left, what was sent on the right, and the box to answer. */
export function Thread({ id }: { id: string }) {
  // A conversation is named after its contact.
  const contactId = id.replace(/^cv_/, 'ct_');
  const { list, more, again } = usePages<MessageBody>(
    `/v1/conversations/${encodeURIComponent(id)}/messages?order=newest&limit=50`,
    changesThreads,
  );
  const contact = useAnswer<ContactBody>(`/v1/contacts/${encodeURIComponent(contactId)}`, isMessage);
  const templates = useAnswer<TemplatePageBody>('/v1/templates', isTemplate);
  const end = useRef<HTMLDivElement>(null);
  const newest = list?.items[0]?.id;

  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [newest]);

  const person = contact.answer?.ok === true ? contact.answer.body : null;
  const known = templates.answer?.ok === true ? templates.answer.body.data : [];
  const shown = shownMessages(list?.items ?? []);
  return (
    <section class="thread" aria-labelledby="thread-title">
      <header class="thread-head">
        <a class="thread-back" href={linkTo(['conversations'])} aria-label={say(words.back)}>
          <Icon name="back" />
        </a>
        <Avatar name={person?.name ?? ''} />
        <div class="thread-who">
          <h1 id="thread-title">
            {person === null ? (
              say(words.nameless)
            ) : (
              <a href={linkTo(['contacts', person.id])} title={say(words.aboutThem)}>
                {person.name ?? person.waId ?? say(words.nameless)}
              </a>
            )}
          </h1>
          {person !== null && <WindowMark window={person.window} />}
        </div>
        <ReadMark id={id} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <div class="messages" role="log" aria-label={say(words.thread)} tabIndex={0}>
        {list?.next != null && (
          <button type="button" class="plain earlier" onClick={more}>
            {say(words.earlier)}
          </button>
        )}
        {list === null && <Loading />}
        {list?.problem != null && <Trouble problem={list.problem} again={again} />}
        <ol>
          {shown.map(({ message, reactions }, index) => (
            <Fragment key={message.id}>
              {dayOf(message.at) !== dayOf(shown[index - 1]?.message.at ?? 0) && (
                <li class="day">{dayName(message.at)}</li>
              )}
              <Bubble message={message} reactions={reactions} templates={known} />
            </Fragment>
          ))}
        </ol>
        <div ref={end} />
      </div>
      {person !== null && <AnswerBox contact={person} templates={known} onSent={again} />}
    </section>
  );
}

/** Shows them the blue ticks. It is never done by itself: reading is not answering. */
function ReadMark({ id }: { id: string }) {
  const problem = useSignal<Problem | null>(null);
  const done = useSignal(false);

  async function mark(): Promise<void> {
    const path = `/v1/conversations/${encodeURIComponent(id)}/read`;
    const answer = await ask(path, { method: 'POST', body: {} });
    done.value = answer.ok;
    problem.value = answer.ok ? null : answer.problem;
  }

  return (
    <div class="read-mark">
      {done.value ? (
        <p class="small quiet" role="status">
          {say(words.marked)}
        </p>
      ) : (
        <button type="button" class="plain" onClick={mark}>
          {say(words.markRead)}
        </button>
      )}
      {problem.value !== null && <Trouble problem={problem.value} />}
    </div>
  );
}

function changesThreads({ kind }: EventBody): boolean {
  return isMessage({ kind }) || kind === 'status' || kind === 'notification' || kind === 'echo';
}

function isMessage({ kind }: Pick<EventBody, 'kind'>): boolean {
  return kind === 'message' || kind === 'call';
}

function isTemplate({ kind }: EventBody): boolean {
  return kind === 'template';
}
