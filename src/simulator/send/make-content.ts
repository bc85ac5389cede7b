import { type GraphProblem, problem } from '../graph/graph-error.ts';
import type { PhoneContent } from '../people/phone-content.ts';
import { fillTemplate } from '../templates/fill-template.ts';
import type { MessageTemplate, TemplateAcceptance } from '../templates/template.ts';
import { headerWithMedia, withMedia } from './find-media.ts';
import type { Charged } from './recipient-rules.ts';
import type { SendContent, TemplateRequest } from './send-content.ts';
import type { SendSituation } from './send-situation.ts';

/** What the phone will show, and what it is charged as. */
export type MadeContent = {
  content: PhoneContent;
  category: Charged;
  /** Meta's word about a template that it takes; null for anything else. */
  acceptance: TemplateAcceptance | null;
  /** What is wrong with a file; null when nothing is. */
  problem: GraphProblem | null;
};

/** Finds the files of a message, and fills its template (meta-facts §5 rows 131053, 132000 to 132016). */
export function makeContent(
  content: SendContent,
  situation: SendSituation,
): MadeContent | { refusal: GraphProblem } {
  if (content.kind === 'template') return makeTemplate(content, situation);
  return { ...withMedia(content, situation), category: 'service', acceptance: null };
}

function makeTemplate(
  { name, language, components }: TemplateRequest,
  situation: SendSituation,
): MadeContent | { refusal: GraphProblem } {
  const template = situation.findTemplate(name, language);
  const refusal = refuseTemplate(template, name, language);
  if (template === null || refusal !== null) return { refusal: refusal ?? missing(name, language) };
  const filling = fillTemplate(template, components, situation.questions.templateLimits.body);
  if (!filling.ok) return { refusal: filling.refusal };
  const { header, problem: wrong } = headerWithMedia(filling.content.header, situation);
  return {
    content: { ...filling.content, header },
    category: template.category,
    acceptance: template.acceptance,
    problem: wrong,
  };
}

/** A flagged template can still be sent: it is one that may be disabled later (meta-facts §3.1). */
function refuseTemplate(
  template: MessageTemplate | null,
  name: string,
  language: string,
): GraphProblem | null {
  switch (template?.status) {
    case 'APPROVED':
    case 'FLAGGED':
      return null;
    case 'PAUSED':
      return problem(132015, `Template ${name} is paused for its low quality.`);
    case 'DISABLED':
      return problem(132016, `Template ${name} was paused too often.`);
    default:
      return missing(name, language);
  }
}

function missing(name: string, language: string): GraphProblem {
  return problem(132001, `template name (${name}) does not exist in ${language}`);
}
