import { useSignal } from '@preact/signals';
import type { NotificationBody } from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { dayAndTime } from '../moments.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { asked, linkTo } from '../route.ts';
import { outcomes, statusWords, notifications as words } from '../words/notifications.ts';
import { contentWords } from './content-words.ts';
import { type Step, timelineOf } from './timeline.ts';

/** One notification: where it stands, why, what to do, and all that happened to it. */
export function Story({ id }: { id: string }) {
  const { answer, again } = useAnswer<NotificationBody>(
    `/v1/notifications/${encodeURIComponent(id)}`,
    ({ kind }) => kind === 'notification' || kind === 'status',
  );
  return (
    <section class="detail" aria-labelledby="story-title">
      <a class="detail-back" href={linkTo(['notifications'], Object.fromEntries(asked.value))}>
        <Icon name="back" size={18} /> {say(words.back)}
      </a>
      {answer === null && <Loading />}
      {answer?.ok === false && <Trouble problem={answer.problem} again={again} />}
      {answer?.ok === true && <Told notification={answer.body} onChange={again} />}
    </section>
  );
}

function Told({ notification, onChange }: { notification: NotificationBody; onChange: () => void }) {
  const { id, to, state, content, failure, reference, contactId, nextAttemptAt, notAfter } = notification;
  const waits = state === 'queued' || state === 'held';
  return (
    <>
      <header class="detail-head">
        <h1 id="story-title">{say(words.to)(to)}</h1>
        <StateMark state={state} />
      </header>
      <p class="story-words" dir="auto">
        {contentWords(content)}
      </p>
      {failure !== null && <FailureNote failure={failure} />}
      {waits && (
        <p class="quiet">
          {nextAttemptAt !== null && `${say(words.retry)(dayAndTime(nextAttemptAt))} · `}
          {say(words.expires)(dayAndTime(notAfter))}
        </p>
      )}
      <ol class="timeline">
        {timelineOf(notification).map((step) => (
          <li key={`${step.step} ${step.at} ${step.step === 'status' ? step.status.status : ''}`}>
            <time dateTime={step.at}>{dayAndTime(step.at)}</time>
            <TimelineStep step={step} notification={notification} />
          </li>
        ))}
      </ol>
      <dl class="facts">
        {reference !== null && (
          <>
            <dt>{say(words.reference)}</dt>
            <dd>{reference}</dd>
          </>
        )}
        <dt>{say(words.id)}</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </dl>
      <p class="detail-acts">
        {contactId !== null && <a href={linkTo(['contacts', contactId])}>{say(words.conversation)}</a>}
        {waits && <Cancel id={id} onDone={onChange} />}
      </p>
    </>
  );
}

function TimelineStep({ step, notification }: { step: Step; notification: NotificationBody }) {
  switch (step.step) {
    case 'taken':
      return (
        <p>
          <strong>
            {say(words.taken)}, {say(words.decisions[notification.decision])}.
          </strong>{' '}
          <span lang="en">{notification.because}</span>
        </p>
      );
    case 'attempt': {
      const { number, outcome, reason, failure } = step.attempt;
      return (
        <p>
          <strong>{say(words.attempt)(number)}:</strong> {say(outcomes[outcome])} {failure?.title ?? reason}
        </p>
      );
    }
    case 'status': {
      const said = statusWords[step.status.status];
      return <p>{say(words.told)(said === undefined ? step.status.status : say(said))}</p>;
    }
  }
}

function Cancel({ id, onDone }: { id: string; onDone: () => void }) {
  const problem = useSignal<Problem | null>(null);
  async function cancel(): Promise<void> {
    const answer = await ask(`/v1/notifications/${encodeURIComponent(id)}/cancel`, { method: 'POST' });
    problem.value = answer.ok ? null : answer.problem;
    onDone();
  }
  return (
    <>
      <button type="button" class="plain" onClick={cancel}>
        {say(words.cancel)}
      </button>
      {problem.value !== null && <Trouble problem={problem.value} />}
    </>
  );
}
