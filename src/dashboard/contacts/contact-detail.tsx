import { Fragment } from 'preact';
import type { ContactBody } from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { say } from '../language.ts';
import { dayAndTime, until } from '../moments.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { WindowMark } from '../parts/window-mark.tsx';
import { linkTo } from '../route.ts';
import { contacts as words } from '../words/contacts.ts';
import { conversations } from '../words/conversations.ts';
import { windows } from '../words/windows.ts';

/** One person: whether they may be written to and why, who they are to WhatsApp, and what they refused. */
export function ContactDetail({ id }: { id: string }) {
  const { answer, again } = useAnswer<ContactBody>(
    `/v1/contacts/${encodeURIComponent(id)}`,
    ({ kind }) => kind === 'message' || kind === 'preference' || kind === 'identity',
  );
  return (
    <section class="detail" aria-labelledby="contact-title">
      <a class="detail-back" href={linkTo(['contacts'])}>
        <Icon name="back" size={18} /> {say(words.back)}
      </a>
      {answer === null && <Loading />}
      {answer?.ok === false && <Trouble problem={answer.problem} again={again} />}
      {answer?.ok === true && <Person contact={answer.body} />}
    </section>
  );
}

function Person({ contact }: { contact: ContactBody }) {
  const { name, waId, window, canBeNotified, conversationId, identifiers, optOuts, firstSeenAt } = contact;
  const may = canBeNotified.freeForm ? 'mayText' : canBeNotified.template ? 'mayTemplate' : 'mayNothing';
  const { closesAt } = window;
  const reasons = {
    mayText: closesAt === null ? canBeNotified.because : say(conversations.windowOpen)(until(closesAt)),
    mayTemplate: say(windows.closedTip),
    mayNothing: canBeNotified.because,
  };
  return (
    <>
      <header class="detail-head">
        <Avatar name={name ?? ''} />
        <h1 id="contact-title">{name ?? waId ?? say(conversations.nameless)}</h1>
        <WindowMark window={window} />
      </header>
      <div class={`decision decision-${may}`}>
        <p>
          <strong>{say(words[may])}.</strong> {reasons[may]}
        </p>
      </div>
      {conversationId !== null && (
        <p>
          <a href={linkTo(['conversations', conversationId])}>{say(words.conversation)}</a>
        </p>
      )}
      <h2>{say(words.names)}</h2>
      <dl class="facts">
        {identifiers.map(({ kind, value, until: leftAt }) => (
          <Fragment key={`${kind} ${value}`}>
            <dt>{words.kinds[kind] === undefined ? kind : say(words.kinds[kind])}</dt>
            <dd>
              {value}
              {leftAt !== null && <span class="quiet"> {say(words.until)(dayAndTime(leftAt))}</span>}
            </dd>
          </Fragment>
        ))}
      </dl>
      <h2>{say(words.optOuts)}</h2>
      {optOuts.length === 0 ? (
        <p class="quiet">{say(words.noOptOuts)}</p>
      ) : (
        <dl class="facts">
          {optOuts.map(({ purpose, evidence, since }) => (
            <Fragment key={purpose}>
              <dt>{purpose}</dt>
              <dd>{say(words.evidence)(evidence, dayAndTime(since))}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      <p class="small quiet">
        {say(words.since)(dayAndTime(firstSeenAt))} ·{' '}
        {say(contact.wroteIn ? words.wroteIn : words.neverWrote)}
      </p>
    </>
  );
}
