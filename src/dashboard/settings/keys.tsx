import { useSignal } from '@preact/signals';
import type { ApiKeyBody, ApiKeyPageBody } from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { dayAndTime } from '../moments.ts';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { settings as words } from '../words/settings.ts';
import { NewKey } from './new-key.tsx';

/** Who may use the API, with what, and since when. */
export function Keys() {
  const { answer, again } = useAnswer<ApiKeyPageBody>('/v1/keys?limit=500');
  const keys = answer?.ok === true ? answer.body.data : [];
  return (
    <section class="block" aria-labelledby="keys-title">
      <h2 id="keys-title">{say(words.keys)}</h2>
      {answer === null && <Loading />}
      {answer?.ok === false && <Trouble problem={answer.problem} again={again} />}
      {answer?.ok === true && keys.length === 0 && <p class="quiet">{say(words.keysNone)}</p>}
      <ul class="checks">
        {keys.map((key) => (
          <Key key={key.id} known={key} onChange={again} />
        ))}
      </ul>
      {answer?.ok === true && <NewKey onMade={again} />}
    </section>
  );
}

function Key({ known, onChange }: { known: ApiKeyBody; onChange: () => void }) {
  const { id, name, prefix, scopes, lastUsedAt, revokedAt } = known;
  const sure = useSignal(false);
  const problem = useSignal<Problem | null>(null);

  async function revoke(): Promise<void> {
    if (!sure.value) {
      sure.value = true;
      return;
    }
    const answer = await ask(`/v1/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
    problem.value = answer.ok ? null : answer.problem;
    onChange();
  }

  return (
    <li class="setting">
      <p class="setting-head">
        <strong>{name}</strong> <code>{prefix}…</code>
        <span class="small quiet">
          {scopes.map((scope) => say(words.scopes[scope])).join(', ')} ·{' '}
          {lastUsedAt === null ? say(words.neverUsed) : say(words.used)(dayAndTime(lastUsedAt))}
        </span>
      </p>
      {revokedAt === null ? (
        <p class="acts">
          <button
            type="button"
            class={sure.value ? 'plain plain-bad' : 'plain'}
            aria-label={`${say(sure.value ? words.reallyRevoke : words.revoke)}: ${name}`}
            onClick={revoke}
          >
            {say(sure.value ? words.reallyRevoke : words.revoke)}
          </button>
        </p>
      ) : (
        <p class="small quiet">{say(words.revoked)(dayAndTime(revokedAt))}</p>
      )}
      {problem.value !== null && <Trouble problem={problem.value} />}
    </li>
  );
}
