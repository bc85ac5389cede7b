import { describe, expect, it } from 'vitest';
import { createBusinessPhone } from '../accounts/business-phone.ts';
import type { StoredMedia } from '../accounts/media-store.ts';
import { likelyAnswers, type OpenQuestions } from '../open-questions.ts';
import { createPeople, type PersonState } from '../people/people.ts';
import type { GivenComponent, GivenParameter } from '../templates/given-component.ts';
import { defaultTemplates, type MessageTemplate, type SimulatedTemplate } from '../templates/template.ts';
import { templateOfOption } from '../templates/template-of-option.ts';
import { decideSend, type SendSituation } from './send-message.ts';
import type { SendAddress, SendContent } from './send-request.ts';
import { goodConditions } from './sending-conditions.ts';

const hour = 60 * 60 * 1000;
const now = Date.UTC(2026, 9, 5, 12);
const wabaId = '300100300100300';
const phoneNumberId = '200100200100200';
const address: SendAddress = { kind: 'number', input: '+558587654321', digits: '558587654321' };
const byUserId: SendAddress = { kind: 'user_id', input: 'BR.1' };
const text: SendContent = { kind: 'text', body: 'Até amanhã!' };

const phone = createBusinessPhone({
  phoneNumberId,
  displayPhoneNumber: '551132100000',
  wabaId,
  verifiedName: 'Loja',
  registered: true,
});

const options: readonly SimulatedTemplate[] = [
  ...defaultTemplates,
  { name: 'tired', language: 'pt_BR', status: 'PAUSED', bodyParameters: 0 },
  { name: 'gone', language: 'pt_BR', status: 'DISABLED', bodyParameters: 0 },
  { name: 'new', language: 'pt_BR', status: 'PENDING', bodyParameters: 0 },
  { name: 'flagged', language: 'pt_BR', status: 'FLAGGED', bodyParameters: 0 },
  { name: 'sale', language: 'pt_BR', status: 'APPROVED', bodyParameters: 0, category: 'marketing' },
  { name: 'code', language: 'pt_BR', status: 'APPROVED', bodyParameters: 0, category: 'authentication' },
  {
    name: 'picture',
    language: 'pt_BR',
    status: 'APPROVED',
    bodyParameters: 0,
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'Veja!' },
    ],
  },
];

function findTemplate(name: string, language: string): MessageTemplate | null {
  const option = options.find((one) => one.name === name && one.language === language);
  if (option === undefined) return null;
  return {
    id: '1',
    previousCategory: null,
    quality: 'UNKNOWN',
    rejectedReason: 'NONE',
    acceptance: 'accepted',
    ...templateOfOption(option, wabaId, likelyAnswers),
  };
}

function ana(wroteAgo: number | null, waId = '558587654321'): PersonState {
  const { person } = createPeople(wabaId, phoneNumberId).make(waId);
  person.lastWroteAt = wroteAgo === null ? null : now - wroteAgo;
  return person;
}

function media(change: Partial<StoredMedia>): StoredMedia {
  return {
    id: '1',
    bytes: new Uint8Array(),
    mimeType: 'image/jpeg',
    sha256: '00ff',
    size: 100,
    phoneNumberId,
    origin: 'uploaded',
    expiresAt: now + hour,
    ...change,
  };
}

function situation(change: Partial<SendSituation> = {}): SendSituation {
  return {
    now,
    phone,
    account: {
      id: wabaId,
      name: 'Loja',
      businessId: '600',
      sharedWith: new Set(),
      subscribedApps: new Map(),
      canSendMessage: 'AVAILABLE',
    },
    findTemplate,
    findMedia: () => null,
    conditions: goodConditions(),
    reach: { othersOutsideWindow: () => 0, marketingTo: () => 0 },
    questions: likelyAnswers,
    magicRecipients: true,
    person: ana(hour),
    ...change,
  };
}

function template(name: string, language: string, ...components: GivenComponent[]): SendContent {
  return { kind: 'template', name, language, components };
}

function given(type: GivenComponent['type'], ...words: string[]): GivenComponent {
  const parameters = words.map((word): GivenParameter => ({ kind: 'text', text: word, name: null }));
  return { type, subType: null, index: null, parameters };
}

function telling(toldBy: OpenQuestions['toldBy']): Pick<SendSituation, 'questions'> {
  return { questions: { ...likelyAnswers, toldBy } };
}

describe('the customer service window (meta-facts §5.1 (4), §6)', () => {
  it.each<[string, number | null, number | null]>([
    ['open after an hour', hour, null],
    ['open a millisecond before 24 hours', 24 * hour - 1, null],
    ['closed after 24 hours', 24 * hour, 131047],
    ['closed when they never wrote', null, 131047],
  ])('%s', (_name, wroteAgo, code) => {
    const decision = decideSend(address, text, situation({ person: ana(wroteAgo) }));
    expect(decision).toMatchObject({
      accepted: true,
      text: 'Até amanhã!',
      content: { kind: 'text', body: 'Até amanhã!' },
      category: 'service',
      laterFailure: code === null ? null : { code },
    });
  });

  it('is told at once when asked for', () => {
    const asked = situation({ person: ana(null), ...telling({ 131047: 'answer' }) });
    expect(decideSend(address, text, asked)).toMatchObject({ accepted: false, refusal: { code: 131047 } });
  });

  it('is one for each business phone', () => {
    const other = situation({ phone: { ...phone, phoneNumberId: '2' } });
    expect(decideSend(address, text, other)).toMatchObject({ laterFailure: { code: 131047 } });
  });

  it('does not matter to a template', () => {
    const decision = decideSend(address, template('hello_world', 'en_US'), situation({ person: ana(null) }));
    expect(decision).toMatchObject({ accepted: true, laterFailure: null, category: 'utility' });
  });
});

describe('what is told at once (meta-facts §5)', () => {
  const marketing = template('sale', 'pt_BR');

  it.each<[string, SendContent, Partial<SendSituation>, number, string]>([
    ['an unregistered sender', text, { phone: { ...phone, registered: false } }, 133010, 'Register the'],
    ['a deleted sender', text, { phone: { ...phone, status: 'DELETED' } }, 33, 'deleted'],
    ['a banned sender', text, { phone: { ...phone, status: 'BANNED' } }, 131031, 'restricted or disabled'],
    ['a restricted sender', text, { phone: { ...phone, status: 'RESTRICTED' } }, 131031, 'restricted'],
    ['a blocked sender', text, { phone: { ...phone, canSendMessage: 'BLOCKED' } }, 131031, 'health status'],
    [
      'a 555 number without its name',
      text,
      { phone: { ...phone, displayPhoneNumber: '15550001111', nameStatus: 'PENDING_REVIEW' } },
      131037,
      'display name',
    ],
    [
      'a recipient who is not on the list',
      text,
      { phone: { ...phone, allowedRecipients: new Set(['5585987654321']) } },
      131030,
      'allowed numbers',
    ],
    ['spam', text, { conditions: { ...goodConditions(), spamLimited: true } }, 131048, 'spam'],
    [
      'a person whom the business has blocked',
      text,
      { conditions: { ...goodConditions(), blockedByBusiness: new Set(['558587654321']) } },
      130403,
      'has blocked this user',
    ],
    [
      'a country that is restricted',
      marketing,
      { conditions: { ...goodConditions(), restrictedCountries: new Set(['55']) } },
      130497,
      'in this country',
    ],
    ['an unknown template', template('nothing', 'pt_BR'), {}, 132001, '(nothing) does not exist in pt_BR'],
    [
      'a template in another language',
      template('hello_world', 'pt_BR'),
      {},
      132001,
      '(hello_world) does not exist in pt_BR',
    ],
    ['a template not yet approved', template('new', 'pt_BR'), {}, 132001, '(new) does not exist'],
    ['a paused template', template('tired', 'pt_BR'), {}, 132015, 'paused'],
    ['a disabled template', template('gone', 'pt_BR'), {}, 132016, 'paused too often'],
    [
      'a parameter too few',
      template('interview_reminder', 'pt_BR', given('body', 'Ana')),
      {},
      132000,
      'body: number of localizable_params (1) does not match the expected number of params (2)',
    ],
    [
      'a parameter too many',
      template('hello_world', 'en_US', given('header', 'x')),
      {},
      132000,
      'header: number of localizable_params (1)',
    ],
  ])('refuses %s', (_name, content, change, code, details) => {
    const decision = decideSend(address, content, situation(change));
    expect(decision).toMatchObject({
      accepted: false,
      refusal: { code, details: expect.stringContaining(details) },
    });
  });

  it('takes a test number’s own recipients, and a flagged template', () => {
    const allowed = situation({ phone: { ...phone, allowedRecipients: new Set(['558587654321']) } });
    expect(decideSend(address, text, allowed)).toMatchObject({ accepted: true });
    expect(decideSend(byUserId, text, allowed)).toMatchObject({ accepted: true });
    expect(decideSend(address, template('flagged', 'pt_BR'), allowed)).toMatchObject({ accepted: true });
  });

  it('refuses the sender as recipient, in any spelling', () => {
    const own = decideSend(
      { kind: 'number', input: '', digits: '551162100000' },
      text,
      situation({ phone: { ...phone, displayPhoneNumber: '5511962100000' } }),
    );
    expect(own).toMatchObject({ accepted: false, refusal: { code: 131021 } });
  });

  it('refuses an authentication template to a user id', () => {
    expect(decideSend(byUserId, template('code', 'pt_BR'), situation())).toMatchObject({
      refusal: { code: 131062 },
    });
    expect(decideSend(address, template('code', 'pt_BR'), situation())).toMatchObject({
      category: 'authentication',
      laterFailure: null,
    });
  });

  it('names a locked account first, whatever else is wrong', () => {
    const account = { ...situation().account, canSendMessage: 'BLOCKED' } as const;
    expect(decideSend(address, template('tired', 'pt_BR'), situation({ account }))).toMatchObject({
      refusal: { code: 131031 },
    });
  });
});

describe('what is told by a status (meta-facts §4.3, §5)', () => {
  const conditions = goodConditions();
  const sale = template('sale', 'pt_BR');
  const waIds = new Set(['558587654321']);
  const refusing = ana(hour);
  refusing.conversationWith(phoneNumberId).refusesMarketing = true;

  it.each<[string, SendContent, Partial<SendSituation>, number]>([
    ['somebody who is not on WhatsApp', text, { person: null }, 131026],
    ['the same, with a template', template('hello_world', 'en_US'), { person: null }, 131026],
    ['an old version', text, { conditions: { ...conditions, unreachable: waIds } }, 131026],
    ['a payment to settle', text, { conditions: { ...conditions, paymentProblem: true } }, 131042],
    ['maintenance', text, { conditions: { ...conditions, maintenance: true } }, 131057],
    ['somebody who wants no marketing', sale, { person: refusing }, 131050],
    ['an experiment', sale, { conditions: { ...conditions, experiment: waIds } }, 130472],
    [
      'too much marketing',
      sale,
      {
        conditions: { ...conditions, marketingPerPerson: 2 },
        reach: { othersOutsideWindow: () => 0, marketingTo: () => 2 },
      },
      131049,
    ],
    [
      'a link that leads nowhere',
      {
        kind: 'image',
        media: { id: null, url: 'https://shop.invalid/a.png', mimeType: null, sha256: null },
        caption: null,
      },
      {},
      131053,
    ],
  ])('%s, or at once where that is asked for', (_name, content, change, code) => {
    const usual = decideSend(address, content, situation({ ...telling({ [code]: 'status' }), ...change }));
    expect(usual).toMatchObject({ accepted: true, laterFailure: { code } });
    const atOnce = decideSend(address, content, situation({ ...telling({ [code]: 'answer' }), ...change }));
    expect(atOnce).toMatchObject({ accepted: false, refusal: { code } });
  });

  it('leaves utility templates to those who want no marketing', () => {
    const decision = decideSend(
      address,
      template('hello_world', 'en_US'),
      situation({
        person: refusing,
        conditions: { ...conditions, experiment: waIds, marketingPerPerson: 0 },
      }),
    );
    expect(decision).toMatchObject({ accepted: true, laterFailure: null });
  });
});

describe('the messaging limit (meta-facts §6)', () => {
  const limited = { ...goodConditions(), messagingLimit: true };
  const hello = template('hello_world', 'en_US');
  const others = (count: number) => ({ othersOutsideWindow: () => count, marketingTo: () => 0 });

  it.each([131048, 130429] as const)('is told as %i beyond 250 people outside of windows', (code) => {
    const questions = { ...likelyAnswers, overMessagingLimit: code };
    const at = (count: number, wroteAgo: number | null) =>
      situation({ conditions: limited, reach: others(count), person: ana(wroteAgo), questions });
    expect(decideSend(address, hello, at(249, null))).toMatchObject({ accepted: true, laterFailure: null });
    expect(decideSend(address, hello, at(250, null))).toMatchObject({ refusal: { code } });
    expect(decideSend(address, hello, at(250, hour))).toMatchObject({ accepted: true });
  });

  it('is that of the phone, and none when it is unlimited', () => {
    const phoneOf = (messagingLimit: typeof phone.messagingLimit) =>
      situation({
        conditions: limited,
        reach: others(2_000),
        person: ana(null),
        phone: { ...phone, messagingLimit },
      });
    expect(decideSend(address, hello, phoneOf('TIER_2K'))).toMatchObject({ accepted: false });
    expect(decideSend(address, hello, phoneOf('TIER_10K'))).toMatchObject({ accepted: true });
    expect(decideSend(address, hello, phoneOf('TIER_UNLIMITED'))).toMatchObject({ accepted: true });
  });
});

describe('files (meta-facts §5 row 131053, §7.2)', () => {
  const named = { id: '1', url: null, mimeType: null, sha256: null };
  const image: SendContent = { kind: 'image', media: named, caption: null };
  const document: SendContent = { kind: 'document', media: named, caption: null, filename: null };
  const sticker: SendContent = { kind: 'sticker', media: named, animated: false };
  const still = { mimeType: 'image/webp', bytes: new Uint8Array(30) };
  const moving = { mimeType: 'image/webp', bytes: Buffer.from('RIFF....WEBPVP8X....\u0002....', 'latin1') };
  const kB = 1024;
  const now131053 = telling({ 131053: 'answer' });

  it.each<[string, SendContent, Partial<StoredMedia>]>([
    ['a picture of 5 MB', image, { size: 5 * kB * kB }],
    ['a picture as a document', document, { size: 100 * kB * kB }],
    ['a still sticker of 100 KB', sticker, { ...still, size: 100 * kB }],
    ['a moving sticker of 500 KB', sticker, { ...moving, size: 500 * kB }],
  ])('takes %s', (_name, content, change) => {
    const decision = decideSend(address, content, situation({ findMedia: () => media(change) }));
    expect(decision).toMatchObject({
      accepted: true,
      laterFailure: null,
      content: {
        media: { id: '1', mimeType: change.mimeType ?? 'image/jpeg', sha256: 'AP8=' },
        ...(content.kind === 'sticker' && { animated: change.bytes === moving.bytes }),
      },
    });
  });

  it.each<[string, SendContent, Partial<StoredMedia>]>([
    ['a picture over 5 MB', image, { size: 5 * kB * kB + 1 }],
    ['a document over 100 MB', document, { size: 100 * kB * kB + 1 }],
    ['a still sticker over 100 KB', sticker, { ...still, size: 100 * kB + 1 }],
    ['a moving sticker over 500 KB', sticker, { ...moving, size: 500 * kB + 1 }],
    ['a film as a picture', image, { mimeType: 'video/mp4' }],
    ['a photograph as a sticker', sticker, {}],
  ])('refuses %s', (_name, content, change) => {
    const stored = situation({ findMedia: () => media(change), ...now131053 });
    expect(decideSend(address, content, stored)).toMatchObject({ refusal: { code: 131053 } });
  });

  it.each([
    [100, likelyAnswers],
    [131009, { ...likelyAnswers, invalidValue: 131009 as const }],
  ])('refuses an unknown id, and one of another number, with %i', (code, questions) => {
    const other = () => media({ phoneNumberId: 'other' });
    expect(decideSend(address, image, situation({ questions }))).toMatchObject({ refusal: { code } });
    expect(decideSend(address, image, situation({ questions, findMedia: other }))).toMatchObject({
      refusal: { code },
    });
  });

  it('looks at the picture above a template and above buttons as well', () => {
    const header = { kind: 'image', media: named } as const;
    const component: GivenComponent = {
      type: 'header',
      subType: null,
      index: null,
      parameters: [{ kind: 'header', header }],
    };
    const contents: SendContent[] = [
      template('picture', 'pt_BR', component),
      { kind: 'interactive', type: 'button', header, body: 'x', footer: null, button: null, choices: [] },
    ];
    for (const content of contents) {
      const good = situation({ findMedia: () => media({}) });
      const large = situation({ findMedia: () => media({ size: 6 * kB * kB }), ...now131053 });
      expect(decideSend(address, content, good)).toMatchObject({
        accepted: true,
        content: { header: { kind: 'image', media: { mimeType: 'image/jpeg' } } },
      });
      expect(decideSend(address, content, large)).toMatchObject({ refusal: { code: 131053 } });
    }
  });
});

it('writes the parameters into the template', () => {
  const content = template('interview_reminder', 'pt_BR', given('body', 'Ana', 'amanhã às 9h'));
  expect(decideSend(address, content, situation())).toMatchObject({
    text: expect.stringMatching(/^Olá, Ana! Lembrete: a sua entrevista é amanhã às 9h\./),
  });
});
