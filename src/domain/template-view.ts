import type { AccountFact } from './account-fact.ts';
import type { TemplateDefinition } from './template.ts';
import { type TemplateState, templateStates } from './template-state.ts';

/** A template in one language, as it is known from Meta's books and from webhooks. */
export type TemplateView = TemplateState & {
  /** As Meta had it in its books; null when it was not read there. */
  definition: TemplateDefinition | null;
  /** When it was read there, in milliseconds. */
  syncedAt: number | null;
};

/** How long after a webhook told of a template it may still be missing in Meta's books, in milliseconds. */
const BOOKS_LATE = 10 * 60_000;

/**
 * All templates that are known, by name, language and account. Of status, quality and category what was told last
 * counts: by a webhook, or by the reading of Meta's books. What was not there long after a webhook told of it is gone.
 */
export function templateViews(
  synced: readonly { template: TemplateDefinition; syncedAt: number }[],
  facts: readonly AccountFact[],
): TemplateView[] {
  const told = byKey(templateStates(facts));
  const newer = new Map<number, Map<string, TemplateState>>();
  function toldSince(time: number): Map<string, TemplateState> {
    const known = newer.get(time) ?? byKey(templateStates(facts.filter(({ at }) => at > time)));
    newer.set(time, known);
    return known;
  }
  const views = synced.map(({ template, syncedAt }): TemplateView => {
    const later = told.get(keyOf(template)) ?? null;
    const since = toldSince(syncedAt).get(keyOf(template));
    return {
      name: template.name,
      language: template.language,
      wabaId: template.wabaId,
      templateId: template.templateId ?? later?.templateId ?? null,
      status: since?.status ?? template.status,
      reason: since?.status == null ? template.reason : since.reason,
      disableDate: later?.disableDate ?? null,
      quality: since?.quality ?? template.quality,
      category: since?.category ?? template.category?.toUpperCase() ?? null,
      formerCategory: later?.formerCategory ?? null,
      plannedCategory: later?.plannedCategory ?? null,
      plannedAt: later?.plannedAt ?? null,
      changedAt: later?.changedAt ?? null,
      definition: template,
      syncedAt,
    };
  });
  const known = new Set(views.map(keyOf));
  const readAt = new Map(synced.map(({ template, syncedAt }) => [template.wabaId, syncedAt]));
  const untold = [...told.values()].filter(
    ({ wabaId, changedAt, ...state }) =>
      !known.has(keyOf({ wabaId, ...state })) &&
      (changedAt ?? 0) + BOOKS_LATE > (readAt.get(wabaId ?? '') ?? 0),
  );
  return [...views, ...untold.map((state) => ({ ...state, definition: null, syncedAt: null }))].sort(
    (one, other) => (keyOf(one) < keyOf(other) ? -1 : 1),
  );
}

function byKey(states: readonly TemplateState[]): Map<string, TemplateState> {
  return new Map(states.map((state) => [keyOf(state), state]));
}

function keyOf({ name, language, wabaId }: Pick<TemplateState, 'name' | 'language' | 'wabaId'>): string {
  return JSON.stringify([name, language, wabaId]);
}
