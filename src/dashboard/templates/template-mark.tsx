import type { TemplateStateBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { templates as words } from '../words/templates.ts';

const known: Readonly<Record<string, keyof typeof words.statuses>> = {
  APPROVED: 'APPROVED',
  PENDING: 'PENDING',
  REJECTED: 'REJECTED',
  PAUSED: 'PAUSED',
  DISABLED: 'DISABLED',
};

/** What Meta says of a template; a word of Meta's that is not known here stands as it is. */
export function TemplateMark({ template: { status } }: { template: TemplateStateBody }) {
  if (status === null) return <span class="mark">{say(words.unread)}</span>;
  const word = known[status];
  const tone = status === 'APPROVED' ? 'mark-good' : status === 'PENDING' ? '' : 'mark-bad';
  return (
    <span class={`mark ${tone}`}>
      {word === undefined ? status.toLowerCase().replaceAll('_', ' ') : say(words.statuses[word])}
    </span>
  );
}
