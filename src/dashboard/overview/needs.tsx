import { say } from '../language.ts';
import { dayAndTime } from '../moments.ts';
import { Sentence } from '../parts/sentence.tsx';
import { linkTo } from '../route.ts';
import { overview } from '../words/overview.ts';
import type { Need } from './needs.ts';

/** What needs a person: what is wrong, what to do, and the way there. */
export function Needs({ needs }: { needs: readonly Need[] }) {
  return (
    <section class="needs" aria-labelledby="needs-title">
      <h2 id="needs-title" class="caption">
        {say(overview.needsTitle)}
      </h2>
      <ul>
        {needs.map((need) => (
          <NeedRow key={keyOf(need)} need={need} />
        ))}
      </ul>
    </section>
  );
}

function NeedRow({ need }: { need: Need }) {
  switch (need.kind) {
    case 'alarm': {
      const { alarm } = need;
      return (
        <li class={`need need-${alarm.severity}`}>
          <p class="need-title">{alarm.sentence}</p>
          <p>
            <Sentence>{alarm.remedy}</Sentence>
          </p>
          <p class="small quiet">{say(overview.since)(dayAndTime(alarm.raisedAt))}</p>
        </li>
      );
    }
    case 'check':
      return (
        <li class="need need-critical">
          <p class="need-title">{need.check.title}</p>
          <p>
            <Sentence>{need.check.found}</Sentence>
          </p>
          <a href={linkTo(['setup'])}>{say(overview.seeCheck)}</a>
        </li>
      );
    case 'failure': {
      const { failure, count } = need;
      return (
        <li class="need need-warning">
          <p class="need-title">
            {say(overview.failures)(count)}: {failure.title}
          </p>
          <p>
            <Sentence>{failure.remedy}</Sentence>
          </p>
          <a href={linkTo(['notifications'], { failure: failure.code })}>{say(overview.see)}</a>
        </li>
      );
    }
  }
}

function keyOf(need: Need): string {
  switch (need.kind) {
    case 'alarm':
      return need.alarm.id;
    case 'check':
      return `${need.check.check} ${need.check.subject}`;
    case 'failure':
      return need.failure.code;
  }
}
