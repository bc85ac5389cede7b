import type { OpenQuestions } from '../open-questions.ts';
import { placeholdersOf } from './placeholders.ts';
import { readComponents } from './read-components.ts';
import type { MessageTemplate, SimulatedTemplate } from './template.ts';
import type { NewTemplate } from './template-book.ts';
import type { TemplateParts } from './template-parts.ts';

/**
 * A template as it stands in the book, made of one of the simulator's options.
 *
 * @throws TypeError when its `components` are not what the Graph API would take
 */
export function templateOfOption(
  option: SimulatedTemplate,
  wabaId: string,
  questions: OpenQuestions,
): NewTemplate & Pick<MessageTemplate, 'status'> {
  return {
    wabaId,
    name: option.name,
    language: option.language,
    category: option.category ?? 'utility',
    status: option.status,
    parts: partsOf(option, questions),
  };
}

function partsOf(option: SimulatedTemplate, questions: OpenQuestions): TemplateParts {
  const { components } = option;
  if (components === undefined) {
    const body = option.body ?? shortBody(option);
    return { format: 'POSITIONAL', header: null, body, footer: null, buttons: [] };
  }
  const named = placeholdersOf(JSON.stringify(components)).some((name) => !/^\d+$/.test(name));
  const read = readComponents([...components], named ? 'NAMED' : 'POSITIONAL', questions);
  if (read.ok) return read.parts;
  const why = read.refusal.message ?? read.refusal.details;
  throw new TypeError(`The components of the template ${option.name} are not valid: ${why}`);
}

/** The name, then the parameters one after the other. */
function shortBody({ name, bodyParameters }: SimulatedTemplate): string {
  const places = Array.from({ length: bodyParameters }, (_, index) => `{{${index + 1}}}`);
  return [`[${name}]`, ...places].join(' ');
}
