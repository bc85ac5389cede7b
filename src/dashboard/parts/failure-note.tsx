import type { FailureBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { conversations } from '../words/conversations.ts';
import { problems } from '../words/problems.ts';
import { Sentence } from './sentence.tsx';

/** Why a message did not get there, and what to do about it. */
export function FailureNote({ failure }: { failure: FailureBody }) {
  const code = failure.metaCode === null ? failure.code : `#${failure.metaCode} · ${failure.code}`;
  return (
    <div class="failure">
      <p class="failure-title">{failure.title}</p>
      {failure.details !== null && <p class="quiet">{failure.details}</p>}
      <p>
        <strong>{say(problems.whatToDo)}:</strong> <Sentence>{failure.remedy}</Sentence>
      </p>
      <p class="small quiet">{say(conversations.code)(code)}</p>
    </div>
  );
}
