import { describe, expect, it } from 'vitest';
import type { WebhookReport } from '../delivery/outgoing-webhook.ts';
import type { PhoneMessage } from '../people/phone-message.ts';
import { createJudge, type Judge } from './judge.ts';
import { createRunLog } from './run-log.ts';

const ana = '558587654321';
const phoneNumberId = '200100200100200';

const noLimits = { breaches: () => [], nameOf: (person: string) => person };

/** A run, told in lines: `in` the person received, `out` they wrote. */
function judgeOf(...lines: [at: number, direction: 'in' | 'out', text: string, waId?: string][]): Judge {
  const log = createRunLog(() => 0);
  for (const [index, [at, direction, text, waId = ana]] of lines.entries()) {
    const content = { kind: 'text', body: text } as const;
    const id = `wamid.${index}`;
    const status = 'delivered';
    const message: PhoneMessage = { id, direction, at, text, kind: 'text', content, phoneNumberId, status };
    log.add({ kind: 'message', waId, message });
    // A second change of the same message is no second message.
    log.add({ kind: 'message', waId, message: { ...message, status: 'read' } });
  }
  return createJudge(log, noLimits);
}

function judgeOfWebhooks(...reports: Partial<WebhookReport>[]): Judge {
  const log = createRunLog(() => 0);
  const usual: WebhookReport = {
    about: 'message',
    waId: ana,
    outcome: 'acknowledged',
    attempt: 1,
    httpStatus: 200,
    reason: null,
    nextAttemptAt: null,
    field: 'messages',
    appId: '1',
    url: null,
    silence: null,
  };
  for (const report of reports) log.add({ kind: 'webhook', ...usual, ...report });
  return createJudge(log, noLimits);
}

describe('the judge', () => {
  it('received once', () => {
    const judge = judgeOf([1, 'in', 'Oi'], [2, 'in', 'Pedido 7'], [3, 'in', 'Pedido 7']);
    expect(judge.receivedOnce(ana, 'Oi')).toBe(`${ana} received "Oi" once.`);
    expect(() => judge.receivedOnce(ana, /^Pedido/)).toThrow(
      `received it 2 times. All that they received: "Oi", "Pedido 7", "Pedido 7".`,
    );
    expect(() => judge.receivedOnce(ana, ({ text }) => text === 'Tchau')).toThrow('received it not at all');
    expect(() => judge.receivedOnce('551100000000', 'Oi')).toThrow('All that they received: nothing.');
  });

  it('received in order', () => {
    const judge = judgeOf([1, 'in', 'um'], [2, 'in', 'dois'], [3, 'in', 'três']);
    expect(judge.receivedInOrder(ana, 'um', 'três')).toContain('then "três"');
    expect(() => judge.receivedInOrder(ana, 'três', 'um')).toThrow(
      'number 2, "um", did not come in its turn',
    );
    expect(() => judge.receivedInOrder(ana, 'um', 'um')).toThrow('number 2');
  });

  it('answered within', () => {
    const judge = judgeOf([0, 'out', 'Oi'], [900, 'in', 'Olá'], [1000, 'out', 'E?', '551100000000']);
    expect(judge.answeredWithin(900, ana)).toBe('Of 1 messages each was answered within 900 ms.');
    expect(() => judge.answeredWithin(899, ana)).toThrow('was answered after 900 ms');
    expect(() => judge.answeredWithin(900)).toThrow('"E?" of 551100000000 was never answered');
  });

  it('nothing twice', () => {
    const judge = judgeOf([1, 'in', 'Oi'], [2, 'in', 'Oi', '551100000000'], [3, 'in', 'Olá']);
    expect(judge.nothingTwice()).toContain('3 messages');
    expect(() => judge.nothingTwice(({ kind }) => kind)).toThrow('as wamid.0 and again as wamid.2');
  });

  it('everything acknowledged', () => {
    const again = { outcome: 'will-retry', httpStatus: 500 } as const;
    expect(judgeOfWebhooks({}, again, { attempt: 2 }).everythingAcknowledged()).toBe(
      '2 webhooks were acknowledged.',
    );
    expect(() => judgeOfWebhooks({}, again).everythingAcknowledged()).toThrow('1 wait for another try');
    const dropped = { outcome: 'dropped', attempt: 0, reason: 'No URL.' } as const;
    expect(() => judgeOfWebhooks(dropped).everythingAcknowledged()).toThrow('of message: No URL.');
  });
});
