import { useSignal } from '@preact/signals';
import type { SendingBody } from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { dayAndTime } from '../moments.ts';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { settings as words } from '../words/settings.ts';

/** Stops and starts all sending. */
export function Brake() {
  const { answer, again } = useAnswer<SendingBody>('/v1/sending');
  const problem = useSignal<Problem | null>(null);

  async function pull(to: 'stop' | 'start'): Promise<void> {
    const done = await ask(`/v1/sending/${to}`, { method: 'POST' });
    problem.value = done.ok ? null : done.problem;
    again();
  }

  if (answer === null) return <Loading />;
  if (!answer.ok) return <Trouble problem={answer.problem} again={again} />;
  const { stopped, decidedAt, decidedBy } = answer.body;
  return (
    <section class={stopped ? 'brake brake-on' : 'brake'} aria-labelledby="brake-title">
      <h2 id="brake-title">{say(words.brake)}</h2>
      <p role="status">{say(stopped ? words.brakeOn : words.brakeOff)}</p>
      {decidedAt !== null && decidedBy !== null && (
        <p class="small quiet">{say(words.decided)(decidedBy, dayAndTime(decidedAt))}</p>
      )}
      {stopped ? (
        <button type="button" class="primary" onClick={() => pull('start')}>
          {say(words.start)}
        </button>
      ) : (
        <button type="button" class="plain plain-bad" onClick={() => pull('stop')}>
          {say(words.stop)}
        </button>
      )}
      {problem.value !== null && <Trouble problem={problem.value} />}
    </section>
  );
}
