import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../domain/json.ts';
import { readSendRequest } from './send-request.ts';

const text = { messaging_product: 'whatsapp', to: '+558587654321', type: 'text', text: { body: 'Olá' } };
const template = {
  messaging_product: 'whatsapp',
  to: '+558587654321',
  type: 'template',
  template: {
    name: 'interview_reminder',
    language: { code: 'pt_BR' },
    components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }],
  },
};
const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.x' };

function textWith(change: JsonObject): JsonObject {
  return { ...text, ...change };
}

function templateWith(change: JsonObject): JsonObject {
  return { ...template, template: { ...template.template, ...change } };
}

function parameters(...list: Json[]): JsonObject {
  return templateWith({ components: [{ type: 'body', parameters: list }] });
}

describe('what Meta takes (meta-facts §7.1, §7.2)', () => {
  const number = { kind: 'number', input: '+558587654321', digits: '558587654321' };
  const message = (change: object) => ({ kind: 'message', replyTo: null, callbackData: null, ...change });
  const olá = { kind: 'text', body: 'Olá' };
  const reminder = {
    kind: 'template',
    name: 'interview_reminder',
    language: 'pt_BR',
    components: [
      { type: 'body', subType: null, index: null, parameters: [{ kind: 'text', text: 'Ana', name: null }] },
    ],
  };

  it.each<[string, Json, object]>([
    ['text', text, message({ address: number, content: olá })],
    [
      'text without a type',
      { messaging_product: 'whatsapp', to: '+558587654321', text: { body: 'Olá' } },
      message({ address: number, content: olá }),
    ],
    [
      'everything optional',
      textWith({
        recipient_type: 'individual',
        context: { message_id: 'wamid.x' },
        biz_opaque_callback_data: 'nt_1',
        text: { body: 'Olá', preview_url: true },
      }),
      message({ address: number, content: olá, replyTo: 'wamid.x', callbackData: 'nt_1' }),
    ],
    [
      'a number without the plus sign',
      textWith({ to: '558587654321' }),
      message({ address: { ...number, input: '558587654321' }, content: olá }),
    ],
    [
      'a group',
      textWith({ recipient_type: 'group', to: 'Y2FwaV9ncm91cDox' }),
      message({ address: { kind: 'group', input: 'Y2FwaV9ncm91cDox' }, content: olá }),
    ],
    [
      'a number as people type it',
      textWith({ to: '+55 (85) 8765-4321' }),
      message({ address: { ...number, input: '+55 (85) 8765-4321' }, content: olá }),
    ],
    [
      'a user id',
      { messaging_product: 'whatsapp', recipient: 'BR.13491208655302741918', text: { body: 'Olá' } },
      message({ address: { kind: 'user_id', input: 'BR.13491208655302741918' }, content: olá }),
    ],
    [
      'both: `to` wins',
      textWith({ recipient: 'BR.13491208655302741918' }),
      message({ address: number, content: olá }),
    ],
    [
      '4,096 emoji',
      textWith({ text: { body: '🙂'.repeat(4096) } }),
      message({ address: number, content: { kind: 'text', body: '🙂'.repeat(4096) } }),
    ],
    [
      'template',
      template,
      message({
        address: number,
        content: reminder,
      }),
    ],
    [
      'template with a component in capitals',
      templateWith({ components: [{ type: 'BODY', parameters: [{ type: 'text', text: 'Ana' }] }] }),
      message({
        address: number,
        content: reminder,
      }),
    ],
    [
      'template without components',
      { ...template, template: { name: 'hello_world', language: { code: 'en_US' } } },
      message({
        address: number,
        content: { kind: 'template', name: 'hello_world', language: 'en_US', components: [] },
      }),
    ],
    ['mark as read', read, { kind: 'read', messageId: 'wamid.x', typing: false }],
    [
      'mark as read, typing',
      { ...read, typing_indicator: { type: 'text' } },
      { kind: 'read', messageId: 'wamid.x', typing: true },
    ],
  ])('%s', (_name, body, request) => {
    expect(readSendRequest(body)).toEqual({ ok: true, request });
  });
});

describe('what Meta refuses (meta-facts §5)', () => {
  it.each<[string, Json, number, RegExp]>([
    ['no body', null, 100, /parameter messaging_product is required/],
    ['a body that is a list', [], 100, /parameter messaging_product is required/],
    [
      'no messaging_product',
      { to: text.to, text: text.text },
      100,
      /parameter messaging_product is required/,
    ],
    [
      'another product',
      textWith({ messaging_product: 'sms' }),
      100,
      /messaging_product must be one of \{WHATSAPP\} - got "sms"/,
    ],
    ['no recipient', { messaging_product: 'whatsapp', text: text.text }, 100, /parameter to is required/],
    ['a number that is a number', textWith({ to: 558587654321 }), 100, /Param to must be of type string/],
    ['an empty recipient', textWith({ to: '' }), 100, /Param to must not be empty/],
    ['nonsense as a number', textWith({ to: 'Ana' }), 131009, /'to' is not a phone number/],
    [
      'nonsense as a user id',
      { messaging_product: 'whatsapp', recipient: 'Ana', text: text.text },
      131009,
      /'recipient' is not/,
    ],
    ['an unknown type', textWith({ type: 'telegram' }), 100, /Param type must be one of .* - got "telegram"/],
    ['a misspelt parameter', textWith({ recepient: 'x' }), 100, /Unexpected key "recepient"/],
    [
      'a misspelt parameter within',
      textWith({ text: { body: 'Olá', previewUrl: true } }),
      100,
      /Unexpected key "previewUrl" on param "text"/,
    ],
    ['no text', { ...text, text: null }, 100, /Param text must be of type object/],
    [
      'text left out',
      { messaging_product: 'whatsapp', to: text.to, type: 'text' },
      131008,
      /Parameter text is mandatory/,
    ],
    ['a text that is a string', textWith({ text: 'Olá' }), 100, /Param text must be of type object/],
    ['a body left out', textWith({ text: {} }), 131008, /Parameter text\['body'\] is mandatory/],
    [
      'a body that is a number',
      textWith({ text: { body: 7 } }),
      100,
      /Param text\['body'\] must be of type string/,
    ],
    ['an empty body', textWith({ text: { body: '' } }), 100, /Param text\['body'\] must not be empty/],
    [
      'a body of 4,097 characters',
      textWith({ text: { body: 'a'.repeat(4097) } }),
      100,
      /Param text\['body'\] must be at most 4096 characters/,
    ],
    [
      'a preview that is a word',
      textWith({ text: { body: 'Olá', preview_url: 'yes' } }),
      100,
      /Param text\['preview_url'\] must be of type boolean/,
    ],
    [
      'callback data of 513 characters',
      textWith({ biz_opaque_callback_data: 'a'.repeat(513) }),
      100,
      /biz_opaque_callback_data must be at most 512/,
    ],
    [
      'a kind of recipient that is none',
      textWith({ recipient_type: 'crowd' }),
      100,
      /recipient_type must be one of \{INDIVIDUAL, GROUP\} - got "crowd"/,
    ],
    [
      'a group by user id',
      { messaging_product: 'whatsapp', recipient_type: 'group', recipient: 'BR.1', text: text.text },
      131009,
      /'to' is not the id of a group/,
    ],
    [
      'a template without a language',
      templateWith({ language: null }),
      100,
      /template\['language'\] must be of type object/,
    ],
    [
      'a language that is a string',
      templateWith({ language: 'pt_BR' }),
      100,
      /template\['language'\] must be of type object/,
    ],
    [
      'a template without a name',
      { ...template, template: { language: { code: 'pt_BR' } } },
      131008,
      /template\['name'\] is mandatory/,
    ],
    [
      'an unknown component',
      templateWith({ components: [{ type: 'tail' }] }),
      100,
      /template\['components'\]\[0\]\['type'\] must be one of \{HEADER, BODY, BUTTON\} - got "tail"/,
    ],
    [
      'a text parameter without text',
      parameters({ type: 'text' }),
      100,
      /'text' is mandatory for component parameter/,
    ],
    [
      'a text parameter on two lines',
      parameters({ type: 'text', text: 'one\ntwo' }),
      132018,
      /new lines, tabs/,
    ],
    [
      'a text parameter with five spaces',
      parameters({ type: 'text', text: 'one     two' }),
      132018,
      /4 consecutive spaces/,
    ],
    [
      'an unknown status',
      { ...read, status: 'seen' },
      100,
      /Param status must be one of \{READ\} - got "seen"/,
    ],
    [
      'read without an id',
      { messaging_product: 'whatsapp', status: 'read' },
      131008,
      /message_id is mandatory/,
    ],
  ])('%s', (_name, body, code, sentence) => {
    const reading = readSendRequest(body);
    if (reading.ok) throw new Error('It was not refused.');
    expect(reading.refusal.code).toBe(code);
    expect(`${reading.refusal.message} ${reading.refusal.details}`).toMatch(sentence);
  });

  it('answers whatever JSON it is given, and takes only complete messages', () => {
    const names = ['messaging_product', 'to', 'type', 'text', 'template', 'status', 'recipient'];
    const almost = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(fc.constantFrom('whatsapp', 'text', '+558587654321'), fc.jsonValue()),
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), almost), (body) => {
        const reading = readSendRequest(JSON.parse(JSON.stringify(body)));
        if (reading.ok && reading.request.kind === 'message' && reading.request.content.kind === 'text') {
          expect(reading.request.content.body).not.toBe('');
        }
      }),
    );
  });
});
