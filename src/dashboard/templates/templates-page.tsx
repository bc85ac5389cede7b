import { useComputed, useSignal } from '@preact/signals';
import type { TemplatePageBody, TemplateStateBody } from '../../client/generated.ts';
import { useAnswer } from '../answers.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { linkTo, route } from '../route.ts';
import { templates as words } from '../words/templates.ts';
import { TemplateDetail } from './template-detail.tsx';
import { TemplateMark } from './template-mark.tsx';

/** The templates that Meta has of this business, and beside them one. On a small screen one of the two. */
export function TemplatesPage() {
  const open = useComputed(() => route.value.slice(1).join('/'));
  const { answer, again } = useAnswer<TemplatePageBody>('/v1/templates', ({ kind }) => kind === 'template');
  const problem = useSignal<Problem | null>(null);
  const reading = useSignal(false);
  const known = answer?.ok === true ? answer.body.data : [];
  const chosen = known.find((template) => keyOf(template) === open.value);

  async function sync(): Promise<void> {
    reading.value = true;
    const done = await ask('/v1/templates/sync', { method: 'POST' });
    reading.value = false;
    problem.value = done.ok ? null : done.problem;
    again();
  }

  return (
    <div class={chosen === undefined ? 'pair' : 'pair pair-open'}>
      <section class="list" aria-labelledby="templates-title">
        <h1 id="templates-title">{say(words.title)}</h1>
        <p class="list-filter">
          <button type="button" class="plain" disabled={reading.value} onClick={sync}>
            {say(words.sync)}
          </button>
        </p>
        {problem.value !== null && <Trouble problem={problem.value} />}
        {answer === null && <Loading />}
        {answer?.ok === false && <Trouble problem={answer.problem} again={again} />}
        {answer?.ok === true && known.length === 0 && (
          <Empty title={say(words.none)}>
            <p>{say(words.noneWhy)}</p>
          </Empty>
        )}
        <ul>
          {known.map((template) => (
            <li key={keyOf(template)}>
              <a
                class="item"
                href={linkTo(['templates', ...keyOf(template).split('/')])}
                aria-current={template === chosen ? 'true' : undefined}
              >
                <span class="item-head">
                  <span class="item-name">{template.name}</span>
                  <span class="small quiet">{template.language}</span>
                </span>
                <TemplateMark template={template} />
              </a>
            </li>
          ))}
        </ul>
      </section>
      {chosen === undefined ? (
        <div class="pair-none">
          <Empty title={say(words.choose)} />
        </div>
      ) : (
        <TemplateDetail key={keyOf(chosen)} template={chosen} />
      )}
    </div>
  );
}

/** One name may stand in several languages and accounts. */
function keyOf({ wabaId, name, language }: TemplateStateBody): string {
  return [name, language ?? '-', wabaId ?? '-'].join('/');
}
