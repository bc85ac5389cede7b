import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../domain/json.ts';
import { likelyAnswers } from '../open-questions.ts';
import { readSendRequest } from './send-request.ts';

const file = (id: string) => ({ id, url: null, mimeType: null, sha256: null });
const linked = (url: string) => ({ id: null, url, mimeType: null, sha256: null });
const link = 'https://shop.example/menu.pdf';

function bodyOf(type: string, parameter: Json): JsonObject {
  return { messaging_product: 'whatsapp', to: '+558587654321', type, [type]: parameter };
}

function interactive(type: string, action: Json, change: JsonObject = {}): JsonObject {
  return bodyOf('interactive', { type, body: { text: 'Posso ajudar?' }, action, ...change });
}

function replies(...titles: string[]): JsonObject {
  return { buttons: titles.map((title) => ({ type: 'reply', reply: { id: `id-${title}`, title } })) };
}

function sectionOf(count: number): JsonObject {
  const all = Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `Opção ${index}` }));
  return { title: 'Hoje', rows: all };
}

function rowSection(id: string): JsonObject {
  return { title: 'Hoje', rows: [{ id, title: 'Opção' }] };
}

function rows(count: number, change: JsonObject = {}): JsonObject {
  return { button: 'Ver opções', sections: [sectionOf(count)], ...change };
}

function flow(change: JsonObject = {}): JsonObject {
  const parameters = { flow_message_version: '3', flow_id: '77', flow_cta: 'Agendar', ...change };
  return { name: 'flow', parameters };
}

function card(index: number): JsonObject {
  const action = { catalog_id: '1', product_retailer_id: `p${index}` };
  return { card_index: index, type: 'product', action };
}

function products(count: number): JsonObject {
  const items = Array.from({ length: count }, (_, index) => ({ product_retailer_id: `p${index}` }));
  return { catalog_id: '1', sections: [{ title: 'Hoje', product_items: items }] };
}

const question = { kind: 'interactive', body: 'Posso ajudar?', header: null, footer: null, button: null };

describe('every type that Meta takes (meta-facts §7.1)', () => {
  it.each<[string, JsonObject, object]>([
    [
      'image by id, with a caption',
      bodyOf('image', { id: '1', caption: 'O mapa' }),
      { kind: 'image', media: file('1'), caption: 'O mapa' },
    ],
    ['image by link', bodyOf('image', { link }), { kind: 'image', media: linked(link), caption: null }],
    ['video', bodyOf('video', { id: '1' }), { kind: 'video', media: file('1'), caption: null }],
    ['audio', bodyOf('audio', { id: '1' }), { kind: 'audio', media: file('1'), voice: false }],
    ['voice', bodyOf('audio', { id: '1', voice: true }), { kind: 'audio', media: file('1'), voice: true }],
    [
      'document',
      bodyOf('document', { link, caption: 'Cardápio', filename: 'menu.pdf' }),
      { kind: 'document', media: linked(link), caption: 'Cardápio', filename: 'menu.pdf' },
    ],
    ['sticker', bodyOf('sticker', { id: '1' }), { kind: 'sticker', media: file('1'), animated: false }],
    [
      'location',
      bodyOf('location', { latitude: -3.73, longitude: '-38.52', name: 'Loja', address: 'Rua A, 1' }),
      { kind: 'location', latitude: -3.73, longitude: -38.52, name: 'Loja', address: 'Rua A, 1', url: null },
    ],
    [
      'contacts',
      bodyOf('contacts', [
        {
          name: { formatted_name: 'Rui Lima', first_name: 'Rui' },
          phones: [{ phone: '+55 85 3000-0000', type: 'WORK', wa_id: '558530000000' }],
          org: { company: 'Lima' },
          emails: [{ email: 'rui@lima.example', type: 'WORK' }],
          birthday: '1990-01-02',
        },
      ]),
      {
        kind: 'contacts',
        cards: [
          {
            name: 'Rui Lima',
            phones: [{ number: '+55 85 3000-0000', waId: '558530000000', label: 'WORK' }],
            company: 'Lima',
          },
        ],
      },
    ],
    [
      'reaction',
      bodyOf('reaction', { message_id: 'wamid.x', emoji: '👍🏽' }),
      { kind: 'reaction', messageId: 'wamid.x', emoji: '👍🏽' },
    ],
    [
      'reaction taken away',
      bodyOf('reaction', { message_id: 'wamid.x', emoji: '' }),
      { kind: 'reaction', messageId: 'wamid.x', emoji: null },
    ],
    [
      'buttons with header and footer',
      interactive('button', replies('Sim', 'Não'), {
        header: { type: 'image', image: { link } },
        footer: { text: 'Loja' },
      }),
      {
        ...question,
        type: 'button',
        header: { kind: 'image', media: linked(link) },
        footer: 'Loja',
        choices: [
          { kind: 'reply', id: 'id-Sim', title: 'Sim' },
          { kind: 'reply', id: 'id-Não', title: 'Não' },
        ],
      },
    ],
    [
      'list',
      interactive('list', rows(1), { header: { type: 'text', text: 'Horários' } }),
      {
        ...question,
        type: 'list',
        header: { kind: 'text', text: 'Horários' },
        button: 'Ver opções',
        choices: [{ kind: 'row', id: 'r0', title: 'Opção 0', description: null }],
      },
    ],
    [
      'address to open',
      interactive('cta_url', { name: 'cta_url', parameters: { display_text: 'Abrir', url: link } }),
      { ...question, type: 'cta_url', choices: [{ kind: 'link', text: 'Abrir', url: link }] },
    ],
    [
      'request for a location',
      interactive('location_request_message', { name: 'send_location' }),
      {
        ...question,
        type: 'location_request_message',
        choices: [{ kind: 'link', text: 'Send location', url: null }],
      },
    ],
    [
      'Flow',
      interactive('flow', flow({ flow_action: 'navigate', flow_action_payload: { screen: 'A' } })),
      { ...question, type: 'flow', choices: [{ kind: 'link', text: 'Agendar', url: null }] },
    ],
  ])('%s', (_name, body, content) => {
    expect(readSendRequest(body)).toMatchObject({ ok: true, request: { content } });
  });

  it.each([
    ['address_message', { name: 'address_message', parameters: { country: 'IN', values: {} } }],
    ['product', { catalog_id: '1', product_retailer_id: '2' }],
    ['catalog_message', { name: 'catalog_message', parameters: { thumbnail_product_retailer_id: '2' } }],
    ['order_details', { name: 'review_and_pay', parameters: {} }],
    ['order_status', { name: 'review_order', parameters: {} }],
    ['carousel', { cards: [card(0), card(1)] }],
    ['call_permission_request', { name: 'call_permission_request' }],
    ['contact_request', { name: 'request_contact_info' }],
  ])('interactive %s', (type, action) => {
    expect(readSendRequest(interactive(type, action))).toMatchObject({
      ok: true,
      request: { content: { ...question, type, choices: [{ kind: 'link' }] } },
    });
  });

  it('interactive product_list', () => {
    const header = { type: 'text', text: 'Novidades' };
    expect(readSendRequest(interactive('product_list', products(30), { header }))).toMatchObject({
      ok: true,
      request: {
        content: { ...question, type: 'product_list', header: { kind: 'text', text: 'Novidades' } },
      },
    });
  });

  it('takes as many buttons, rows and characters as are allowed', () => {
    const title = 'x'.repeat(20);
    const longRow = { id: 'r', title: 'x'.repeat(24), description: 'x'.repeat(72) };
    for (const body of [
      interactive('button', replies(title, `${title.slice(1)}2`, `${title.slice(1)}3`)),
      interactive('list', rows(10)),
      interactive('list', rows(1, { sections: [{ title: 'A', rows: [longRow] }], button: title })),
      bodyOf('image', { id: '1', caption: '🙂'.repeat(1024) }),
    ]) {
      expect(readSendRequest(body)).toMatchObject({ ok: true });
    }
  });
});

describe('what Meta refuses of each type (meta-facts §5 rows 100, 131008, 131009; §7.1)', () => {
  const longId = replies('Sim');
  longId.buttons = [{ type: 'reply', reply: { id: 'x'.repeat(257), title: 'Sim' } }];

  it.each<[string, JsonObject, number, RegExp]>([
    ['an image without a file', bodyOf('image', {}), 100, /Param image must have either an id or a link/],
    ['an image with two', bodyOf('image', { id: '1', link }), 100, /either an id or a link/],
    ['a link that is none', bodyOf('image', { link: 'menu.pdf' }), 100, /image\['link'\] must be an address/],
    ['a caption too long', bodyOf('video', { id: '1', caption: 'x'.repeat(1025) }), 100, /at most 1024/],
    ['audio with a caption', bodyOf('audio', { id: '1', caption: 'x' }), 100, /Unexpected key "caption"/],
    ['a sticker with a caption', bodyOf('sticker', { id: '1', caption: 'x' }), 100, /Unexpected key/],
    ['an image with a file name', bodyOf('image', { id: '1', filename: 'a.png' }), 100, /Unexpected key/],
    ['a voice that is a word', bodyOf('audio', { id: '1', voice: 'yes' }), 100, /of type boolean/],
    ['no latitude', bodyOf('location', { longitude: 1 }), 131008, /location\['latitude'\] is mandatory/],
    ['a latitude of 91', bodyOf('location', { latitude: 91, longitude: 1 }), 100, /from -90 to 90/],
    ['no contacts', bodyOf('contacts', []), 100, /contacts must not be empty/],
    ['contacts that are an object', bodyOf('contacts', {}), 100, /contacts must be of type array/],
    ['a contact without a name', bodyOf('contacts', [{}]), 131008, /contacts\[0\]\['name'\] is mandatory/],
    [
      'a contact without its whole name',
      bodyOf('contacts', [{ name: { first_name: 'Rui' } }]),
      131008,
      /contacts\[0\]\['name'\]\['formatted_name'\] is mandatory/,
    ],
    ['a reaction to nothing', bodyOf('reaction', { emoji: '👍' }), 131008, /message_id'\] is mandatory/],
    ['a reaction without emoji', bodyOf('reaction', { message_id: 'x' }), 131008, /emoji'\] is mandatory/],
    ['interactive as a text', bodyOf('interactive', 'x'), 100, /interactive must be of type object/],
    ['interactive without a type', bodyOf('interactive', {}), 131008, /interactive\['type'\] is mandatory/],
    ['an unknown interactive type', interactive('poll', {}), 100, /must be one of \{BUTTON, LIST, .*"poll"/],
    ['no body', interactive('button', replies('Sim'), { body: null }), 100, /body'\] must be of type object/],
    ['no action', bodyOf('interactive', { type: 'button', body: { text: 'x' } }), 131008, /action'\]/],
    ['no button', interactive('button', { buttons: [] }), 100, /buttons'\] must not be empty/],
    ['four buttons', interactive('button', replies('1', '2', '3', '4')), 100, /at most 3 entries/],
    ['a title too long', interactive('button', replies('x'.repeat(21))), 100, /title'\] must be at most 20/],
    ['an id too long', interactive('button', longId), 100, /id'\] must be at most 256/],
    ['eleven rows', interactive('list', rows(11)), 100, /at most 10 rows in all/],
    [
      'eleven rows in two sections',
      interactive('list', rows(1, { sections: [sectionOf(6), sectionOf(5)] })),
      100,
      /at most 10 rows in all/,
    ],
    ['a list without its button', interactive('list', { sections: [] }), 131008, /'button'\] is mandatory/],
    [
      'a list under a picture',
      interactive('list', rows(1), { header: { type: 'image', image: { id: '1' } } }),
      100,
      /header'\]\['type'\] must be one of \{TEXT\} - got "image"/,
    ],
    [
      'a header of an unknown type',
      interactive('button', replies('Sim'), { header: { type: 'audio' } }),
      100,
      /must be one of \{TEXT, IMAGE, VIDEO, DOCUMENT\} - got "audio"/,
    ],
    [
      'an id of a row too long',
      interactive('list', rows(1, { sections: [rowSection('x'.repeat(201))] })),
      100,
      /id'\] must be at most 200/,
    ],
    [
      'two sections, one without a title',
      interactive('list', rows(1, { sections: [sectionOf(1), { rows: sectionOf(1).rows ?? [] }] })),
      100,
      /must have a title in each entry/,
    ],
    [
      'two buttons that say the same',
      interactive('button', replies('Sim', 'Sim')),
      100,
      /another title in each/,
    ],
    [
      'a body too long',
      interactive('button', replies('Sim'), { body: { text: 'x'.repeat(1025) } }),
      100,
      /body'\]\['text'\] must be at most 1024/,
    ],
    [
      'a header too long',
      interactive('button', replies('Sim'), { header: { type: 'text', text: 'x'.repeat(61) } }),
      100,
      /at most 60/,
    ],
    [
      'a footer too long',
      interactive('button', replies('Sim'), { footer: { text: 'x'.repeat(61) } }),
      100,
      /at most 60/,
    ],
    [
      'a button that opens no address',
      interactive('cta_url', { name: 'cta_url', parameters: { display_text: 'Abrir', url: 'loja' } }),
      100,
      /url'\] must be an address/,
    ],
    [
      'a product without its catalogue',
      interactive('product', { product_retailer_id: '1' }),
      131008,
      /catalog_id'\] is mandatory/,
    ],
    [
      'a product under a header',
      interactive(
        'product',
        { catalog_id: '1', product_retailer_id: '2' },
        { header: { type: 'text', text: 'x' } },
      ),
      100,
      /header/,
    ],
    ['products without a header', interactive('product_list', products(1)), 131008, /header'\] is mandatory/],
    [
      '31 products',
      interactive('product_list', products(31), { header: { type: 'text', text: 'x' } }),
      100,
      /at most 30/,
    ],
    [
      'a catalogue without its picture',
      interactive('catalog_message', { name: 'catalog_message' }),
      131008,
      /parameters'\] is mandatory/,
    ],
    ['one card', interactive('carousel', { cards: [card(0)] }), 100, /at least 2/],
    ['an order without a name', interactive('order_details', { foo: 1 }), 131008, /name'\] is mandatory/],
    ['a Flow with two names', interactive('flow', flow({ flow_name: 'x' })), 100, /a flow_id or a flow_name/],
    [
      'a Flow of old',
      interactive('flow', flow({ flow_message_version: '2' })),
      100,
      /one of \{3\} - got "2"/,
    ],
    [
      'another action than the type needs',
      interactive('location_request_message', { name: 'cta_url' }),
      100,
      /one of \{SEND_LOCATION\}/,
    ],
    [
      'a request for a contact by another name',
      interactive('contact_request', { name: 'contact' }),
      100,
      /one of \{REQUEST_CONTACT_INFO\}/,
    ],
  ])('%s', (_name, body, code, sentence) => {
    const reading = readSendRequest(body);
    if (reading.ok) throw new Error('It was not refused.');
    expect(reading.refusal.code).toBe(code);
    expect(`${reading.refusal.message} ${reading.refusal.details}`).toMatch(sentence);
  });
});

it('takes above a list as many characters as the one or the other page of Meta says', () => {
  const body = (length: number) => interactive('list', rows(1), { body: { text: 'x'.repeat(length) } });
  expect(readSendRequest(body(4096))).toMatchObject({ ok: true });
  expect(readSendRequest(body(4097))).toMatchObject({ ok: false });
  const shorter = { ...likelyAnswers, listBodyLength: 1024 } as const;
  expect(readSendRequest(body(1024), shorter)).toMatchObject({ ok: true });
  expect(readSendRequest(body(1025), shorter)).toMatchObject({ ok: false });
});

describe('where meta-facts §5 names several codes', () => {
  const others = {
    ...likelyAnswers,
    missingParameter: 100,
    invalidValue: 131009,
    unknownType: 131051,
    forbiddenCharacters: 132007,
  } as const;
  const onTwoLines = {
    name: 'x',
    language: { code: 'pt_BR' },
    components: [{ type: 'body', parameters: [{ type: 'text', text: 'a\nb' }] }],
  };

  it.each<[string, JsonObject, number, number]>([
    ['missing', bodyOf('text', {}), 131008, 100],
    ['of another type', bodyOf('text', { body: 7 }), 100, 131009],
    ['none of the words expected', interactive('poll', {}), 100, 131009],
    ['that names no type of message', bodyOf('poll', {}), 100, 131051],
    ['on two lines', bodyOf('template', onTwoLines), 132018, 132007],
    ['too long, which is 100 either way', bodyOf('text', { body: 'x'.repeat(4097) }), 100, 100],
    ['misspelt, which is 100 either way', bodyOf('text', { body: 'x', boddy: 'x' }), 100, 100],
  ])('a parameter %s', (_name, body, usual, other) => {
    expect(readSendRequest(body)).toMatchObject({ ok: false, refusal: { code: usual } });
    expect(readSendRequest(body, others)).toMatchObject({ ok: false, refusal: { code: other } });
  });
});

it('answers any JSON in the place of a type’s object', () => {
  const types = ['image', 'location', 'contacts', 'reaction', 'interactive', 'template', 'sticker'];
  const words = ['type', 'action', 'body', 'button', 'list', 'name', 'components', 'parameters', 'id'];
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json>('button', 'list', 'body', 'text', 'x', 1, null, true),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...words), tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.constantFrom(...types), tree, (type, parameter) => {
      const reading = readSendRequest(JSON.parse(JSON.stringify(bodyOf(type, null))));
      const other = readSendRequest({ ...bodyOf(type, null), [type]: JSON.parse(JSON.stringify(parameter)) });
      expect([reading.ok, typeof other.ok]).toEqual([false, 'boolean']);
    }),
  );
});
