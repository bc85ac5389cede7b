import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type {
  ContactBody,
  NotificationBody,
  NotificationPreviewBody,
  NotificationRequest,
  TemplateStateBody,
} from '../../client/generated.ts';
import { ask, type Problem } from '../ask.ts';
import { say } from '../language.ts';
import { now } from '../now.ts';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { conversations as words } from '../words/conversations.ts';
import { DecisionNote } from './decision-note.tsx';
import { TemplateFields } from './template-fields.tsx';

/** Somebody who writes does not want to be judged at each letter. In milliseconds. */
const PAUSE = 350;

/** What stands in the box. */
type Draft = { as: 'text' | 'template'; text: string; template: string; values: readonly string[] };

const emptyDraft: Draft = { as: 'text', text: '', template: '', values: [] };

/** Writes to them: what is in the box, and beside it at once whether it may go, as what, and why. */
export function AnswerBox({
  contact,
  templates,
  onSent,
}: {
  contact: ContactBody;
  templates: readonly TemplateStateBody[];
  onSent: () => void;
}) {
  const draft = useSignal<Draft>(emptyDraft);
  const preview = useSignal<NotificationPreviewBody | null>(null);
  const problem = useSignal<Problem | null>(null);
  const busy = useSignal(false);

  const approved = templates.filter(({ status }) => status === 'APPROVED');
  const request = requestOf(draft.value, recipientOf(contact), approved);
  const question = request === null ? '' : JSON.stringify(request);
  const isOpen = Date.parse(contact.window.closesAt ?? '') > now();

  useEffect(() => {
    problem.value = null;
    if (request === null) {
      preview.value = null;
      return;
    }
    const left = new AbortController();
    const waiting = setTimeout(async () => {
      const answer = await ask<NotificationPreviewBody>('/v1/notifications/preview', {
        method: 'POST',
        body: request,
        signal: left.signal,
      });
      if (left.signal.aborted) return;
      preview.value = answer.ok ? answer.body : null;
      if (!answer.ok) problem.value = answer.problem;
    }, PAUSE);
    return () => {
      clearTimeout(waiting);
      left.abort();
    };
  }, [question, isOpen]);

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (request === null || busy.value) return;
    busy.value = true;
    const answer = await ask<NotificationBody>('/v1/notifications', { method: 'POST', body: request });
    busy.value = false;
    if (answer.ok) draft.value = { ...emptyDraft, as: draft.value.as };
    else problem.value = answer.problem;
    onSent();
  }

  const refused = preview.value?.decision === 'refuse';
  return (
    <form class="answer" onSubmit={send}>
      <fieldset class="answer-kinds">
        <legend class="spoken">{say(words.as)}</legend>
        {(['text', 'template'] as const).map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="kind"
              checked={draft.value.as === kind}
              onChange={() => (draft.value = { ...draft.value, as: kind })}
            />
            <span>{say(kind === 'text' ? words.asText : words.asTemplate)}</span>
          </label>
        ))}
      </fieldset>
      {draft.value.as === 'template' && (
        <TemplateFields
          templates={approved}
          chosen={draft.value.template}
          values={draft.value.values}
          onChange={(template, values) => (draft.value = { ...draft.value, template, values })}
        />
      )}
      {problem.value !== null && <Trouble problem={problem.value} />}
      {problem.value === null && preview.value !== null && (
        <DecisionNote
          preview={preview.value}
          onTemplate={
            draft.value.as === 'text' ? () => (draft.value = { ...draft.value, as: 'template' }) : null
          }
        />
      )}
      <div class="answer-line">
        {draft.value.as === 'text' && (
          <textarea
            rows={1}
            aria-label={say(words.words)}
            placeholder={say(words.placeholder)}
            value={draft.value.text}
            maxLength={4096}
            onInput={(event) => (draft.value = { ...draft.value, text: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void send(event);
            }}
          />
        )}
        <button class="primary send" type="submit" disabled={request === null || refused || busy.value}>
          <Icon name="send" size={18} />
          <span>{say(words.send)}</span>
        </button>
      </div>
    </form>
  );
}

/** Whom to write to, from the number that knows them. */
function recipientOf({
  id,
  waId,
  businessPhoneId,
}: ContactBody): Pick<NotificationRequest, 'to' | 'businessPhone'> {
  return { to: waId ?? id, ...(businessPhoneId === null ? {} : { businessPhone: businessPhoneId }) };
}

/** What the API is asked to send; null while there is nothing to send yet. */
function requestOf(
  draft: Draft,
  recipient: Pick<NotificationRequest, 'to' | 'businessPhone'>,
  templates: readonly TemplateStateBody[],
): NotificationRequest | null {
  if (draft.as === 'text') return draft.text.trim() === '' ? null : { ...recipient, text: draft.text };
  const chosen = templates.find((template) => keyOfTemplate(template) === draft.template);
  if (chosen?.language == null) return null;
  const names = chosen.parameters?.body ?? [];
  const values = names.map((_, index) => draft.values[index] ?? '');
  if (values.some((value) => value.trim() === '')) return null;
  const parameters =
    chosen.parameters?.named === true
      ? Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
      : values;
  return {
    ...recipient,
    template: {
      name: chosen.name,
      language: chosen.language,
      ...(names.length === 0 ? {} : { parameters }),
    },
  };
}

/** What tells a template apart from every other: its name and language. */
export function keyOfTemplate({ name, language }: Pick<TemplateStateBody, 'name' | 'language'>): string {
  return `${name} ${language}`;
}
