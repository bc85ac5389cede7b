import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../domain/json.ts';
import { likelyAnswers } from '../open-questions.ts';
import { fillTemplate } from './fill-template.ts';
import type { GivenComponent, GivenParameter } from './given-component.ts';
import type { MessageTemplate } from './template.ts';
import { templateOfOption } from './template-of-option.ts';

function template(...components: JsonObject[]): MessageTemplate {
  const option = { name: 'order', language: 'pt_BR', status: 'APPROVED', bodyParameters: 0, components };
  return {
    id: '1',
    previousCategory: null,
    quality: 'UNKNOWN',
    rejectedReason: 'NONE',
    acceptance: 'accepted',
    ...templateOfOption(option, '3', likelyAnswers),
  };
}

const words = (text: string, name: string | null = null): GivenParameter => ({ kind: 'text', text, name });

function part(type: 'header' | 'body', ...parameters: GivenParameter[]): GivenComponent {
  return { type, subType: null, index: null, parameters };
}

function button(index: number, subType: string, ...parameters: GivenParameter[]): GivenComponent {
  return { type: 'button', subType, index, parameters };
}

const body = { type: 'BODY', text: 'Olá, {{1}}! Pedido {{2}}.' };
const filledBody = part('body', words('Ana'), words('77'));
const named = { type: 'body', text: 'Olá, {{name}}! Pedido {{order_id}}.' };
const buttons = {
  type: 'BUTTONS',
  buttons: [
    { type: 'QUICK_REPLY', text: 'Sim' },
    { type: 'URL', text: 'Rastrear', url: 'https://loja.example/p/{{1}}' },
    { type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+558530000000' },
    { type: 'COPY_CODE', example: 'X' },
    { type: 'FLOW', text: 'Agendar', flow_id: '1' },
  ],
};
const plain = { type: 'BODY', text: 'Escolha.' };
const address = button(1, 'url', words('77'));
const coupon = button(3, 'copy_code', { kind: 'coupon', code: 'NATAL' });
const place = { kind: 'location', latitude: 1, longitude: 2, name: null, address: null } as const;

describe('what the person sees of a template', () => {
  it('is header, body, footer and buttons, filled in', () => {
    const full = template({ type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}' }, body, buttons, {
      type: 'FOOTER',
      text: 'Loja',
    });
    const payload = button(0, 'quick_reply', { kind: 'payload', payload: 'yes-77' });
    const given = [part('header', words('77')), filledBody, address, coupon, payload];
    expect(fillTemplate(full, given, 1024)).toEqual({
      ok: true,
      content: {
        kind: 'template',
        name: 'order',
        language: 'pt_BR',
        header: { kind: 'text', text: 'Pedido 77' },
        body: 'Olá, Ana! Pedido 77.',
        footer: 'Loja',
        choices: [
          { kind: 'quick-reply', text: 'Sim', payload: 'yes-77' },
          { kind: 'link', text: 'Rastrear', url: 'https://loja.example/p/77' },
          { kind: 'link', text: 'Ligar', url: 'tel:+558530000000' },
          { kind: 'link', text: 'Copy code', url: null },
          { kind: 'link', text: 'Agendar', url: null },
        ],
      },
    });
  });

  it('has a quick reply that says its own text where nothing was attached', () => {
    expect(fillTemplate(template(plain, buttons), [address, coupon], 1024)).toMatchObject({
      content: { choices: [{ kind: 'quick-reply', text: 'Sim', payload: 'Sim' }, {}, {}, {}, {}] },
    });
  });

  it('has named parameters in whatever order they were given', () => {
    const given = [part('body', words('77', 'order_id'), words('Ana', 'name'))];
    expect(fillTemplate(template(named), given, 1024)).toMatchObject({
      content: { body: 'Olá, Ana! Pedido 77.' },
    });
  });

  it('has the place or the file above the words', () => {
    const withPlace = template({ type: 'HEADER', format: 'LOCATION' }, plain);
    const given = [part('header', { kind: 'header', header: place })];
    expect(fillTemplate(withPlace, given, 1024)).toMatchObject({ content: { header: place } });
  });

  it('has the code of an authentication template', () => {
    const code = template(
      { type: 'BODY', add_security_recommendation: true },
      { type: 'FOOTER', code_expiration_minutes: 5 },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copiar' }] },
    );
    const given = [part('body', words('123456')), button(0, 'url', words('123456'))];
    expect(fillTemplate(code, given, 1024)).toMatchObject({
      content: {
        body: expect.stringMatching(/^123456 is your verification code\. For your security/),
        footer: 'This code expires in 5 minutes.',
        choices: [{ kind: 'link', text: 'Copiar' }],
      },
    });
  });
});

describe('what does not fit (meta-facts §5)', () => {
  const media = { id: '1', url: null, mimeType: null, sha256: null };
  const image: GivenParameter = { kind: 'header', header: { kind: 'image', media } };
  const picture = template({ type: 'HEADER', format: 'IMAGE' }, plain);
  const tapped = template(plain, buttons);

  it.each<[string, MessageTemplate, GivenComponent[], number, RegExp]>([
    ['a parameter too few', template(body), [part('body', words('Ana'))], 132000, /body: .*\(1\).*\(2\)/],
    ['a parameter too many', template(plain), [part('body', words('x'))], 132000, /body: .*\(1\).*\(0\)/],
    ['a header for none', template(plain), [part('header', image)], 132000, /header: .*\(1\).*\(0\)/],
    ['no picture', picture, [], 132012, /one parameter of the type image/],
    ['words for a picture', picture, [part('header', words('x'))], 132012, /expected IMAGE/],
    ['a place for a picture', picture, [part('header', { kind: 'header', header: place })], 132012, /IMAGE/],
    ['a picture for words', template(body), [part('body', image, image)], 132012, /a parameter is no text/],
    ['no name', template(named), [filledBody], 132012, /parameter_name to be one of name, order_id/],
    [
      'one name twice',
      template(named),
      [part('body', words('a', 'name'), words('b', 'name'))],
      132012,
      /given twice/,
    ],
    ['no ending of an address', tapped, [coupon], 132000, /button at index 1: .*\(0\).*\(1\)/],
    ['no code to copy', tapped, [address], 132000, /button at index 3: .*\(0\).*\(1\)/],
    ['another kind of button', tapped, [button(1, 'quick_reply')], 132012, /expected sub_type url/],
    ['a button that is not there', tapped, [button(5, 'url', words('x'))], 132000, /button: .*\(1\)/],
    ['words for a payload', tapped, [button(0, 'quick_reply', words('x'))], 132012, /type payload/],
    [
      'words for a Flow',
      tapped,
      [address, coupon, button(4, 'flow', words('x'))],
      132012,
      /index 4: expected a parameter of the type action/,
    ],
  ])('%s', (_name, one, given, code, sentence) => {
    expect(fillTemplate(one, given, 1024)).toMatchObject({
      ok: false,
      refusal: { code, details: expect.stringMatching(sentence) },
    });
  });

  it('words that become too long (132005)', () => {
    const long = [part('body', words('x'.repeat(1000)), words('7'))];
    expect(fillTemplate(template(body), long, 1024)).toMatchObject({ ok: true });
    expect(fillTemplate(template(body), long, 1000)).toMatchObject({ refusal: { code: 132005 } });
  });
});
