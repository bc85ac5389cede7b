import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../domain/json.ts';
import type { TemplateDefinition } from '../domain/template.ts';
import { fillTemplate } from './fill-template.ts';

const plain: TemplateDefinition = {
  wabaId: '1',
  templateId: '1',
  name: 'order_ready',
  language: 'pt_BR',
  status: 'APPROVED',
  category: 'utility',
  quality: null,
  reason: null,
  named: false,
  header: null,
  body: 'Olá, {{1}}! Pedido {{2}}.',
  footer: 'Padaria Aurora',
  buttons: [],
  whole: true,
  components: [],
};
const text = (words: string, name?: string): JsonObject => ({
  type: 'text',
  text: words,
  ...(name === undefined ? {} : { parameter_name: name }),
});
const body = (...parameters: JsonObject[]): JsonObject => ({ type: 'body', parameters });
const header = (...parameters: JsonObject[]): JsonObject => ({ type: 'header', parameters });
const button = (index: number, subType: string, ...parameters: JsonObject[]): JsonObject => ({
  type: 'button',
  sub_type: subType,
  index: String(index),
  parameters,
});
const both = body(text('Ana'), text('4711'));
const named: TemplateDefinition = { ...plain, named: true, body: '{{name}}: {{order}}' };
const withButtons: TemplateDefinition = {
  ...plain,
  buttons: [
    { kind: 'quick-reply', text: 'Sim', url: null },
    { kind: 'url', text: 'Ver', url: 'https://a.example/{{1}}' },
    { kind: 'phone-number', text: 'Ligar', url: null },
  ],
};
const link = button(1, 'url', text('x'));

describe('fillTemplate', () => {
  it.each<[string, TemplateDefinition, JsonObject[], string]>([
    ['numbers', plain, [both], 'Olá, Ana! Pedido 4711.'],
    ['names in another order', named, [body(text('4711', 'order'), text('Ana', 'name'))], 'Ana: 4711'],
    [
      'a currency',
      plain,
      [body(text('Ana'), { type: 'currency', currency: { fallback_value: 'R$ 5' } })],
      'Olá, Ana! Pedido R$ 5.',
    ],
    ['no placeholders', { ...plain, body: 'Oi' }, [], 'Oi'],
  ])('fills in: %s', (_, template, components, words) => {
    expect(fillTemplate(template, components)).toMatchObject({ ok: true, filled: { body: words } });
  });

  it('fills in header and buttons', () => {
    const template: TemplateDefinition = { ...withButtons, header: { format: 'image' } };
    const image = header({ type: 'image', image: { link: 'https://a.example/b' } });
    expect(fillTemplate(template, [image, both, link])).toEqual({
      ok: true,
      filled: {
        header: '[image]',
        body: 'Olá, Ana! Pedido 4711.',
        footer: 'Padaria Aurora',
        buttons: [
          { text: 'Sim', url: null },
          { text: 'Ver', url: 'https://a.example/x' },
          { text: 'Ligar', url: null },
        ],
      },
    });
  });

  it.each<[string, TemplateDefinition, JsonObject[], string]>([
    ['too few', plain, [], 'the body has 2 placeholders ({{1}}, {{2}}), and 0 values were given'],
    [
      'none wanted',
      { ...plain, body: 'Oi' },
      [both],
      'the body has no placeholders, and 2 values were given',
    ],
    [
      'no name',
      named,
      [both],
      'the placeholders of the body are {{name}}, {{order}}, and one was given without a name',
    ],
    [
      'a name twice',
      named,
      [body(text('a', 'name'), text('b', 'name'))],
      'the body has {{name}}, {{order}}, and one of them was given twice',
    ],
    [
      'a picture in the words',
      plain,
      [body(text('Ana'), { type: 'image' })],
      'the body takes texts, and a value of the kind image was given',
    ],
    [
      'a header too many',
      plain,
      [header(text('x')), both],
      'it has no header, and a value for one was given',
    ],
    [
      'another kind of header',
      { ...plain, header: { format: 'video' } },
      [header(text('x')), both],
      'its header needs one value of the kind video, and text was given',
    ],
    [
      'too long',
      plain,
      [body(text('x'.repeat(1_100)), text('y'))],
      'the body would have 1116 characters with these values, and may have 1024',
    ],
    [
      'an address without its end',
      withButtons,
      [both],
      'button 1 has 1 placeholder ({{1}}), and 0 values were given',
    ],
    [
      'another kind of button',
      withButtons,
      [both, link, button(0, 'url', text('x'))],
      'button 0 is a quick_reply, and a url was given',
    ],
    [
      'a button too many',
      withButtons,
      [both, link, button(7, 'url', text('x'))],
      'it has 3 buttons, and a value for button 7 was given',
    ],
  ])('says what does not fit: %s', (_, template, components, mistake) => {
    expect(fillTemplate(template, components)).toEqual({ ok: false, mistake });
  });
});
