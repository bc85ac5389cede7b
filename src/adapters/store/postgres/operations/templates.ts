import { type AccountFact, templateSubject } from '../../../../domain/account-fact.ts';
import type { TemplateDefinition } from '../../../../domain/template.ts';
import type { FoundTemplate, SyncedTemplate } from '../../../../flows/templates/template-store.ts';
import type { PostgresContext } from '../context.ts';
import { rowsParameter } from '../safe-text.ts';
import { readFactsOf } from './account-facts.ts';

/** Puts what Meta has in its books in the place of all that was known of an account's templates. */
export async function replaceTemplates(
  { database }: PostgresContext,
  { wabaId, templates, at }: { wabaId: string; templates: readonly TemplateDefinition[]; at: number },
): Promise<void> {
  // Of a name and language that Meta lists twice the last one stands.
  const rows = new Map(templates.map((template) => [`${template.name} ${template.language}`, template]));
  await database.commit([
    {
      sql: `insert into template_syncs (waba, at) values ($1, $2)
        on conflict (waba) do update set at = excluded.at`,
      values: [wabaId, at],
    },
    { sql: 'delete from templates where waba = $1', values: [wabaId] },
    {
      sql: `insert into templates (waba, name, language, value)
        select $1, name, language, value from jsonb_to_recordset($2::jsonb) as given (name text, language text, value text)`,
      values: [
        wabaId,
        rowsParameter(
          [...rows.values()].map((template) => ({
            name: template.name,
            language: template.language,
            value: JSON.stringify(template),
          })),
        ),
      ],
    },
  ]);
}

/** All templates that are known, by name, language and account. */
export async function listTemplates({ database }: PostgresContext): Promise<SyncedTemplate[]> {
  const rows = await database.all<{ value: string; at: number }>(
    'select value, at from templates join template_syncs using (waba) order by name, language, waba',
  );
  return rows.map(({ value, at }) => ({ template: JSON.parse(value), syncedAt: at }));
}

/** One template of an account, with what webhooks told of it. */
export async function findTemplate(
  context: PostgresContext,
  { wabaId, name, language }: { wabaId: string; name: string; language: string },
): Promise<FoundTemplate> {
  const { database } = context;
  const [sync, rows, facts]: [
    { at: number } | undefined,
    { language: string; value: string }[],
    AccountFact[],
  ] = await Promise.all([
    database.get<{ at: number }>('select at from template_syncs where waba = $1', wabaId),
    database.all<{ language: string; value: string }>(
      'select language, value from templates where waba = $1 and name = $2 order by language',
      wabaId,
      name,
    ),
    readFactsOf(context, templateSubject({ account: `waba:${wabaId}`, name, language })),
  ]);
  const row = rows.find((candidate) => candidate.language === language);
  return {
    syncedAt: sync?.at ?? null,
    template: row === undefined ? null : JSON.parse(row.value),
    languages: rows.map((candidate) => candidate.language),
    facts,
  };
}
