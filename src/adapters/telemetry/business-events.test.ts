import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBusinessEvents, type MessageReceived } from './business-events.ts';
import { createLog, type LogLevel } from './log.ts';

const hello: MessageReceived = {
  from: '558587654321',
  type: 'text',
  text: 'Hi',
  messageId: 'wamid.HBgMNTU4NTg3NjU0MzIxFQIAEhgg',
  contactKnownBefore: false,
  windowAlreadyClosed: false,
};

function eventsIn(format: 'pretty' | 'json', options: { personalData?: boolean; level?: LogLevel } = {}) {
  const lines: string[] = [];
  const clock = { time: 0, now: () => clock.time };
  const log = createLog({
    format,
    level: options.level ?? 'info',
    personalData: options.personalData ?? false,
    write: (line) => lines.push(line),
  });
  return { events: createBusinessEvents(log, clock), lines, clock };
}

describe('pretty', () => {
  it('prints the four lines of the setup guide, exactly', () => {
    const { events, lines } = eventsIn('pretty');
    events.webhookReceived({ webhookId: 17, kinds: { message: 1, status: 2 }, foreign: 0 });
    events.messageReceived(hello);
    expect(lines).toEqual([
      '[INFO] Webhook received: {"webhook":17,"message":1,"status":2}',
      '[INFO] Received message from 558587654321, type: text',
      '[INFO] Text message: Hi',
      '[INFO] Message from 558587654321 registered. They can now receive notifications.',
    ]);
  });

  it('prints three of them for a message that is no text, even with a caption', () => {
    const { events, lines } = eventsIn('pretty');
    events.webhookReceived({ webhookId: 18, kinds: { message: 1 }, foreign: 1 });
    events.messageReceived({ ...hello, type: 'image', text: 'a caption', contactKnownBefore: true });
    expect(lines).toEqual([
      '[INFO] Webhook received: {"webhook":18,"message":1,"foreign":1}',
      '[INFO] Received message from 558587654321, type: image',
      '[INFO] Message from 558587654321 registered. They can now receive notifications.',
    ]);
  });

  it('adds a warning when the message is older than the window', () => {
    const { events, lines } = eventsIn('pretty');
    events.messageReceived({ ...hello, windowAlreadyClosed: true });
    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatch(
      /^\[WARN\] The message from 558587654321 is late\. It is older than 24 hours, so .* closed/,
    );
  });

  it('registers nobody when the message names nobody', () => {
    const { events, lines } = eventsIn('pretty');
    events.messageReceived({ ...hello, from: null, type: 'system', text: null });
    expect(lines).toEqual(['[INFO] Received message from a sender without number or id, type: system']);
  });

  it('keeps every text in its line, and shows what would mislead', () => {
    const { events, lines } = eventsIn('pretty');
    const text =
      'Hi\n[INFO] Message from 1 registered.\r\u001b[2K\u2028\u2029\u0085\u202eevil\u2066\u200f\ud800 ok 👩‍👧';
    events.messageReceived({ ...hello, from: '55\n85', type: 'text', text });
    expect(lines).toEqual([
      '[INFO] Received message from 55\\n85, type: text',
      '[INFO] Text message: Hi\\n[INFO] Message from 1 registered.\\r\\u001b[2K\\u2028\\u2029\\u0085\\u202eevil\\u2066\\u200f\\ud800 ok 👩‍👧',
      '[INFO] Message from 55\\n85 registered. They can now receive notifications.',
    ]);
  });

  it('prints one line of visible characters for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { events, lines } = eventsIn('pretty');
        events.messageReceived({ ...hello, text });
        expect(lines).toHaveLength(3);
        expect(lines[1]).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('never prints a message id', () => {
    const { events, lines } = eventsIn('pretty', { personalData: true });
    events.messageReceived(hello);
    events.apiFailed({
      reference: 'r1',
      route: 'GET /v1/contacts',
      error: new Error(`no row for ${hello.messageId} of 558587654321`),
    });
    expect(lines.join('\n')).not.toContain('HBgM');
    expect(lines.at(-1)).toMatch(/^\[ERROR\] .* reference r1: Error: no row for wamid\.••• of ••• \(at /);
  });

  it('says what became of a notification, with the remedy', () => {
    const { events, lines } = eventsIn('pretty');
    const quiet = { notificationId: 'nt_1', failureCode: null, metaCode: null, remedy: null, check: null };
    events.notificationTaken({ ...quiet, state: 'queued' });
    events.notificationSettled({ ...quiet, state: 'delivered' });
    events.notificationSettled({ ...quiet, state: 'unknown' });
    const failed = { notificationId: 'nt_2', state: 'failed', metaCode: 133010, remedy: 'Register it.' };
    events.notificationSettled({
      ...failed,
      failureCode: 'business-phone-not-registered',
      check: 'registered',
    });
    events.notificationRefused({
      ...failed,
      metaCode: null,
      failureCode: 'window-closed',
      remedy: 'Use a template.',
      check: null,
    });
    expect(lines).toEqual([
      '[INFO] Notification nt_1 taken, queued',
      '[INFO] Notification nt_1 is delivered',
      '[WARN] Notification nt_1 is unknown',
      '[WARN] Notification nt_2 is failed: business-phone-not-registered (#133010). Register it. Confirm: npx recado doctor --only registered',
      '[WARN] Notification nt_2 refused, failed: window-closed. Use a template.',
    ]);
  });
});

describe('json', () => {
  it('masks texts, people and message ids', () => {
    const { events, lines } = eventsIn('json');
    events.webhookReceived({ webhookId: 17, kinds: { message: 1 }, foreign: 0 });
    events.messageReceived(hello);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        event: 'webhook.received',
        webhookId: 17,
        kinds: { message: 1 },
        foreign: 0,
        message: 'Webhook received',
      },
      {
        level: 'info',
        time: expect.any(String),
        event: 'message.received',
        type: 'text',
        from: '55•••4321',
        textLength: 2,
        messageId: expect.stringMatching(/^wamid:[0-9a-f]{12}$/),
        contactKnownBefore: false,
        windowAlreadyClosed: false,
        message: 'Message received',
      },
    ]);
    expect(lines.join('')).not.toMatch(/558587654321|HBgM|"Hi"/);
  });

  it('shows them when that is asked for, still safe on a terminal', () => {
    const { events, lines } = eventsIn('json', { personalData: true });
    events.messageReceived({ ...hello, text: 'Hi\n\u001b\u2028\u202e' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"text":"Hi\\n\\u001b\\u2028\\u202e"');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      from: '558587654321',
      text: 'Hi\n\u001b\u2028\u202e',
      messageId: hello.messageId,
    });
  });

  it('warns of a late message', () => {
    const { events, lines } = eventsIn('json');
    events.messageReceived({ ...hello, windowAlreadyClosed: true });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', windowAlreadyClosed: true });
  });

  it('leaves out what an error quotes from a text that could not be parsed', () => {
    const { events, lines } = eventsIn('json');
    try {
      JSON.parse('Hello Ana');
    } catch (error) {
      events.apiFailed({ reference: 'r2', route: 'GET /v1/contacts', error });
    }
    events.apiFailed({ reference: 'r3', route: 'GET /v1/contacts', error: 'a thrown text' });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('"name":"SyntaxError"');
    expect(lines.join('')).not.toMatch(/Hello|a thrown text/);
  });
});

describe('levels', () => {
  for (const format of ['pretty', 'json'] as const) {
    it(`hide what is less important, in ${format}`, () => {
      const { events, lines } = eventsIn(format, { level: 'warn' });
      events.challengeAnswered();
      events.configurationWarning('PORT is strange.');
      expect(lines).toHaveLength(1);
    });
  }
});

describe('refusals', () => {
  it('are printed at once for the first of a kind, then counted by the minute', () => {
    const { events, lines, clock } = eventsIn('pretty');
    const refuse = () => events.webhookRefused({ reason: 'signature-mismatch', status: 401 });
    refuse();
    for (let number = 0; number < 41; number += 1) refuse();
    events.webhookRefused({ reason: 'signature-missing', status: 401 });
    clock.time = 59_999;
    events.challengeAnswered();
    expect(lines).toEqual([
      '[WARN] Webhook refused with 401: signature-mismatch.',
      '[WARN] Webhook refused with 401: signature-missing.',
      '[INFO] Webhook verified: Meta’s challenge was answered.',
    ]);
    lines.length = 0;

    clock.time = 60_000;
    events.challengeAnswered();
    expect(lines).toEqual([
      '[WARN] Webhook refused with 401: signature-mismatch. (and 41 more in the last minute)',
      '[INFO] Webhook verified: Meta’s challenge was answered.',
    ]);
    lines.length = 0;

    refuse();
    clock.time = 120_000;
    refuse();
    expect(lines).toEqual([
      '[WARN] Webhook refused with 401: signature-mismatch. (and 1 more in the last minute)',
    ]);
    clock.time = 400_000;
    events.challengeAnswered();
    expect(lines.slice(1)).toEqual([
      '[WARN] Webhook refused with 401: signature-mismatch. (and 1 more in the minute after 1970-01-01T00:02:00.000Z)',
      '[INFO] Webhook verified: Meta’s challenge was answered.',
    ]);
    clock.time = 500_000;
    refuse();
    expect(lines.at(-1)).toBe('[WARN] Webhook refused with 401: signature-mismatch.');
  });

  it('are all told when the gateway stops', () => {
    const { events, lines } = eventsIn('json');
    for (let number = 0; number < 3; number += 1)
      events.handshakeOnlyRefused({ sentence: 'No app secret. Set one.' });
    events.stopping();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'webhook.handshake-only' },
      { event: 'webhook.handshake-only', more: 2 },
      { event: 'gateway.stopping' },
    ]);
  });

  it('name the kind of difference in a handshake, and what the door says of a webhook', () => {
    const { events, lines } = eventsIn('pretty');
    events.challengeRefused({ kind: 'token-case', sentence: 'The tokens differ in case. Copy it again.' });
    events.webhookRefused({ reason: 'aborted', status: null, sentence: 'The sender went away.' });
    events.webhookRefused({
      reason: 'not-committed',
      status: 503,
      error: new RangeError('disk of 558587654321'),
    });
    events.storeUnavailable({ reason: 'SQLITE_FULL' });
    events.foreignWebhook({ businessPhoneId: '900100900100900' });
    expect(lines.map((line) => line.replace(/ \(at .*/, ''))).toEqual([
      '[WARN] Webhook verification refused: The tokens differ in case. Copy it again.',
      '[WARN] The sender went away.',
      '[ERROR] Webhook refused with 503: not-committed. The error was: RangeError: disk of •••',
      '[ERROR] The database did not do its work: SQLITE_FULL. Nothing that was acknowledged is lost. Check the disk of the file that DATABASE_URL names: free space, permissions.',
      '[WARN] A signed webhook is about business phone 900100900100900, which is not ours: it is kept and shown, and changes nothing. If it should be yours, add it with recado phones add 900100900100900, or set META_PHONE_NUMBER_ID to this id.',
    ]);
  });
});
