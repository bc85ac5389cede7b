import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import { type AccountFact, templateSubject } from '../../src/domain/account-fact.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import type { TemplateDefinition } from '../../src/domain/template.ts';
import { noChanges } from '../../src/flows/lane-state.ts';
import { businessPhoneId } from '../support/test-config.ts';

const wabaId = '300100300100300';

function template(name: string, language: string, body = 'Olá, {{1}}!'): TemplateDefinition {
  return {
    wabaId,
    templateId: '1',
    name,
    language,
    status: 'APPROVED',
    category: 'utility',
    quality: null,
    reason: null,
    named: false,
    header: null,
    body,
    footer: null,
    buttons: [],
    whole: true,
    components: [{ type: 'BODY', text: body }],
  };
}

/** What every engine must do with templates. */
export function templatesContract(engine: string, open: () => Promise<Store>): void {
  describe(`templates on ${engine}`, () => {
    it('are replaced account by account, and listed by name and language', async () => {
      const store = await open();
      expect(await store.listTemplates()).toEqual([]);
      const [b, a] = [template('b', 'pt_BR'), template('a', 'pt_BR')];
      await store.replaceTemplates({ wabaId, templates: [b, a], at: 10 });
      const other = { ...template('a', 'en_US'), wabaId: '9' };
      await store.replaceTemplates({ wabaId: '9', templates: [other], at: 20 });
      expect(await store.listTemplates()).toEqual([
        { template: other, syncedAt: 20 },
        { template: a, syncedAt: 10 },
        { template: b, syncedAt: 10 },
      ]);
      const changed = template('a', 'pt_BR', 'Oi 🙂 "');
      await store.replaceTemplates({ wabaId, templates: [changed], at: 30 });
      expect(await store.listTemplates()).toEqual([
        { template: other, syncedAt: 20 },
        { template: changed, syncedAt: 30 },
      ]);
    });

    it('are found with their languages and with what webhooks told of them', async () => {
      const store = await open();
      const query = { wabaId, name: 'a', language: 'pt_BR' };
      expect(await store.findTemplate(query)).toEqual({
        syncedAt: null,
        template: null,
        languages: [],
        facts: [],
      });
      const [a, english] = [template('a', 'pt_BR'), template('a', 'en_US')];
      await store.replaceTemplates({ wabaId, templates: [a, english], at: 10 });
      const fact: AccountFact = {
        subject: templateSubject({ account: `waba:${wabaId}`, name: 'a', language: 'pt-BR' }),
        at: 20,
        key: 'k',
        replayed: false,
        content: { name: 'template-status', status: 'PAUSED', reason: null, disableDate: null },
      };
      await store.commitLane({
        fence: { lane: phoneLane(businessPhoneId), number: 0 },
        settledAttempts: [],
        changes: { ...noChanges(), accountFacts: [fact] },
      });
      expect(await store.findTemplate(query)).toEqual({
        syncedAt: 10,
        template: a,
        languages: ['en_US', 'pt_BR'],
        facts: [fact],
      });
      expect(await store.findTemplate({ ...query, language: 'es' })).toMatchObject({
        syncedAt: 10,
        template: null,
        languages: ['en_US', 'pt_BR'],
      });
    });
  });
}
