import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { type NotificationBody, notificationRequestSchema } from '../../src/server/contract/notification.ts';
import type { ProblemBody } from '../../src/server/contract/problem.ts';
import { messageContent } from '../../src/server/requests/message-content.ts';
import { readSendRequest } from '../../src/simulator/send/send-request.ts';
import { composeMessage } from '../../src/whatsapp/compose-message.ts';
import { mistakenMember } from '../../src/whatsapp/outgoing-body.ts';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { obeysSendCallRules } from '../support/send-call-rules.ts';

const ana = '558587654321';
const link = 'https://shop.example/a';

const buttons = (...titles: string[]) => ({
  type: 'button',
  body: { text: 'Confirma?' },
  action: { buttons: titles.map((title, index) => ({ type: 'reply', reply: { id: `b${index}`, title } })) },
});
const list = {
  type: 'list',
  header: { type: 'text', text: 'Horários' },
  body: { text: 'Quando?' },
  footer: { text: 'Padaria Aurora' },
  action: { button: 'Ver', sections: [{ title: 'Amanhã', rows: [{ id: '10', title: '10:00' }] }] },
};

/** What may be asked for, with what the phone shows of it. */
const everyContent: [string, JsonObject, object][] = [
  ['text', { text: { body: `Veja ${link}`, previewUrl: true } }, { kind: 'text', text: `Veja ${link}` }],
  ['image', { media: { type: 'image', link, caption: 'Mapa' } }, { kind: 'image', text: 'Mapa' }],
  ['video', { media: { type: 'video', link } }, { kind: 'video' }],
  ['voice message', { media: { type: 'audio', link, voice: true } }, { content: { voice: true } }],
  [
    'document',
    { media: { type: 'document', link, filename: 'oferta.pdf' } },
    { content: { kind: 'document', filename: 'oferta.pdf' } },
  ],
  ['sticker', { media: { type: 'sticker', link } }, { kind: 'sticker' }],
  ['location', { location: { latitude: -3.7319, longitude: -38.5267, name: 'Loja' } }, { text: 'Loja' }],
  [
    'contacts',
    { contacts: [{ name: { formatted_name: 'Rui' }, phones: [{ phone: '+55 85 3333-1111' }] }] },
    { text: 'Rui' },
  ],
  ['buttons', { interactive: buttons('Sim', 'Não') }, { text: 'Confirma?' }],
  ['list', { interactive: list }, { content: { button: 'Ver', choices: [{ title: '10:00' }] } }],
  [
    'link',
    {
      interactive: {
        type: 'cta_url',
        header: { type: 'image', image: { link } },
        body: { text: 'Veja' },
        action: { name: 'cta_url', parameters: { display_text: 'Abrir', url: link } },
      },
    },
    { content: { choices: [{ kind: 'link', text: 'Abrir', url: link }] } },
  ],
  [
    'location request',
    {
      interactive: {
        type: 'location_request_message',
        body: { text: 'Onde?' },
        action: { name: 'send_location' },
      },
    },
    { text: 'Onde?' },
  ],
  [
    'Flow',
    {
      interactive: {
        type: 'flow',
        body: { text: 'Agende' },
        action: {
          name: 'flow',
          parameters: {
            flow_message_version: '3',
            flow_id: '1',
            flow_cta: 'Agendar',
            flow_action: 'navigate',
          },
        },
      },
    },
    { text: 'Agende' },
  ],
  [
    'product',
    { interactive: { type: 'product', action: { catalog_id: '1', product_retailer_id: 'x' } } },
    { kind: 'interactive' },
  ],
  [
    'template in short',
    { template: { name: 'interview_reminder', language: 'pt_BR', parameters: ['Ana', 'amanhã'] } },
    { kind: 'template', text: expect.stringContaining('Olá, Ana!') },
  ],
];

const rich = {
  name: 'order_ready',
  language: 'pt_BR',
  category: 'utility',
  components: [
    { type: 'HEADER', format: 'DOCUMENT' },
    { type: 'BODY', text: 'Olá, {{name}}! O pedido {{order}} está pronto.' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Obrigado' },
        { type: 'URL', text: 'Ver', url: 'https://shop.example/{{1}}' },
      ],
    },
  ],
};

async function withAna(simulator: Parameters<typeof runGateway>[0] = {}): Promise<RunningGateway> {
  const running = await runGateway(simulator);
  await running.simulator.person(ana, { name: 'Ana Souza' }).writes('Oi');
  await running.settle();
  return running;
}

describe('every type of message', () => {
  it.each(everyContent)('%s reaches the phone, and stands in the thread', async (_, content, shown) => {
    const running = await withAna();
    const taken = await running.api<NotificationBody>('POST', '/v1/notifications', { to: ana, ...content });
    expect([taken.status, taken.body.state]).toEqual([202, 'queued']);
    await running.settle();
    const { body } = await running.api<NotificationBody>('GET', `/v1/notifications/${taken.body.id}`);
    expect(body).toMatchObject({ state: 'delivered', content: taken.body.content });
    expect(running.simulator.person(ana).messages().at(-1)).toMatchObject(shown);
  });

  it('a reaction, and an answer, name the message that they are about', async () => {
    const running = await withAna();
    const conversations = await running.api<Page<{ id: string }>>('GET', '/v1/conversations');
    const thread = `/v1/conversations/${conversations.body.data[0]?.id}/messages`;
    const messages = await running.api<Page<{ messageId: string }>>('GET', thread);
    const messageId = messages.body.data[0]?.messageId;
    await running.api('POST', '/v1/notifications', { to: ana, reaction: { messageId, emoji: '👍' } });
    await running.api('POST', '/v1/notifications', { to: ana, text: 'Oi, Ana', replyTo: messageId });
    await running.settle();
    const sent = running.simulator.requests().filter(({ path }) => path.endsWith('/messages'));
    expect(sent.map(({ body }) => body)).toMatchObject([
      { reaction: { message_id: messageId, emoji: '👍' } },
      { context: { message_id: messageId }, text: { body: 'Oi, Ana' } },
    ]);
    const after = await running.api<Page<object>>('GET', thread);
    expect(after.body.data.slice(1)).toMatchObject([
      { direction: 'out', type: 'reaction', text: '👍' },
      { direction: 'out', type: 'text', text: 'Oi, Ana' },
    ]);
  });

  it('is marked as read with typing, and refused where there is nothing to read', async () => {
    const running = await withAna();
    const { body } = await running.api<Page<{ id: string }>>('GET', '/v1/conversations');
    const mark = await running.api('POST', `/v1/conversations/${body.data[0]?.id}/read`, { typing: true });
    expect(mark).toMatchObject({ status: 200, body: { typing: true } });
    const person = running.simulator.person(ana);
    expect(person.seesTyping()).toBe(true);
    running.simulator.expireToken();
    const refused = await running.api<ProblemBody>('POST', `/v1/conversations/${body.data[0]?.id}/read`, {});
    expect([refused.status, refused.body.code]).toEqual([422, 'read-mark-refused']);
    expect(refused.body.detail).toContain('#190');
  });

  it('a template with header, named values and buttons, in short and in full', async () => {
    const running = await withAna({
      simulator: {
        templates: [{ ...rich, category: 'utility', status: 'APPROVED', bodyParameters: 2 }],
      },
    });
    const short = {
      name: 'order_ready',
      language: 'pt_BR',
      header: { type: 'document', link: 'https://shop.example/nota.pdf', filename: 'nota.pdf' },
      parameters: { name: 'Ana', order: '4711' },
      buttons: [
        { index: 0, payload: 'thanks' },
        { index: 1, urlSuffix: '4711' },
      ],
    };
    const full = {
      name: 'order_ready',
      language: 'pt_BR',
      components: [
        {
          type: 'header',
          parameters: [
            {
              type: 'document',
              document: { link: 'https://shop.example/nota.pdf', filename: 'nota.pdf' },
            },
          ],
        },
        {
          type: 'body',
          parameters: [
            { type: 'text', parameter_name: 'name', text: 'Ana' },
            { type: 'text', parameter_name: 'order', text: '4711' },
          ],
        },
        {
          type: 'button',
          sub_type: 'quick_reply',
          index: '0',
          parameters: [{ type: 'payload', payload: 'thanks' }],
        },
        { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: '4711' }] },
      ],
    };
    for (const template of [short, full]) {
      const { status, body } = await running.api<NotificationBody>('POST', '/v1/notifications', {
        to: ana,
        template,
      });
      expect(status).toBe(202);
      expect(body.content).toMatchObject({ components: full.components });
    }
  });

  it('a group, by its id', async () => {
    const running = await runGateway({ simulator: { groups: [{ id: 'Y2FwaV9ncm91cDox', members: [ana] }] } });
    const { status, body } = await running.api<NotificationBody>('POST', '/v1/notifications', {
      to: 'group:Y2FwaV9ncm91cDox',
      text: 'Bom dia',
    });
    expect([status, body.decision]).toEqual([202, 'free-form']);
    await running.settle();
    const found = await running.api<NotificationBody>('GET', `/v1/notifications/${body.id}`);
    expect(found.body).toMatchObject({ state: 'delivered', contactId: null });
    const { body: conversations } = await running.api<Page<object>>('GET', '/v1/conversations');
    expect(conversations.data).toContainEqual(
      expect.objectContaining({ groupId: 'Y2FwaV9ncm91cDox', contactId: null }),
    );
  });
});

describe('what WhatsApp would refuse is refused before anything is kept', () => {
  const refused: [string, JsonObject, string, string][] = [
    ['nothing', {}, 'text', 'exactly one of them'],
    ['two things', { text: 'Oi', reaction: { messageId: 'x', emoji: '' } }, 'text', 'found `text` and'],
    ['a file twice', { media: { type: 'image', id: '1', link } }, 'media.id', 'exactly one of them'],
    ['a file nowhere', { media: { type: 'image' } }, 'media.id', 'exactly one of them'],
    ['no such type', { media: { type: 'gif', link } }, 'media.type', 'one of `image`'],
    [
      'a long caption',
      { media: { type: 'image', link, caption: 'x'.repeat(1025) } },
      'media.caption',
      'at most 1024 characters, and has 1025',
    ],
    ['a caption on a voice', { media: { type: 'audio', link, caption: 'x' } }, 'media.caption', 'belongs to'],
    ['a far place', { location: { latitude: 91, longitude: 0 } }, 'location.latitude', 'from -90 to 90'],
    ['a nameless card', { contacts: [{ name: {} }] }, 'contacts.0.name.formatted_name', 'is needed'],
    [
      'a long title',
      { interactive: buttons('x'.repeat(21)) },
      'interactive.action.buttons.0.reply.title',
      'at most 20 characters, and has 21',
    ],
    [
      'four buttons',
      { interactive: buttons('1', '2', '3', '4') },
      'interactive.action.buttons',
      'at most 3 entries',
    ],
    [
      'eleven rows',
      {
        interactive: {
          ...list,
          action: {
            button: 'Ver',
            sections: [{ rows: Array.from({ length: 11 }, (_, id) => ({ id: `${id}`, title: 'x' })) }],
          },
        },
      },
      'interactive.action.sections',
      'at most 10 rows in all, and has 11',
    ],
    ['no such interactive', { interactive: { type: 'poll' } }, 'interactive.type', 'one of `button`'],
    [
      'a component of another kind',
      { template: { name: 'a', language: 'en', components: [{ type: 'foot' }] } },
      'template.components.0.type',
      'one of `header`, `body`, `button`',
    ],
    [
      'values twice',
      { template: { name: 'a', language: 'en', parameters: ['x'], components: [] } },
      'template.components',
      'leave out `parameters`',
    ],
    [
      'a button without its value',
      { template: { name: 'a', language: 'en', buttons: [{ index: 0 }] } },
      'template.buttons.0',
      'exactly one of',
    ],
  ];

  it('with the path of the member, what was found and what is allowed', async () => {
    const running = await runGateway();
    for (const [name, content, path, message] of refused) {
      const request = { to: ana, ...content };
      const { status, body } = await running.api<ProblemBody>('POST', '/v1/notifications', request);
      expect([name, status, body.code]).toEqual([name, 400, 'request-malformed']);
      expect(body.errors).toContainEqual(
        expect.objectContaining({ path, message: expect.stringContaining(message) }),
      );
    }
    expect((await running.api<Page<object>>('GET', '/v1/notifications')).body.data).toEqual([]);
  });
});

describe('what the door takes, Meta takes', () => {
  const words = (longest: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength: longest });
  const file = fc.oneof(fc.record({ id: fc.stringMatching(/^[1-9]\d{5,15}$/) }), fc.constant({ link }));
  const media = fc
    .tuple(
      fc.constantFrom('image', 'video', 'audio', 'document', 'sticker'),
      file,
      fc.record({ caption: words(1100), filename: words(40), voice: fc.boolean() }, { requiredKeys: [] }),
    )
    .map(([type, one, more]) => ({ media: { type, ...one, ...more } }));
  const interactive = fc.oneof(
    fc.array(words(22), { maxLength: 4 }).map((titles) => ({ interactive: buttons(...titles) })),
    fc.array(fc.record({ id: words(5), title: words(26) }), { maxLength: 12 }).map((rows) => ({
      interactive: { ...list, action: { button: 'Ver', sections: [{ rows }] } },
    })),
  );
  const template = fc
    .record(
      {
        parameters: fc.oneof(fc.array(words(20)), fc.dictionary(fc.stringMatching(/^[a-z_]+$/), words(20))),
        buttons: fc.array(fc.record({ index: fc.nat(9), payload: words(9) })),
      },
      { requiredKeys: [] },
    )
    .map((values) => ({ template: { name: 'a', language: 'en', ...values } }));
  const place = fc
    .record({ latitude: fc.double({ noNaN: true }), longitude: fc.double({ noNaN: true }) })
    .map((location) => ({ location }));

  it('whatever the contract lets through is composed into a body that the simulator reads', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(media, interactive, template, place), (content) => {
        const request = notificationRequestSchema.safeParse({ to: ana, ...content });
        if (!request.success) return;
        taken += 1;
        const body = composeMessage({
          address: { to: `+${ana}` },
          content: messageContent(request.data),
          callbackData: 'nt_0000000000000001',
        });
        expect(mistakenMember(body)).toBeNull();
        expect(obeysSendCallRules(JSON.parse(JSON.stringify(body)))).toBe(true);
        const reading = readSendRequest(JSON.parse(JSON.stringify(body)));
        // A value with a line break is for Meta to judge: it depends on the template.
        if (!reading.ok) expect(reading.refusal).toMatchObject({ code: 132018 });
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});
