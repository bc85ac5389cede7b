import { type AccountFact, type AccountSubject, bySubject, factsNamed, templateOf } from './account-fact.ts';

/** What webhooks told of a template in one language. Null is what none has told. Times are milliseconds. */
export type TemplateState = {
  name: string;
  /** Meta's code with an underscore. */
  language: string | null;
  /** The WhatsApp Business Account that it belongs to. */
  wabaId: string | null;
  templateId: string | null;
  /** Meta's word, such as `APPROVED`, `PAUSED` or `REJECTED`. */
  status: string | null;
  reason: string | null;
  /** When it will be disabled, in Meta's words. */
  disableDate: string | null;
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  quality: string | null;
  category: string | null;
  formerCategory: string | null;
  /** What Meta will make of its category, and when. */
  plannedCategory: string | null;
  plannedAt: number | null;
  changedAt: number | null;
};

/** The states of all templates that facts speak of, by name, language and account. */
export function templateStates(facts: readonly AccountFact[]): TemplateState[] {
  return [...bySubject(facts)]
    .flatMap(([subject, own]) => templateState(subject, own) ?? [])
    .sort((one, other) => compare(sortKey(one), sortKey(other)));
}

function templateState(subject: AccountSubject, facts: readonly AccountFact[]): TemplateState | null {
  const template = templateOf(subject);
  if (template === null) return null;
  const [status] = factsNamed(facts, 'template-status');
  const [category, ...earlier] = factsNamed(facts, 'template-category');
  const [plan] = factsNamed(facts, 'template-plan');
  const former = earlier.find(({ content }) => content.category !== category?.content.category);
  return {
    name: template.name,
    language: template.language,
    wabaId: template.account.startsWith('waba:') ? template.account.slice('waba:'.length) : null,
    templateId: factsNamed(facts, 'template-id')[0]?.content.templateId ?? null,
    status: status?.content.status ?? null,
    reason: status?.content.reason ?? null,
    disableDate: status?.content.disableDate ?? null,
    quality: factsNamed(facts, 'template-quality')[0]?.content.quality ?? null,
    category: category?.content.category ?? null,
    formerCategory: category?.content.former ?? former?.content.category ?? null,
    plannedCategory: plan?.content.category ?? null,
    plannedAt: plan?.content.changesAt ?? null,
    changedAt: facts.length === 0 ? null : Math.max(...facts.map(({ at }) => at)),
  };
}

function sortKey({ name, language, wabaId }: TemplateState): string {
  return JSON.stringify([name, language, wabaId]);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
