import { useSignal } from '@preact/signals';
import type { NewApiKeyBody } from '../../client/generated.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { Trouble } from '../parts/trouble.tsx';
import { CopyLine } from '../setup/copy-line.tsx';
import { settings as words } from '../words/settings.ts';

const allScopes = ['read', 'send', 'manage'] as const;

/** Makes a key for a program, and shows it once. */
export function NewKey({ onMade }: { onMade: () => void }) {
  const name = useSignal('');
  const scopes = useSignal<readonly string[]>(['read', 'send']);
  const made = useSignal<string | null>(null);
  const problem = useSignal<Problem | null>(null);

  async function make(event: Event): Promise<void> {
    event.preventDefault();
    const body = { name: name.value, scopes: scopes.value };
    const answer = await ask<NewApiKeyBody>('/v1/keys', { method: 'POST', body });
    made.value = answer.ok ? answer.body.key : null;
    problem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    name.value = '';
    onMade();
  }

  return (
    <form class="setting-form" onSubmit={make}>
      <label>
        {say(words.keyName)}
        <input
          required
          maxLength={100}
          value={name.value}
          onInput={({ currentTarget }) => (name.value = currentTarget.value)}
        />
      </label>
      <fieldset class="acts">
        <legend class="small quiet">{say(words.keyMay)}</legend>
        {allScopes.map((scope) => (
          <label key={scope} class="tick-box">
            <input
              type="checkbox"
              checked={scopes.value.includes(scope)}
              onChange={({ currentTarget: { checked } }) => {
                scopes.value = allScopes.filter((one) =>
                  one === scope ? checked : scopes.value.includes(one),
                );
              }}
            />
            {say(words.scopes[scope])}
          </label>
        ))}
      </fieldset>
      <p class="acts">
        <button type="submit" class="primary" disabled={scopes.value.length === 0}>
          {say(words.makeKey)}
        </button>
      </p>
      {made.value !== null && (
        <div class="decision" role="status">
          <p>
            <strong>{say(words.keyOnce)}</strong>
          </p>
          <CopyLine line={made.value} />
        </div>
      )}
      {problem.value !== null && <Trouble problem={problem.value} />}
    </form>
  );
}
