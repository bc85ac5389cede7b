import type { NotificationPreviewBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { until } from '../moments.ts';
import { Sentence } from '../parts/sentence.tsx';
import { conversations as words } from '../words/conversations.ts';
import { problems } from '../words/problems.ts';

/** Whether what stands in the box may go now, as what, and why; with the way out where it may not. */
export function DecisionNote({
  preview,
  onTemplate,
}: {
  preview: NotificationPreviewBody;
  onTemplate: (() => void) | null;
}) {
  const { decision, because, failure, window } = preview;
  const { closesAt } = window;
  const open = closesAt === null ? because : say(words.windowOpen)(until(closesAt));
  const reasons = { 'free-form': open, template: say(words.templateAlways), hold: because, refuse: because };
  return (
    <div class={`decision decision-${decision}`} role="status">
      <p>
        <strong>{say(words.willGo[decision])}.</strong> {failure?.title ?? reasons[decision]}
      </p>
      {failure !== null && (
        <p>
          <strong>{say(problems.whatToDo)}:</strong> <Sentence>{failure.remedy}</Sentence>
        </p>
      )}
      {decision === 'refuse' && onTemplate !== null && (
        <button type="button" class="plain" onClick={onTemplate}>
          {say(words.useTemplate)}
        </button>
      )}
    </div>
  );
}
