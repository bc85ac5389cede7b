import { useSignal } from '@preact/signals';
import type { DoctorBody, DoctorCheckBody } from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { setup as words } from '../words/setup.ts';
import { CopyLine } from './copy-line.tsx';

/** Doctor's chain: what is proven, what is broken, and how to mend it. */
export function SetupPage() {
  const { answer, again } = useAnswer<DoctorBody>('/v1/doctor');
  const running = useSignal(false);
  const problem = useSignal<Problem | null>(null);

  async function run(): Promise<void> {
    running.value = true;
    const found = await ask<DoctorBody>('/v1/doctor/run', { method: 'POST', body: {} });
    running.value = false;
    problem.value = found.ok ? null : found.problem;
    again();
  }

  const doctor = answer?.ok === true ? answer.body : null;
  return (
    <div class="setup">
      <header class="setup-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p class="lead">{say(words.why)}</p>
        </div>
        <button type="button" class="primary" disabled={running.value} onClick={run}>
          {say(words.run)}
        </button>
      </header>
      {running.value && <p role="status">{say(words.running)}</p>}
      {problem.value !== null && <Trouble problem={problem.value} />}
      {answer === null && <Loading />}
      {answer?.ok === false && <Trouble problem={answer.problem} again={again} />}
      {doctor !== null && doctor.finishedAt === null && (
        <Empty title={say(words.never)}>
          <p>{say(words.neverWhy)}</p>
        </Empty>
      )}
      <ol class="checks">
        {doctor?.checks.map((check) => (
          <Check key={`${check.check} ${check.subject}`} check={check} />
        ))}
      </ol>
    </div>
  );
}

function Check({ check: { verdict, title, subject, found, cure, calls } }: { check: DoctorCheckBody }) {
  return (
    <li class={`check check-${verdict}`}>
      <p class="check-title">
        <span class={`knot knot-${verdict}`} aria-hidden="true" />
        <strong>{title}</strong>
        {subject !== null && <span class="quiet"> {subject}</span>}
        <span class={verdict === 'green' ? 'spoken' : 'check-verdict'}>{say(words.verdicts[verdict])}</span>
      </p>
      <p class="check-found">
        <Sentence>{found}</Sentence>
      </p>
      {cure.length > 0 && (
        <ol class="cure">
          {cure.map(({ text, run, set }) => (
            <li key={text}>
              <p>
                <Sentence>{text}</Sentence>
              </p>
              {run !== null && <CopyLine line={run} />}
              {set !== null && <CopyLine line={set} />}
            </li>
          ))}
        </ol>
      )}
      {calls.length > 0 && (
        <details>
          <summary>{say(words.evidence)}</summary>
          {calls.map(({ call, answer }) => (
            <pre key={call}>{`${call}\n${answer}`}</pre>
          ))}
        </details>
      )}
    </li>
  );
}
