import type { TemplateStateBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { conversations as words } from '../words/conversations.ts';
import { keyOfTemplate } from './answer-box.tsx';
import { filled } from './template-words.ts';

/** Which template to send, the values for its placeholders, and how it will read. */
export function TemplateFields({
  templates,
  chosen,
  values,
  onChange,
}: {
  templates: readonly TemplateStateBody[];
  chosen: string;
  values: readonly string[];
  onChange: (chosen: string, values: readonly string[]) => void;
}) {
  if (templates.length === 0) return <p class="hint">{say(words.noTemplates)}</p>;
  const found = templates.find((template) => keyOfTemplate(template) === chosen);
  const names = found?.parameters?.body ?? [];
  return (
    <div class="template-fields">
      <select
        aria-label={say(words.chooseTemplate)}
        value={chosen}
        onChange={(event) => onChange(event.currentTarget.value, [])}
      >
        <option value="">{say(words.chooseTemplate)}</option>
        {templates.map((template) => (
          <option key={keyOfTemplate(template)} value={keyOfTemplate(template)}>
            {`${template.name} (${template.language})`}
          </option>
        ))}
      </select>
      {names.map((name, index) => (
        <input
          key={name}
          aria-label={say(words.value)(name)}
          placeholder={say(words.value)(name)}
          value={values[index] ?? ''}
          onInput={(event) =>
            onChange(
              chosen,
              names.map((_, place) => (place === index ? event.currentTarget.value : (values[place] ?? ''))),
            )
          }
        />
      ))}
      {found?.body != null && (
        <p class="template-preview" dir="auto">
          {filled(found.body, new Map(names.map((name, index) => [name, values[index] ?? ''])))}
        </p>
      )}
    </div>
  );
}
