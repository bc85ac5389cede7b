import { type AccountFact, factsNamed } from '../../domain/account-fact.ts';
import type { Lane } from '../../domain/lane.ts';
import type { TemplateContent } from '../../domain/notification-content.ts';
import { placeholdersOf, sendableAs, type TemplateKnowledge } from '../../domain/template.ts';
import { fillTemplate } from '../../whatsapp/fill-template.ts';
import type { SyncTemplates } from './sync-templates.ts';
import type { FoundTemplate, TemplateStore } from './template-store.ts';

/** Says what is known of a template that a lane is to send, and of its values. */
export type LookUpTemplate = (lane: Lane, template: TemplateContent) => Promise<TemplateKnowledge>;

/** How old a bad word about a template may be before Meta is asked again, in milliseconds. */
const STALE_AFTER = 60_000;

/**
 * Makes the step that looks a template up before it is sent. What Meta told by webhook since the last reading counts.
 * A refusal must not come from an old reading: then Meta is asked again first, once a minute at most, unless nobody
 * may wait for that.
 */
export function createLookUpTemplate(options: {
  store: Pick<TemplateStore, 'findTemplate'>;
  /** The account of a lane's business phone; null when nobody said which. */
  accountOf(lane: Lane): string | null;
  /** Null where nobody may wait for Meta. */
  sync: Pick<SyncTemplates, 'now'> | null;
  clock: { now(): number };
}): LookUpTemplate {
  const { store, sync, clock } = options;
  return async (lane, { name, language, components }) => {
    const wabaId = options.accountOf(lane);
    if (wabaId === null) return { known: false };
    const query = { wabaId, name, language: language.replace('-', '_') };
    const found = await store.findTemplate(query);
    if (found.syncedAt === null) return { known: false };
    const knowledge = knowledgeOf(found, components);
    if (sync === null || isGood(knowledge) || clock.now() - found.syncedAt < STALE_AFTER) return knowledge;
    await sync.now();
    return knowledgeOf(await store.findTemplate(query), components);
  };
}

function isGood(knowledge: TemplateKnowledge): boolean {
  if (!knowledge.known) return true;
  const { standing, mistake } = knowledge;
  return (standing === 'sendable' || standing === 'unknown') && mistake === null;
}

function knowledgeOf(found: FoundTemplate, components: TemplateContent['components']): TemplateKnowledge {
  const { template, languages, facts, syncedAt } = found;
  if (template === null) {
    return {
      known: true,
      standing: 'missing',
      status: null,
      category: null,
      mistake: null,
      languages,
      placeholders: null,
    };
  }
  const since = (fact: AccountFact) => fact.at > (syncedAt ?? 0);
  const later = facts.filter(since);
  const status = factsNamed(later, 'template-status')[0]?.content.status ?? template.status;
  const category = factsNamed(later, 'template-category')[0]?.content.category ?? template.category;
  const filling = template.whole ? fillTemplate(template, components) : null;
  return {
    known: true,
    standing: sendableAs(status),
    status,
    category: category?.toLowerCase() ?? null,
    mistake: filling === null || filling.ok ? null : filling.mistake,
    languages,
    placeholders: template.whole ? { named: template.named, body: placeholdersOf(template.body) } : null,
  };
}
