import type { AccountFact } from '../../domain/account-fact.ts';
import type { TemplateDefinition } from '../../domain/template.ts';

/** A template with the time when Meta was asked for it, in milliseconds. */
export type SyncedTemplate = { template: TemplateDefinition; syncedAt: number };

/** What is known of one template. */
export type FoundTemplate = {
  /** When the account's templates were read the last time, in milliseconds; null when never. */
  syncedAt: number | null;
  template: TemplateDefinition | null;
  /** The languages in which there is one of this name. */
  languages: string[];
  /** What webhooks told of it. */
  facts: AccountFact[];
};

/** What the flows of templates ask of the store. */
export type TemplateStore = {
  /** Puts what Meta has in its books in the place of all that was known of an account's templates. */
  replaceTemplates(change: {
    wabaId: string;
    templates: readonly TemplateDefinition[];
    at: number;
  }): Promise<void>;
  listTemplates(): Promise<SyncedTemplate[]>;
  findTemplate(query: { wabaId: string; name: string; language: string }): Promise<FoundTemplate>;
};
