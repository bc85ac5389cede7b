import type { Problem } from '../ask.ts';
import { say } from '../language.ts';
import { problems } from '../words/problems.ts';
import { Sentence } from './sentence.tsx';

/** Why something could not be done, and what to do about it. */
export function Trouble({ problem, again }: { problem: Problem; again?: () => void }) {
  const title = problem.code === 'scope-missing' ? say(problems.mayNot) : problem.title;
  return (
    <div class="trouble" role="alert">
      <p class="trouble-title">{title}</p>
      {problem.detail !== '' && problem.detail !== title && (
        <p>
          <Sentence>{problem.detail}</Sentence>
        </p>
      )}
      {problem.remedy !== '' && (
        <p>
          <strong>{say(problems.whatToDo)}:</strong> <Sentence>{problem.remedy}</Sentence>
        </p>
      )}
      {again !== undefined && (
        <button type="button" class="plain" onClick={again}>
          {say(problems.again)}
        </button>
      )}
    </div>
  );
}
