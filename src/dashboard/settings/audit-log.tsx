import type { AuditEntryBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { dayAndTime } from '../moments.ts';
import { usePages } from '../pages-of.ts';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { settings as words } from '../words/settings.ts';
import { shell } from '../words/shell.ts';

/** What was changed, by whom, and when: the newest first. */
export function AuditLog() {
  const { list, more, again } = usePages<AuditEntryBody>('/v1/audit?limit=20&order=newest', () => false);
  return (
    <section class="block" aria-labelledby="audit-title">
      <h2 id="audit-title">{say(words.audit)}</h2>
      {list === null && <Loading />}
      {list?.problem != null && <Trouble problem={list.problem} again={again} />}
      {list !== null && list.problem === null && list.items.length === 0 && (
        <p class="quiet">{say(words.auditNone)}</p>
      )}
      <ol class="audit">
        {list?.items.map(({ id, at, actor, action, subject }) => (
          <li key={id}>
            <time class="quiet" dateTime={at}>
              {dayAndTime(at)}
            </time>
            <span>{actor.name}</span>
            <code>{action}</code>
            <span class="quiet">{subject}</span>
          </li>
        ))}
      </ol>
      {list?.next != null && (
        <button type="button" class="plain more" onClick={more}>
          {say(shell.more)}
        </button>
      )}
    </section>
  );
}
