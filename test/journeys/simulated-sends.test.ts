import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { createSimulator, magicRecipients, type SimulatorOptions } from '../../src/simulator/simulator.ts';
import { runGateway } from '../support/running-gateway.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const anaNumber = '558587654321';

/** A simulator whose webhooks go nowhere, with its time stopped; what it would tell is kept. */
async function start(options: SimulatorOptions = {}) {
  const simulator = await createSimulator({ seed: 'a', latency: day, ...options });
  simulator.time.pause();
  onTestFinished(() => simulator.close());
  const told: string[] = [];
  simulator.subscribe((change) => {
    if (change.kind === 'webhook') told.push(change.about);
  });
  const ana = simulator.person(anaNumber, { name: 'Ana Souza' });

  async function call(method: string, path: string, body?: object) {
    const response = await fetch(`${simulator.graphUrl}/v25.0/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${simulator.settings.accessToken}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: z.record(z.string(), z.any()).parse(await response.json()) };
  }

  function send(message: object) {
    return call('POST', `${simulator.settings.phoneNumberId}/messages`, {
      messaging_product: 'whatsapp',
      to: `+${anaNumber}`,
      ...message,
    });
  }

  return { simulator, ana, call, send, told, templates: `${simulator.settings.wabaId}/message_templates` };
}

const statusField = 'message_template_status_update';
const componentsField = 'message_template_components_update';

const statusBody = z.object({
  entry: z.tuple([
    z.object({
      changes: z.tuple([z.object({ value: z.object({ statuses: z.tuple([z.looseObject({})]) }) })]),
    }),
  ]),
});

/** The one status of a body. */
function statusIn(body: unknown) {
  return statusBody.parse(body).entry[0].changes[0].value.statuses[0];
}

const hello = { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } };
const order = {
  name: 'order_ready',
  language: 'pt_BR',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Olá, {{1}}! O pedido está pronto.' }],
};
const orderToAna = {
  type: 'template',
  template: {
    name: 'order_ready',
    language: { code: 'pt_BR' },
    components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }],
  },
};

describe('every type reaches the phone (meta-facts §7.1)', () => {
  it.each<[string, object, object]>([
    ['image', { image: { link: 'https://shop.example/a.png', caption: 'Mapa' } }, { text: 'Mapa' }],
    ['audio', { audio: { link: 'https://shop.example/a.ogg', voice: true } }, { content: { voice: true } }],
    ['location', { location: { latitude: 1, longitude: 2, name: 'Loja' } }, { text: 'Loja' }],
    ['contacts', { contacts: [{ name: { formatted_name: 'Rui' } }] }, { text: 'Rui' }],
    ['reaction', { reaction: { message_id: 'wamid.x', emoji: '👍' } }, { text: '👍' }],
    [
      'interactive',
      {
        interactive: {
          type: 'button',
          body: { text: 'Confirma?' },
          action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Sim' } }] },
        },
      },
      { text: 'Confirma?', content: { choices: [{ kind: 'reply', id: 'yes', title: 'Sim' }] } },
    ],
  ])('%s', async (type, parameter, shown) => {
    const { simulator, ana, send } = await start();
    await ana.writes('Oi');
    expect(await send({ type, ...parameter })).toMatchObject({ status: 200 });
    await simulator.drain();
    expect(ana.messages().at(-1)).toMatchObject({ direction: 'in', kind: type, ...shown });
  });

  it('shows that the business is typing, for 25 seconds (meta-facts §7.2)', async () => {
    const { simulator, ana, send } = await start();
    const { messageId } = await ana.writes('Oi');
    await send({ to: undefined, status: 'read', message_id: messageId, typing_indicator: { type: 'text' } });
    expect(ana.seesTyping()).toBe(true);
    simulator.time.jump(25_000);
    expect(ana.seesTyping()).toBe(false);
  });
});

describe('magic recipients', () => {
  it('fail as their numbers say, at once or by a status, and only while they are on', async () => {
    const { simulator, send, told } = await start();
    for (const { number, code, toldBy } of magicRecipients) {
      const answer = await send({ ...hello, to: number });
      if (toldBy === 'answer') expect(answer.body).toMatchObject({ error: { code } });
      else expect(answer).toMatchObject({ status: 200 });
    }
    await simulator.drain();
    const later = magicRecipients.filter(({ toldBy }) => toldBy === 'status');
    expect(told).toEqual(later.map(() => 'failed'));
    expect(simulator.ledger()).toEqual([]);

    const off = await start({ magicRecipients: false });
    expect(await off.send({ ...hello, to: '+10000003010' })).toMatchObject({ status: 200 });
  });
});

describe('limits (meta-facts §6)', () => {
  it('refuse the 46th message to one person, and then one in six seconds', async () => {
    const { simulator, send } = await start({ throttling: 'as-meta' });
    for (let sent = 0; sent < 45; sent++) expect((await send(hello)).status).toBe(200);
    expect(await send(hello)).toMatchObject({ status: 400, body: { error: { code: 131056 } } });
    expect(simulator.rateBreaches()).toMatchObject([{ code: 131056 }]);
    simulator.time.jump(6_000);
    expect((await send(hello)).status).toBe(200);
  });

  it('count what people write against the throughput', async () => {
    const { simulator, ana, send } = await start({ throttling: 'as-meta' });
    for (let written = 0; written < 80; written++) await ana.writes('Oi');
    expect(await send(hello)).toMatchObject({ body: { error: { code: 130429 } } });
    simulator.time.jump(1000);
    expect((await send(hello)).status).toBe(200);
  });

  it('withhold the third marketing template in 24 hours from one person (#131049)', async () => {
    const sale = { name: 'sale', language: 'en_US', status: 'APPROVED', bodyParameters: 0 };
    const { simulator, send, told } = await start({ templates: [{ ...sale, category: 'marketing' }] });
    simulator.conditions.marketingPerPerson = 2;
    const toAna = { type: 'template', template: { name: 'sale', language: { code: 'en_US' } } };
    for (let sent = 0; sent < 3; sent++) await send(toAna);
    await simulator.drain();
    expect(told.filter((about) => about === 'failed')).toHaveLength(1);
    expect(simulator.ledger()).toHaveLength(2);
    simulator.time.jump(day);
    await send(toAna);
    await simulator.drain();
    expect(simulator.ledger()).toHaveLength(3);
  });

  it('refuse the 251st person outside of a window, for 24 hours', async () => {
    const { simulator, send } = await start({ throttling: 'as-meta' });
    const to = (index: number) => {
      const { waId } = simulator.person(`55119${String(80_000_000 + index)}`);
      return send({ ...hello, to: `+${waId}` });
    };
    for (let index = 0; index < 250; index++) {
      expect((await to(index)).status).toBe(200);
      simulator.time.jump(100);
    }
    expect(await to(250)).toMatchObject({ body: { error: { code: 131048 } } });
    expect((await to(3)).status).toBe(200);
    simulator.time.jump(day);
    expect((await to(250)).status).toBe(200);
  });
});

describe('templates through the Graph API (meta-facts §7.2)', () => {
  it('are pending until their review, then can be sent', async () => {
    const { simulator, ana, call, send, templates, told } = await start();
    const made = await call('POST', templates, order);
    expect(made).toMatchObject({
      status: 200,
      body: { id: expect.stringMatching(/^\d+$/), status: 'PENDING', category: 'UTILITY' },
    });
    expect(await send(orderToAna)).toMatchObject({ status: 404, body: { error: { code: 132001 } } });
    simulator.time.jump(minute);
    await simulator.drain();
    expect(told).toEqual(['message_template_status_update']);
    expect(await send(orderToAna)).toMatchObject({
      body: { messages: [{ message_status: 'accepted' }] },
    });
    await simulator.drain();
    expect(ana.messages()).toMatchObject([{ kind: 'template', text: 'Olá, Ana! O pedido está pronto.' }]);
  });

  it('are reviewed as their names say', async () => {
    const { simulator, call, templates } = await start();
    const names = ['a_scam', 'b_never_reviewed', 'c_recategorised', 'd_paused', 'e_disabled', 'f'];
    for (const name of names) await call('POST', templates, { ...order, name });
    simulator.time.jump(minute);
    await simulator.drain();
    const shown = await call('GET', `${templates}?fields=name,status,category,rejected_reason&limit=100`);
    const rows = z.array(z.record(z.string(), z.string())).parse(shown.body.data);
    const byName = rows.filter((row) => names.includes(String(row.name)));
    expect(byName.map((row) => [row.name, row.status, row.category, row.rejected_reason])).toEqual([
      ['a_scam', 'REJECTED', 'UTILITY', 'SCAM'],
      ['b_never_reviewed', 'PENDING', 'UTILITY', 'NONE'],
      ['c_recategorised', 'APPROVED', 'MARKETING', 'NONE'],
      ['d_paused', 'PAUSED', 'UTILITY', 'NONE'],
      ['e_disabled', 'DISABLED', 'UTILITY', 'NONE'],
      ['f', 'APPROVED', 'UTILITY', 'NONE'],
    ]);
  });

  it('are reviewed again once they are edited, and gone once they are deleted', async () => {
    const { simulator, call, send, templates, told } = await start({
      templateReview: {
        delay: day,
        decide: ({ parts }) => ({ status: parts.body.includes('!') ? 'APPROVED' : 'REJECTED' }),
      },
    });
    const { body } = await call('POST', templates, order);
    simulator.time.jump(day);
    await simulator.drain();
    const edited = { components: [{ type: 'BODY', text: 'Pedido pronto, {{1}}.' }] };
    expect(await call('POST', String(body.id), edited)).toEqual({ status: 200, body: { success: true } });
    expect((await call('GET', `${body.id}?fields=status`)).body).toMatchObject({ status: 'PENDING' });
    simulator.time.jump(day);
    await simulator.drain();
    expect((await call('GET', `${body.id}?fields=status`)).body).toMatchObject({ status: 'REJECTED' });
    expect(await call('DELETE', `${templates}?name=order_ready`)).toMatchObject({ body: { success: true } });
    expect((await send(orderToAna)).body).toMatchObject({ error: { code: 132001 } });
    await simulator.drain();
    expect(told).toEqual([statusField, componentsField, statusField, statusField]);
    expect((await call('DELETE', `${templates}?name=order_ready`)).body).toMatchObject({
      error: { code: 100 },
    });
  });

  it('are reviewed as they are after an edit, not as they were', async () => {
    const { simulator, call, templates } = await start();
    const { body } = await call('POST', templates, order);
    simulator.time.jump(minute / 2);
    await call('POST', String(body.id), { components: [{ type: 'BODY', text: 'Pedido pronto.' }] });
    simulator.time.jump(minute / 2);
    await simulator.drain();
    expect((await call('GET', `${body.id}?fields=status`)).body).toMatchObject({ status: 'PENDING' });
    simulator.time.jump(minute / 2);
    await simulator.drain();
    expect((await call('GET', `${body.id}?fields=status`)).body).toMatchObject({ status: 'APPROVED' });
  });

  it('are listed by pages, with cursors and filters', async () => {
    const { call, templates } = await start();
    for (const name of ['one', 'two', 'three']) await call('POST', templates, { ...order, name });
    const names: string[] = [];
    let path = `${templates}?fields=name&limit=2`;
    for (let page = 0; page < 3; page++) {
      const { body } = await call('GET', path);
      names.push(
        ...z
          .array(z.object({ name: z.string() }))
          .parse(body.data)
          .map(({ name }) => name),
      );
      const next = z.string().optional().parse(body.paging?.next);
      if (next === undefined) break;
      path = next.slice(next.indexOf(templates));
    }
    expect(names).toEqual(['hello_world', 'interview_reminder', 'one', 'two', 'three']);
    expect((await call('GET', path)).body.paging).not.toHaveProperty('next');
    expect((await call('GET', `${templates}?name=two`)).body).toMatchObject({
      data: [{ name: 'two', status: 'PENDING', components: order.components }],
    });
    expect((await call('GET', `${templates}?status=approved`)).body.data).toHaveLength(2);
    expect((await call('GET', `${templates}?name=none`)).body).toEqual({ data: [] });
    expect((await call('GET', `${templates}?after=nothing`)).body).toMatchObject({ error: { code: 131059 } });
    expect((await call('GET', `${templates}?limit=0`)).body).toMatchObject({ error: { code: 100 } });
    expect((await call('GET', `${templates}?fields=colour`)).body).toMatchObject({ error: { code: 100 } });
  });

  it.each<[string, object, number]>([
    ['without a name', { ...order, name: undefined }, 131008],
    ['with a name in capitals', { ...order, name: 'Order' }, 100],
    ['in no language', { ...order, language: 'Portuguese' }, 100],
    ['of an unknown category', { ...order, category: 'NEWS' }, 100],
    ['without components', { ...order, components: undefined }, 131008],
    ['that is there already', { ...order, name: 'interview_reminder' }, 100],
  ])('are refused %s', async (_name, template, code) => {
    const { call, templates } = await start();
    expect(await call('POST', templates, template)).toMatchObject({ status: 400, body: { error: { code } } });
  });

  it('can be paused, rated and held by Meta', async () => {
    const { simulator, send, told } = await start();
    const template = simulator.templates.find(simulator.settings.wabaId, 'hello_world', 'en_US');
    if (template === null) throw new Error('The template is not there.');
    simulator.templates.rate(template, 'RED');
    simulator.templates.decide(template, 'PAUSED');
    expect((await send(hello)).body).toMatchObject({ error: { code: 132015 } });
    simulator.templates.decide(template, 'APPROVED');
    await simulator.drain();
    expect(told).toEqual(['message_template_quality_update', statusField, statusField]);

    template.acceptance = 'held_for_quality_assessment';
    expect((await send(hello)).body).toMatchObject({
      messages: [{ message_status: 'held_for_quality_assessment' }],
    });
    await simulator.drain();
    expect(simulator.ledger()).toEqual([]);
    simulator.releaseHeld();
    await simulator.drain();
    expect(simulator.ledger()).toHaveLength(1);
  });
});

it('sends from the business phone that is asked, whose window is its own', async () => {
  const other = {
    phoneNumberId: '200100200100201',
    displayPhoneNumber: '551132100001',
    wabaId: '300100300100300',
    verifiedName: 'Outra',
    registered: true,
  };
  const { simulator, ana, call, send } = await start({
    furtherBusinessPhones: [other],
    closedWindow: 'answer',
  });
  await ana.writes('Oi');
  const text = { messaging_product: 'whatsapp', to: `+${anaNumber}`, type: 'text', text: { body: 'Olá' } };
  expect((await send(text)).status).toBe(200);
  const fromOther = await call('POST', `${other.phoneNumberId}/messages`, text);
  expect(fromOther.body).toMatchObject({ error: { code: 131047 } });
  await simulator.drain();
  expect(simulator.ledger()).toHaveLength(1);
});

describe('groups (meta-facts §4.3, §7.1, §9)', () => {
  const groups = [{ id: 'Y2FwaV9ncm91cDox', members: [anaNumber, '5511988887777'] }];
  const text = { recipient_type: 'group', type: 'text', text: { body: 'Olá a todos' } };

  it('hear a message once each, with a status for every participant', async () => {
    const receiver = await startWebhookReceiver('x');
    const { simulator, ana, send } = await start({ groups, webhookUrl: receiver.url });
    const answer = await send({ ...text, to: 'Y2FwaV9ncm91cDox' });
    expect(answer.body.messages).toMatchObject([{ group_id: 'Y2FwaV9ncm91cDox' }]);
    await simulator.drain();
    expect(simulator.ledger().map(({ waId, body }) => [waId, body])).toEqual([
      [anaNumber, 'Olá a todos'],
      ['5511988887777', 'Olá a todos'],
    ]);
    expect(ana.messages()).toMatchObject([{ groupId: 'Y2FwaV9ncm91cDox' }]);
    const told = receiver.deliveries.map(({ body }) => statusIn(body));
    expect(told).toHaveLength(4);
    for (const status of ['sent', 'delivered']) {
      for (const recipient_participant_id of [anaNumber, '5511988887777']) {
        expect(told).toContainEqual(
          expect.objectContaining({
            status,
            recipient_id: 'Y2FwaV9ncm91cDox',
            recipient_type: 'group',
            recipient_participant_id,
          }),
        );
      }
    }
  });

  it.each([100, 131009] as const)('are refused with %i when nobody knows them', async (invalidValue) => {
    const { send } = await start({ groups, openQuestions: { invalidValue } });
    expect((await send({ ...text, to: 'other' })).body).toMatchObject({ error: { code: invalidValue } });
  });
});

it('shows which message an answer belongs to', async () => {
  const { simulator, ana, send } = await start();
  const { messageId } = await ana.writes('Oi');
  await send({ type: 'text', text: { body: 'Olá' }, context: { message_id: messageId } });
  await simulator.drain();
  expect(ana.messages()[1]).toMatchObject({ text: 'Olá', answers: messageId });
});

it('answers any call of /messages, whatever its body (meta-facts §5)', async () => {
  const { send } = await start();
  const types = ['text', 'image', 'interactive', 'template', 'contacts', 'location', 'reaction', 'audio'];
  const bodies = fc.record({
    to: fc.constantFrom<unknown>(`+${anaNumber}`, '+10000001047', 'Ana', 7, null),
    type: fc.constantFrom(...types),
    content: fc.jsonValue(),
  });
  await fc.assert(
    fc.asyncProperty(bodies, async ({ to, type, content }) => {
      const { status, body } = await send({ to, type, [type]: content });
      expect(status === 200 ? body : body.error).toMatchObject(
        status === 200 ? { messages: [{}] } : { code: expect.any(Number), message: expect.any(String) },
      );
    }),
  );
});

it.each([
  ['+1 000 000 3010', 133010, 'business-phone-not-registered'],
  ['+1 000 000 1026', 131026, 'recipient-unreachable'],
])('a gateway learns from %s what #%i is', async (to, metaCode, code) => {
  const running = await runGateway();
  const template = { name: 'hello_world', language: 'en_US' };
  const taken = await running.api<{ id: string }>('POST', '/v1/notifications', { to, template });
  await running.settle();
  const { body } = await running.api('GET', `/v1/notifications/${taken.body.id}`);
  expect(body).toMatchObject({ failure: { code, metaCode } });
});
