import { useSignal } from '@preact/signals';
import type { EventBody } from '../../client/generated.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { dayAndTime } from '../moments.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { asked, linkTo } from '../route.ts';
import { events as words } from '../words/events.ts';
import { asCurl } from './as-curl.ts';

/** One event: what it says in Recado's words, and beside it what Meta sent. */
export function EventDetail({ event }: { event: EventBody }) {
  const { id, kind, occurredAt, receivedAt, businessPhoneId, contactId, summary, content, payload } = event;
  return (
    <section class="detail detail-wide" aria-labelledby="event-title">
      <a class="detail-back" href={linkTo(['events'], Object.fromEntries(asked.value))}>
        <Icon name="back" size={18} /> {say(words.back)}
      </a>
      <header class="detail-head">
        <h1 id="event-title" dir="auto">
          {summary}
        </h1>
        <span class={`kind kind-${kind}`}>{kind}</span>
      </header>
      {kind === 'unrecognised' && <Unrecognised event={event} />}
      <dl class="facts">
        {occurredAt !== null && (
          <>
            <dt>{say(words.occurred)}</dt>
            <dd>{dayAndTime(occurredAt)}</dd>
          </>
        )}
        <dt>{say(words.received)}</dt>
        <dd>{dayAndTime(receivedAt)}</dd>
        {businessPhoneId !== null && (
          <>
            <dt>{say(words.phone)}</dt>
            <dd>
              {businessPhoneId} {event.foreign && <strong>({say(words.foreign)})</strong>}
            </dd>
          </>
        )}
        {contactId !== null && (
          <>
            <dt>{say(words.contact)}</dt>
            <dd>
              <a href={linkTo(['contacts', contactId])}>{contactId}</a>
            </dd>
          </>
        )}
        <dt>{say(words.id)}</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </dl>
      <p class="detail-acts">
        <CopyButton text={asCurl(event)} label={say(words.copyCurl)} />
        <CopyButton text={JSON.stringify(event, null, 2)} label={say(words.copyJson)} />
      </p>
      <div class="sides">
        {content !== null && <Json title={say(words.readable)} value={content} />}
        <Json title={say(content === null ? words.facts : words.raw)} value={payload} />
      </div>
    </section>
  );
}

function Json({ title, value }: { title: string; value: unknown }) {
  return (
    <section class="side-of" aria-label={title}>
      <h2>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </section>
  );
}

/** What this version does not understand is kept, and a later one may. */
function Unrecognised({ event: { receivedAt } }: { event: EventBody }) {
  const problem = useSignal<Problem | null>(null);
  const begun = useSignal(false);
  async function reread(): Promise<void> {
    const answer = await ask('/v1/reread', { method: 'POST', body: { since: receivedAt } });
    begun.value = answer.ok;
    problem.value = answer.ok ? null : answer.problem;
  }
  return (
    <div class="decision decision-mayTemplate">
      <p>{say(words.unrecognised)}</p>
      {begun.value ? (
        <p role="status">{say(words.rereading)}</p>
      ) : (
        <button type="button" class="plain" onClick={reread}>
          {say(words.reread)}
        </button>
      )}
      {problem.value !== null && <Trouble problem={problem.value} />}
    </div>
  );
}
