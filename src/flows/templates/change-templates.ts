import type { Actor, AuditEntry } from '../../domain/audit.ts';
import type { JsonObject } from '../../domain/json.ts';
import { phoneLane } from '../../domain/lane.ts';
import type { BusinessPhones } from '../business-phone-contract.ts';
import type { GraphChange, GraphChanges } from '../setup/graph-changes.ts';
import type { SyncTemplates } from './sync-templates.ts';
import type { TemplateStore } from './template-store.ts';

/** A template to be submitted, in Meta's own members. */
type NewTemplate = {
  name: string;
  language: string;
  category: string;
  parameterFormat: 'POSITIONAL' | 'NAMED';
  components: JsonObject[];
};

/** What came of a change; `no-account`: no business phone of ours has an account and a token. */
export type TemplateChange = GraphChange | { outcome: 'no-account' } | { outcome: 'unknown' };

/** Changes of templates at Meta, after which they are read again. */
export type ChangeTemplates = {
  create(template: NewTemplate, actor: Actor): Promise<TemplateChange>;
  edit(
    name: string,
    change: { language: string; category?: string; components?: JsonObject[] },
    actor: Actor,
  ): Promise<TemplateChange>;
  remove(name: string, actor: Actor): Promise<TemplateChange>;
};

/** Makes the step that submits, edits and deletes templates, in the account of the default business phone. */
export function createChangeTemplates(options: {
  store: Pick<TemplateStore, 'findTemplate'> & { noteAudit(entry: AuditEntry): Promise<unknown> };
  phones: Pick<BusinessPhones, 'defaultId' | 'accountOf' | 'senderOf'>;
  changes: Pick<GraphChanges, 'createTemplate' | 'editTemplate' | 'deleteTemplate'>;
  sync: Pick<SyncTemplates, 'now'>;
  clock: { now(): number };
}): ChangeTemplates {
  const { store, phones, changes, sync, clock } = options;

  function account(): { wabaId: string; accessToken: string } | null {
    const id = phones.defaultId();
    const wabaId = id === null ? null : phones.accountOf(phoneLane(id));
    const sender = id === null ? null : phones.senderOf(phoneLane(id));
    return wabaId === null || sender?.ready !== true ? null : { wabaId, accessToken: sender.accessToken };
  }

  async function done(
    change: GraphChange,
    action: string,
    name: string,
    actor: Actor,
  ): Promise<TemplateChange> {
    if (change.outcome !== 'done') return change;
    await store.noteAudit({ at: clock.now(), actor, action, subject: name, detail: {} });
    await sync.now();
    return change;
  }

  return {
    async create({ name, language, category, parameterFormat, components }, actor) {
      const ours = account();
      if (ours === null) return { outcome: 'no-account' };
      const template: JsonObject = { name, language, category, components };
      if (parameterFormat === 'NAMED') template.parameter_format = parameterFormat;
      return done(await changes.createTemplate({ ...ours, template }), 'template.created', name, actor);
    },
    async edit(name, { language, category, components }, actor) {
      const ours = account();
      if (ours === null) return { outcome: 'no-account' };
      const { template } = await store.findTemplate({ wabaId: ours.wabaId, name, language });
      if (template === null || template.templateId === null) return { outcome: 'unknown' };
      const change = await changes.editTemplate({
        templateId: template.templateId,
        accessToken: ours.accessToken,
        template: {
          ...(category === undefined ? {} : { category }),
          ...(components === undefined ? {} : { components }),
        },
      });
      return done(change, 'template.edited', name, actor);
    },
    async remove(name, actor) {
      const ours = account();
      if (ours === null) return { outcome: 'no-account' };
      return done(await changes.deleteTemplate({ ...ours, name }), 'template.deleted', name, actor);
    },
  };
}
