import { type AccountFact, templateSubject } from '../../../../domain/account-fact.ts';
import type { TemplateDefinition } from '../../../../domain/template.ts';
import type { FoundTemplate, SyncedTemplate } from '../../../../flows/templates/template-store.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { readFactsOf } from './account-facts.ts';

/** Puts what Meta has in its books in the place of all that was known of an account's templates. */
export function replaceTemplates(
  context: StoreContext,
  { wabaId, templates, at }: { wabaId: string; templates: readonly TemplateDefinition[]; at: number },
): void {
  const { database } = context;
  inTransaction(context, () => {
    run(database, 'delete from templates where waba = ?', wabaId);
    for (const template of templates) {
      run(
        database,
        'insert or replace into templates (waba, name, language, value) values (?, ?, ?, ?)',
        wabaId,
        template.name,
        template.language,
        JSON.stringify(template),
      );
    }
    run(database, 'insert or replace into template_syncs (waba, at) values (?, ?)', wabaId, at);
  });
}

/** All templates that are known, by name, language and account. */
export function listTemplates({ database }: StoreContext): SyncedTemplate[] {
  return all<{ value: string; at: number }>(
    database,
    `select value, at from templates join template_syncs using (waba) order by name, language, waba`,
  ).map(({ value, at }) => ({ template: JSON.parse(value), syncedAt: at }));
}

/** One template of an account, with what webhooks told of it. */
export function findTemplate(
  context: StoreContext,
  { wabaId, name, language }: { wabaId: string; name: string; language: string },
): FoundTemplate {
  const { database } = context;
  const sync = get<{ at: number }>(database, 'select at from template_syncs where waba = ?', wabaId);
  const rows = all<{ language: string; value: string }>(
    database,
    'select language, value from templates where waba = ? and name = ? order by language',
    wabaId,
    name,
  );
  const row = rows.find((candidate) => candidate.language === language);
  const facts: AccountFact[] = readFactsOf(
    context,
    templateSubject({ account: `waba:${wabaId}`, name, language }),
  );
  return {
    syncedAt: sync?.at ?? null,
    template: row === undefined ? null : JSON.parse(row.value),
    languages: rows.map((candidate) => candidate.language),
    facts,
  };
}
