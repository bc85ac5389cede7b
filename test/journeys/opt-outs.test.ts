import { describe, expect, it } from 'vitest';
import type { GatewayOverrides } from '../../src/app.ts';
import type { AuditPageBody } from '../../src/server/contract/audit.ts';
import type { ContactBody, OptOutsBody } from '../../src/server/contract/contact.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { runRecado } from '../support/run-recado.ts';
import { type Page, type RunningGateway, runGateway, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey } from '../support/test-config.ts';

const waId = '558587654321';
const hour = 60 * 60_000;
const now = Math.floor(Date.now() / 1000);

function preference(value: string, ago: number, names: object = { wa_id: waId }): object {
  const body = webhookOf({});
  const text = JSON.stringify(body).replace('"field":"messages"', '"field":"user_preferences"');
  const choice = {
    category: 'marketing_messages',
    value,
    detail: `User asked: ${value}`,
    timestamp: now - ago,
    ...names,
  };
  return JSON.parse(
    text.replace('"messaging_product"', `"user_preferences":[${JSON.stringify(choice)}],"messaging_product"`),
  );
}

async function withAna(overrides: GatewayOverrides = {}): Promise<RunningGateway> {
  const running = await runGateway({ overrides });
  await running.simulator.person(waId, { name: 'Ana Souza' }).writes('Oi');
  await running.settle();
  return running;
}

async function hear(running: RunningGateway, ...bodies: object[]): Promise<void> {
  for (const body of bodies) expect((await running.post(body)).status).toBe(200);
  await running.settle();
}

async function ana(running: RunningGateway): Promise<ContactBody> {
  const [contact] = (await running.api<Page<ContactBody>>('GET', '/v1/contacts')).body.data;
  if (contact === undefined) throw new Error('Nobody is known.');
  return contact;
}

async function notify(running: RunningGateway, purpose: string, to = waId) {
  return running.api<NotificationBody & { code: string; decision: string }>('POST', '/v1/notifications', {
    to,
    text: 'Hoje tem promoção',
    purpose,
  });
}

describe('opting out by a word', () => {
  it('counts the words of the installation too, from when they are decided', async () => {
    const running = await withAna();
    const person = running.simulator.person(waId);
    await person.writes('Fora da lista');
    await running.settle();
    expect((await ana(running)).optOuts).toEqual([]);
    const optOutWords = ['Fora da lista', 'Não quero mais'];
    expect((await running.api('PATCH', '/v1/settings', { optOutWords })).status).toBe(200);
    await person.writes('nao quero mais');
    await running.settle();
    expect((await ana(running)).optOuts).toMatchObject([{ evidence: 'They wrote “nao quero mais”.' }]);
  });

  it('refuses marketing from then on, with the word as evidence, until they take it back', async () => {
    const running = await withAna();
    const person = running.simulator.person(waId);
    await person.writes('Quero sair mais cedo');
    await running.settle();
    expect((await ana(running)).optOuts).toEqual([]);
    await person.writes('SAIR!');
    await running.settle();
    expect((await ana(running)).optOuts).toMatchObject([
      { purpose: 'marketing', evidence: 'They wrote “SAIR!”.' },
    ]);
    const refused = await notify(running, 'marketing');
    expect([refused.status, refused.body.code]).toEqual([422, 'recipient-opted-out']);
    expect((await notify(running, 'transactional')).status).toBe(202);
    // Meta's times are whole seconds, and within one an opt-out wins.
    running.simulator.time.jump(2_000);
    await person.writes('voltar');
    await running.settle();
    expect((await ana(running)).optOuts).toEqual([]);
    expect((await notify(running, 'marketing')).status).toBe(202);
  });
});

describe('opting out by a quick reply', () => {
  it('counts what stands on it, unless it may mean something else', async () => {
    const running = await withAna();
    const tapped = (id: string, text: string) => {
      const button = {
        from: waId,
        id,
        timestamp: String(now),
        type: 'button',
        button: { payload: 'p', text },
      };
      return webhookOf({ messages: [button] });
    };
    await hear(running, tapped('wamid.one', 'Cancelar'));
    expect((await ana(running)).optOuts).toEqual([]);
    await hear(running, tapped('wamid.two', 'Unsubscribe'));
    expect((await ana(running)).optOuts).toMatchObject([{ evidence: 'They tapped “Unsubscribe”.' }]);
  });
});

describe('opting out in WhatsApp', () => {
  it('is shown with the contact, refuses marketing, and leaves the rest alone', async () => {
    const running = await withAna();
    await hear(running, preference('stop', 60));
    expect((await ana(running)).optOuts).toMatchObject([
      { purpose: 'marketing', evidence: 'WhatsApp: User asked: stop' },
    ]);
    const refused = await notify(running, 'marketing');
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'recipient-opted-out', decision: 'refuse' });
    expect((await notify(running, 'transactional')).status).toBe(202);

    await hear(running, preference('resume', 30));
    expect((await ana(running)).optOuts).toEqual([]);
    expect((await notify(running, 'marketing')).status).toBe(202);
  });

  it.each([
    ['an older word comes late', [preference('resume', 30), preference('stop', 60)], 0],
    ['both in the same second', [preference('stop', 30), preference('resume', 30)], 1],
    ['in the other order', [preference('resume', 30), preference('stop', 30)], 1],
  ])('the last word stands: %s', async (_name, bodies, optOuts) => {
    const running = await withAna();
    await hear(running, ...bodies);
    expect((await ana(running)).optOuts).toHaveLength(optOuts);
  });

  it('holds for a person who is known by user id alone, and who never wrote', async () => {
    const running = await runGateway();
    await hear(running, preference('stop', 60, { user_id: 'BR.ana1' }));
    expect((await notify(running, 'marketing', 'BR.ana1')).body.code).toBe('recipient-opted-out');
  });

  it('is learnt from Meta’s error #131050', async () => {
    const running = await withAna();
    const failed = {
      id: 'wamid.other',
      status: 'failed',
      timestamp: String(now),
      recipient_id: waId,
      errors: [{ code: 131050, title: 'User has stopped receipt of marketing messages' }],
    };
    await hear(running, webhookOf({ statuses: [failed] }));
    expect((await ana(running)).optOuts).toMatchObject([{ evidence: 'WhatsApp: #131050' }]);
  });

  it('is obeyed at the moment of sending, though it came after the taking', async () => {
    const clock = testClock();
    const running = await withAna({ clock });
    const taken = await running.api<NotificationBody>('POST', '/v1/notifications', {
      to: waId,
      text: 'Hoje tem promoção',
      purpose: 'marketing',
      notBefore: new Date(clock.now() + hour).toISOString(),
    });
    expect(taken.status).toBe(202);
    await hear(running, preference('stop', 1));
    clock.advance(2 * hour);
    await running.settle();
    const found = await running.api<NotificationBody>('GET', `/v1/notifications/${taken.body.id}`);
    expect(found.body).toMatchObject({
      state: 'failed',
      decision: 'refuse',
      failure: { code: 'recipient-opted-out' },
      attempts: [],
    });
  });
});

describe('opting out by the API and the command line', () => {
  it('holds at once, in every spelling of the number, also for people who never wrote', async () => {
    const running = await runGateway();
    const path = `/v1/contacts/${encodeURIComponent('+55 85 98765-4321')}/opt-outs`;
    const answer = await running.api<OptOutsBody>('POST', path, { evidence: 'At the counter' });
    expect([answer.status, answer.body.data]).toMatchObject([
      200,
      [{ purpose: 'marketing', evidence: 'At the counter' }],
    ]);
    expect((await notify(running, 'marketing')).body.code).toBe('recipient-opted-out');
    expect((await running.api<OptOutsBody>('DELETE', path)).body.data).toEqual([]);
    const audit = await running.api<AuditPageBody>('GET', '/v1/audit');
    expect(audit.body.data.map(({ action }) => action)).toEqual(['contact.opted-out', 'contact.opted-in']);
    expect(JSON.stringify(audit.body)).not.toContain('98765');
  });

  it('is refused for somebody who cannot be, and for a phone that is not ours', async () => {
    const running = await runGateway();
    const body = { evidence: 'x' };
    expect((await running.api('POST', '/v1/contacts/nobody/opt-outs', body)).status).toBe(404);
    expect((await running.api('POST', '/v1/contacts/ct_0000000000000000/opt-outs', body)).status).toBe(404);
    expect((await running.api('POST', `/v1/contacts/${waId}/opt-outs?businessPhone=1`, body)).status).toBe(
      404,
    );
    expect((await running.api('POST', `/v1/contacts/${waId}/opt-outs`, {})).status).toBe(400);
  });

  it('has its commands', async () => {
    const running = await withAna();
    const env = { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey };
    const { id } = await ana(running);
    const out = await runRecado(temporaryFolder(), ['contacts', 'opt-out', id, '--reason', 'By letter'], env);
    expect([out.exitCode, out.stdout]).toMatchObject([0, expect.stringContaining('no marketing messages')]);
    const shown = await runRecado(temporaryFolder(), ['show', id], env);
    expect(shown.stdout).toContain('By letter');
    const list = await runRecado(temporaryFolder(), ['contacts'], env);
    expect(list.stdout).toContain('no marketing');
    await runRecado(temporaryFolder(), ['contacts', 'opt-in', id], env);
    expect((await ana(running)).optOuts).toEqual([]);
  });
});
