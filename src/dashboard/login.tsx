import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { ask, type Problem } from './ask.ts';
import { say } from './language.ts';
import { LanguageSwitch } from './parts/language-switch.tsx';
import { Logo } from './parts/logo.tsx';
import { Trouble } from './parts/trouble.tsx';
import { shell } from './words/shell.ts';

/** The door: a key begins a session, which the browser keeps out of every script's reach. */
export function Login({ onIn }: { onIn: () => void }) {
  const problem = useSignal<Problem | null>(null);
  const busy = useSignal(false);
  const key = useRef<HTMLInputElement>(null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    busy.value = true;
    const answer = await ask('/v1/session', {
      method: 'POST',
      body: { key: key.current?.value.trim() ?? '' },
    });
    busy.value = false;
    problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) onIn();
    else key.current?.select();
  }

  return (
    <main class="alone">
      <form class="login" onSubmit={submit}>
        <Logo size={44} />
        <h1>{say(shell.login)}</h1>
        <p class="quiet">{say(shell.loginWhy)}</p>
        <label for="key">{say(shell.key)}</label>
        <input
          id="key"
          ref={key}
          type="password"
          autocomplete="current-password"
          required
          aria-describedby="key-hint"
        />
        <p id="key-hint" class="hint">
          {say(shell.keyHint)}
        </p>
        {problem.value !== null && <Trouble problem={problem.value} />}
        <button class="primary" type="submit" disabled={busy.value}>
          {say(shell.enter)}
        </button>
        <LanguageSwitch />
      </form>
    </main>
  );
}
