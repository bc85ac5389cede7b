import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notificationStates } from '../domain/notification.ts';

/** The page's files are plain JavaScript for browsers, checked by a compiler configuration of their own. */
const load = (name: string) => import(new URL(`./page/${name}`, import.meta.url).href);
const { summaryOf } = await load('summary.js');
const { afterEvent, steps } = await load('life.js');
const { brazilianSpellings, elapsed, initials, remaining, shorten } = await load('format.js');
const { curlCommand, feedCommand, recadoCommand } = await load('commands.js');
const { shownMessages } = await load('shown-messages.js');
const { webAddress } = await load('web-address.js');
const { kindOf } = await load('file-kind.js');
const { texts } = await load('texts.js');

const nameOf = (contactId: string | null, number: unknown) =>
  contactId === 'ct_ana' ? 'Ana Souza' : `+${String(number)}`;
const event = (kind: string, payload: unknown, more: object = {}) => ({
  id: 'ev_0000000001',
  kind,
  occurredAt: '2026-11-22T12:00:00.000Z',
  receivedAt: '2026-11-22T12:00:01.000Z',
  contactId: null,
  foreign: false,
  payload,
  ...more,
});

describe('the line about an event', () => {
  it.each([
    [
      'message',
      { from: '55', type: 'text', text: { body: 'Hi' } },
      { contactId: 'ct_ana' },
      'Ana Souza wrote “Hi”',
    ],
    ['message', { from: '55', type: 'text', text: { body: 'a\n b' } }, {}, '+55 wrote “a b”'],
    ['message', { from: '55', type: 'sticker' }, {}, '+55 sent: sticker'],
    ['status', { recipient_id: '55', status: 'delivered' }, {}, 'Message to +55: delivered'],
    [
      'status',
      { recipient_id: '55', status: 'failed', errors: [{ title: 'Message undeliverable' }] },
      {},
      'Message to +55 failed: Message undeliverable',
    ],
    ['notification', { to: '55', state: 'queued' }, {}, 'Notification to +55: queued'],
    [
      'notification',
      { to: '55', state: 'failed', decision: 'refuse', failure: { title: 'Closed.' } },
      {},
      'Notification to +55 refused: Closed.',
    ],
    [
      'notification',
      { to: '55', state: 'failed', decision: 'template', failure: { title: 'Missing.' } },
      {},
      'Notification to +55 failed: Missing.',
    ],
    ['alarm', { news: 'raised', sentence: 'The disk is full.' }, {}, 'Alarm raised: The disk is full.'],
    ['template', {}, {}, 'Meta says something about: template'],
    [
      'message',
      { from: '55', type: 'image' },
      { foreign: true },
      '+55 sent: image (of a business phone that is not yours)',
    ],
  ])('%s %j', (kind, payload, more, line) => {
    expect(summaryOf(event(kind, payload, more), nameOf)).toBe(line);
  });

  it('is one short line whatever Meta sends', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('message', 'status', 'notification', 'unrecognised'),
        fc.jsonValue(),
        (kind, payload) => {
          const line: string = summaryOf(event(kind, payload), () => 'somebody');
          expect(line).not.toMatch(/[\r\n]/);
          expect(line.length).toBeLessThan(400);
        },
      ),
    );
  });
});

describe('the life of a notification', () => {
  const told = (state: string, more: object = {}, at = '2026-11-22T12:00:00.000Z') =>
    event(
      'notification',
      { notificationId: 'nt_1', to: '55', state, decision: 'free-form', because: 'b', ...more },
      { occurredAt: at },
    );

  it('reaches step after step, each with its time', () => {
    const life = ['queued', 'sending', 'accepted', 'sent'].reduce(
      (before, state, second) => afterEvent(before, told(state, {}, `2026-11-22T12:00:0${second}.000Z`)),
      undefined,
    );
    expect(life).toMatchObject({
      state: 'sent',
      furthest: steps.indexOf('sent'),
      reachedAt: { queued: '2026-11-22T12:00:00.000Z', sent: '2026-11-22T12:00:03.000Z' },
    });
  });

  it('keeps what it reached when it fails, and shows why', () => {
    const failure = { code: 'template-missing', metaCode: 132001, title: 'T', details: null, remedy: 'R' };
    const life = [told('queued'), told('accepted'), told('failed', { failure })].reduce(
      afterEvent,
      undefined,
    );
    expect(life).toMatchObject({ state: 'failed', furthest: steps.indexOf('accepted'), failure });
  });

  it('is not touched by other events', () => {
    expect(afterEvent(undefined, event('status', { notificationId: 'nt_1' }))).toBeUndefined();
    expect(afterEvent(undefined, event('notification', { to: '55' }))).toBeUndefined();
  });

  it('has a word for every state', () => {
    for (const state of notificationStates) expect(texts.states[state]).toBeTypeOf('string');
  });
});

describe('formats', () => {
  it.each([
    [24 * 3600_000 - 1, '23 h 59 min'],
    [3600_000, '1 h 0 min'],
    [3599_999, '59 min'],
    [59_999, 'less than a minute'],
  ])('%i ms remain: %s', (milliseconds, words) => {
    expect(remaining(milliseconds)).toBe(words);
  });

  it.each([
    ['Ana Souza', 'AS'],
    ['maria da silva', 'MS'],
    ['Bruno', 'B'],
    ['👩‍🚀 Zoë', 'Z'],
    ['+5511', '?'],
    ['', '?'],
  ])('the letters of %s are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  it.each([
    [3600_000, '1 h 0 min'],
    [47 * 3600_000, '47 h 0 min'],
    [7 * 24 * 3600_000, '7 days'],
  ])('%i ms have gone by: %s', (milliseconds, words) => {
    expect(elapsed(milliseconds)).toBe(words);
  });

  it.each(['+55 85 98765-4321', '558587654321'])('%s has two spellings', (typed) => {
    expect(brazilianSpellings(typed)).toEqual([
      { digits: '5585987654321', readable: '+55 85 98765 4321', hasNinth: true },
      { digits: '558587654321', readable: '+55 85 8765 4321', hasNinth: false },
    ]);
  });

  it.each(['+55 11 3210-0000', '+351 912 345 678', ''])('%s has no other spelling', (typed) => {
    expect(brazilianSpellings(typed)).toBeNull();
  });

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
        const short: string = shorten(text, length);
        expect(short.isWellFormed()).toBe(true);
        expect(Array.from(short).length).toBeLessThanOrEqual(length);
      }),
    );
  });
});

describe('the chat', () => {
  type Shown = { message: { id: string }; reactions: string[]; edited: boolean };
  const message = (id: string, content: object, direction = 'out') => ({ id, direction, content, text: id });

  it('puts reactions and edits to their message, and shows the last of each', () => {
    const shown = shownMessages([
      message('a', { kind: 'text' }),
      message('b', { kind: 'text' }, 'in'),
      message('c', { kind: 'reaction', messageId: 'b', emoji: '👍' }),
      message('d', { kind: 'reaction', messageId: 'b', emoji: '❤️' }),
      message('e', { kind: 'reaction', messageId: 'a', emoji: '😂' }, 'in'),
      message('f', { kind: 'reaction', messageId: 'a', emoji: null }, 'in'),
      message('g', { kind: 'edit', originalMessageId: 'a' }),
    ]);
    expect(shown.map(({ message: { id }, reactions, edited }: Shown) => [id, reactions, edited])).toEqual([
      ['a', [], true],
      ['b', ['❤️'], false],
    ]);
  });

  it('shows what a message answers, unless that is gone', () => {
    const answers = (id: string) => ({ ...message('b', { kind: 'text' }), answers: id });
    const first = message('a', { kind: 'text' }, 'in');
    expect(shownMessages([first, answers('a')])[1].answered).toBe(first);
    expect(shownMessages([first, answers('z')])[1].answered).toBeNull();
  });

  it.each([
    ['https://www.example.com/way', 'https://www.example.com/way'],
    ['http://example.com', 'http://example.com/'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['tel:+5585987654321', null],
    ['/sandbox/people', null],
    [null, null],
  ])('opens %s as %s', (url, address) => {
    expect(webAddress(url)).toBe(address);
  });

  it.each([
    ['image/png', 'image'],
    ['image/webp', 'sticker'],
    ['audio/ogg', 'voice'],
    ['audio/mpeg', 'audio'],
    ['video/mp4', 'video'],
    ['application/pdf', 'document'],
  ])('sends %s as %s', (mimeType, kind) => {
    expect(kindOf(mimeType)).toBe(kind);
  });
});

describe('commands', () => {
  const setup = { url: 'http://127.0.0.1:8000', pretendAdminKey: 'rk_pretend' };

  it.each([
    ['558587654321', '558587654321'],
    ['it’s', "'it’s'"],
    ["it's", "'it'\\''s'"],
    ['$(rm -rf ~)', "'$(rm -rf ~)'"],
    ['', "''"],
  ])('%s becomes the shell word %s', (word, shell) => {
    expect(recadoCommand({ to: word, text: 'Hi' })).toBe(`npx recado send --to ${shell} --text Hi`);
  });

  it('send what the box sends', () => {
    expect(recadoCommand({ to: '+55 85', text: "It's 10" })).toBe(
      "npx recado send --to '+55 85' --text 'It'\\''s 10'",
    );
    expect(
      recadoCommand({ to: '55', text: 'Hi', fallback: { name: 'hello_world', language: 'en_US' } }),
    ).toBe('npx recado send --to 55 --text Hi --fallback hello_world --language en_US');
    const components = [
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Ana' },
          { type: 'text', text: '10 h' },
        ],
      },
    ];
    expect(recadoCommand({ to: '55', template: { name: 'reminder', language: 'pt_BR', components } })).toBe(
      "npx recado send --to 55 --template reminder --language pt_BR --parameter Ana --parameter '10 h'",
    );
    expect(curlCommand(setup, { to: '55', text: "It's" })).toContain(`-d '{"to":"55","text":"It'\\''s"}'`);
  });

  it('show a made-up key, and of a configured one only its name', () => {
    expect(feedCommand(setup)).toContain("'Authorization: Bearer rk_pretend'");
    expect(curlCommand({ ...setup, pretendAdminKey: null }, {})).toContain(
      '"Authorization: Bearer $RECADO_ADMIN_KEY"',
    );
  });
});
