import { useSignal } from '@preact/signals';
import type { SettingBody } from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { dayAndTime } from '../moments.ts';
import { Loading } from '../parts/loading.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { settings as words } from '../words/settings.ts';
import { readTyped } from './read-typed.ts';
import { shownValue, typedValue } from './setting-value.ts';

/** Every setting of behaviour, in force as soon as it is saved. The brake has a place of its own. */
export function Behaviour() {
  const { answer, again } = useAnswer<{ data: SettingBody[] }>('/v1/settings');
  return (
    <section class="block" aria-labelledby="behaviour-title">
      <h2 id="behaviour-title">{say(words.behaviour)}</h2>
      {answer === null && <Loading />}
      {answer?.ok === false && <Trouble problem={answer.problem} again={again} />}
      <ul class="checks">
        {answer?.ok === true &&
          answer.body.data
            .filter(({ name }) => name !== 'sendingStopped')
            .map((setting) => <Setting key={setting.name} setting={setting} onChange={again} />)}
      </ul>
    </section>
  );
}

function Setting({ setting, onChange }: { setting: SettingBody; onChange: () => void }) {
  const { name, kind, value, description, expects, updatedAt, updatedBy } = setting;
  const typed = useSignal<string | null>(null);
  const problem = useSignal<Problem | null>(null);
  const notJson = useSignal(false);

  async function decide(to: unknown): Promise<void> {
    notJson.value = to === undefined;
    if (to === undefined) return;
    const answer = await ask('/v1/settings', { method: 'PATCH', body: { [name]: to } });
    problem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    typed.value = null;
    onChange();
  }

  return (
    <li class="setting">
      <p class="setting-head">
        <code>{name}</code>
        <strong>{shownValue(value)}</strong>
        {updatedBy === null ? (
          <span class="small quiet">{say(words.isDefault)}</span>
        ) : (
          updatedAt !== null && (
            <span class="small quiet">{say(words.decided)(updatedBy, dayAndTime(updatedAt))}</span>
          )
        )}
      </p>
      <p class="quiet" lang="en">
        <Sentence>{description}</Sentence>
      </p>
      {typed.value === null ? (
        <p class="acts">
          <button
            type="button"
            class="plain"
            aria-label={`${say(words.change)}: ${name}`}
            onClick={() => (typed.value = typedValue(value))}
          >
            {say(words.change)}
          </button>
          {updatedBy !== null && (
            <button
              type="button"
              class="plain"
              aria-label={`${say(words.toDefault)}: ${name}`}
              onClick={() => decide(null)}
            >
              {say(words.toDefault)}
            </button>
          )}
        </p>
      ) : (
        <form
          class="setting-form"
          onSubmit={(event) => {
            event.preventDefault();
            void decide(readTyped(kind, typed.value ?? ''));
          }}
        >
          <input
            aria-label={say(words.newValue)(name)}
            value={typed.value}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
          <p class="small quiet" lang="en">
            {say(words.expects)(name, expects)}
          </p>
          <p class="acts">
            <button type="submit" class="primary">
              {say(words.save)}
            </button>
            <button type="button" class="plain" onClick={() => (typed.value = null)}>
              {say(words.leave)}
            </button>
          </p>
          {notJson.value && <p role="alert">{say(words.notJson)}</p>}
        </form>
      )}
      {problem.value !== null && <Trouble problem={problem.value} />}
    </li>
  );
}
