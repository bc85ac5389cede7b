import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../domain/json.ts';
import { mistakenMember } from './outgoing-body.ts';

const around = {
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: '+558587654321',
  biz_opaque_callback_data: 'nt_0000000000000001',
};
const { to: _, ...unaddressed } = around;
const withoutNumber = { ...unaddressed, type: 'text', text: { body: 'Oi', preview_url: false } };
const text = { ...around, type: 'text', text: { body: 'Oi', preview_url: false } };

function interactive(type: string, action: JsonObject, more: JsonObject = {}): JsonObject {
  return { ...around, type: 'interactive', interactive: { type, body: { text: 'Oi' }, action, ...more } };
}

const reply = (title: string) => ({ type: 'reply', reply: { id: 'a', title } });
const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id: String(id), title: 'x' }));

describe('mistakenMember', () => {
  it.each<[string, JsonObject, string | null]>([
    ['a good text', text, null],
    ['to a user id', { ...withoutNumber, recipient: 'BR.1' }, null],
    ['to nobody', { ...text, to: '' }, 'to'],
    ['to two', { ...text, recipient: 'BR.1' }, 'to'],
    ['no such type', { ...around, type: 'poll', poll: {} }, 'type'],
    ['of another product', { ...text, messaging_product: 'sms' }, 'messaging_product'],
    ['blank', { ...text, text: { body: ' ', preview_url: false } }, 'text.body'],
    ['too long', { ...text, text: { body: 'x'.repeat(4_097), preview_url: false } }, 'text.body'],
    ['emoji count once', { ...text, text: { body: '🙂'.repeat(4_096), preview_url: false } }, null],
    ['a member too many', { ...text, text: { body: 'x', preview_url: false, colour: 'red' } }, 'text.colour'],
    ['a file by both', { ...around, type: 'image', image: { id: '1', link: 'https://a/b' } }, 'image.id'],
    ['a file by neither', { ...around, type: 'sticker', sticker: {} }, 'sticker.id'],
    ['a link to nowhere', { ...around, type: 'video', video: { link: 'ftp://a/b' } }, 'video.link'],
    [
      'off the map',
      { ...around, type: 'location', location: { latitude: 0, longitude: 181 } },
      'location.longitude',
    ],
    ['no card', { ...around, type: 'contacts', contacts: [] }, 'contacts'],
    ['a good button', interactive('button', { buttons: [reply('Sim')] }), null],
    [
      'a long button',
      interactive('button', { buttons: [reply('Sim'), reply('x'.repeat(21))] }),
      'interactive.action.buttons.1.reply.title',
    ],
    [
      'four buttons',
      interactive('button', { buttons: ['1', '2', '3', '4'].map(reply) }),
      'interactive.action.buttons',
    ],
    ['ten rows', interactive('list', { button: 'Ver', sections: [{ rows: rows(10) }] }), null],
    [
      'eleven rows in two sections',
      interactive('list', { button: 'Ver', sections: [{ rows: rows(5) }, { rows: rows(6) }] }),
      'interactive.action.sections',
    ],
    ['a type that only Meta knows', interactive('carousel', { cards: [] }), null],
    [
      'a header of no kind',
      interactive('button', { buttons: [reply('Sim')] }, { header: { type: 'audio' } }),
      'interactive.header.type',
    ],
    [
      'a template without language',
      { ...around, type: 'template', template: { name: 'a', language: {} } },
      'template.language.code',
    ],
  ])('%s', (_, body, path) => {
    expect(mistakenMember(body)).toBe(path);
  });
});
