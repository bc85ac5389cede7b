import { signal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { WhoBody } from '../client/generated.ts';
import { ask, onLoggedOut, type Problem } from './ask.ts';
import { Frame } from './frame.tsx';
import { language } from './language.ts';
import { followFeed, leaveFeed } from './live.ts';
import { Login } from './login.tsx';
import { setNow } from './now.ts';
import { Loading } from './parts/loading.tsx';
import { Trouble } from './parts/trouble.tsx';

type Standing =
  | { is: 'asking' }
  | { is: 'out' }
  | { is: 'in'; who: WhoBody }
  | { is: 'lost'; problem: Problem };

const standing = signal<Standing>({ is: 'asking' });

/** Everything: the login for whom Recado does not know, the pages for the others. */
export function App() {
  useEffect(() => {
    onLoggedOut.tell = () => {
      leaveFeed();
      standing.value = { is: 'out' };
    };
    void enter();
  }, []);

  useSignalEffect(() => {
    if (standing.value.is !== 'in') return;
    // Summaries of events come in the viewer's language, so a change of it begins a stream anew.
    void language.value;
    followFeed();
    return leaveFeed;
  });

  const found = standing.value;
  switch (found.is) {
    case 'asking':
      return <Loading />;
    case 'lost':
      return (
        <main class="alone">
          <Trouble problem={found.problem} again={enter} />
        </main>
      );
    case 'out':
      return <Login onIn={enter} />;
    case 'in':
      return <Frame who={found.who} onOut={leave} />;
  }
}

async function enter(): Promise<void> {
  const answer = await ask<WhoBody>('/v1/session');
  if (answer.ok) {
    setNow(answer.body.now);
    standing.value = { is: 'in', who: answer.body };
  } else if (answer.problem.status !== 401) standing.value = { is: 'lost', problem: answer.problem };
}

async function leave(): Promise<void> {
  await ask('/v1/session', { method: 'DELETE' });
  onLoggedOut.tell();
}
