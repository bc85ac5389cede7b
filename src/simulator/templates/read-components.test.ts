import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { likelyAnswers } from '../open-questions.ts';
import type { ParameterFormat } from './placeholders.ts';
import { readComponents } from './read-components.ts';
import { componentsOf } from './template-parts.ts';

const body = { type: 'BODY', text: 'Olá, {{1}}!' };

function read(components: Json, format: ParameterFormat = 'POSITIONAL') {
  return readComponents(components, format, likelyAnswers);
}

function refusalOf(components: Json, format?: ParameterFormat): string {
  const reading = read(components, format);
  if (reading.ok) throw new Error('It was not refused.');
  return `${reading.refusal.code} ${reading.refusal.message} ${reading.refusal.details}`;
}

describe('the components of a template', () => {
  it('are written as they were read', () => {
    const components = [
      { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}' },
      body,
      { type: 'FOOTER', text: 'Loja' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Sim' },
          { type: 'URL', text: 'Abrir', url: 'https://loja.example/{{1}}' },
          { type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+558530000000' },
        ],
      },
    ];
    const reading = read(components);
    expect(reading.ok && componentsOf(reading.parts)).toEqual(components);
  });

  it('may be written in lower case, with examples', () => {
    const example = { body_text: [['Ana']] };
    expect(read([{ type: 'body', text: 'Olá, {{1}}!', example }])).toMatchObject({
      ok: true,
      parts: { body: 'Olá, {{1}}!', header: null, footer: null, buttons: [] },
    });
  });

  it.each<[string, Json, RegExp]>([
    ['nothing', null, /components must be of type array/],
    ['an empty list', [], /components must not be empty/],
    ['no body', [{ type: 'FOOTER', text: 'x' }], /needs a BODY/],
    ['two bodies', [body, body], /two components of the type BODY/],
    ['an unknown part', [body, { type: 'TAIL' }], /components\[1\]\['type'\] must be one of \{HEADER, BODY/],
    ['an unknown key', [{ ...body, colour: 'red' }], /Unexpected key "colour" on param "components\[0\]"/],
    ['a body too long', [{ type: 'BODY', text: 'x'.repeat(1025) }], /at most 1024 characters/],
    ['a header of no known format', [body, { type: 'HEADER', format: 'AUDIO' }], /one of \{TEXT, IMAGE/],
    ['a header without text', [body, { type: 'HEADER', format: 'TEXT' }], /HEADER of format TEXT without/],
    [
      'a header with two placeholders',
      [body, { type: 'HEADER', format: 'TEXT', text: '{{1}} e {{2}}' }],
      /more than one placeholder/,
    ],
    ['a footer with a placeholder', [body, { type: 'FOOTER', text: '{{1}}' }], /FOOTER with placeholders/],
    [
      'placeholders next to each other (meta-facts §3.1)',
      [{ type: 'BODY', text: 'Olá {{1}}{{2}}.' }],
      /next to each other/,
    ],
    ['a placeholder left out', [{ type: 'BODY', text: 'Olá {{2}}.' }], /counted from \{\{1\}\}/],
    ['a name where they are counted', [{ type: 'BODY', text: 'Olá {{name}}.' }], /counted from/],
    ['an unknown button', [body, { type: 'BUTTONS', buttons: [{ type: 'SPELL' }] }], /QUICK_REPLY, URL/],
    [
      'a placeholder within an address',
      [body, { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'x', url: 'https://a.example/{{1}}/b' }] }],
      /does not stand at its end/,
    ],
  ])('are refused: %s', (_name, components, sentence) => {
    expect(refusalOf(components)).toMatch(/^100 /);
    expect(refusalOf(components)).toMatch(sentence);
  });

  it('have names where the template names its placeholders', () => {
    expect(read([{ type: 'BODY', text: 'Olá, {{first_name}}!' }], 'NAMED')).toMatchObject({ ok: true });
    expect(refusalOf([body], 'NAMED')).toMatch(/\{\{1\}\}, which is no name/);
  });

  it('may be as long as the setting says, since meta-facts has no numbers', () => {
    const templateLimits = { ...likelyAnswers.templateLimits, body: 5 };
    const limited = { ...likelyAnswers, templateLimits };
    expect(readComponents([body], 'POSITIONAL', limited)).toMatchObject({
      ok: false,
      refusal: { code: 100, message: expect.stringContaining('at most 5 characters') },
    });
  });

  it('are answered whatever JSON they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (components) => {
        expect(typeof read(JSON.parse(JSON.stringify(components))).ok).toBe('boolean');
      }),
    );
  });
});
