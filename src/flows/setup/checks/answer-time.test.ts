import { expect, it } from 'vitest';
import type { Situation } from '../check.ts';
import { checkAnswerTime } from './answer-time.ts';

const situation: Situation = {
  installation: {
    verifyToken: 'x',
    appId: null,
    webhookUrl: 'https://api.example.com/webhooks/whatsapp/',
    publicUrlSet: true,
    listensAt: 'http://127.0.0.1:8000',
    graphUrl: 'https://graph.facebook.com',
    simulated: false,
    databaseFile: 'data/recado.db',
    registrationPinSet: false,
  },
  phones: [],
};

it.each([
  [[40, 60, 250, 300, 2_000], 'time-good'],
  [[40, 60, 251, 300, 2_000], 'time-long'],
  [[900, 900, 900, 900, 900], 'time-long'],
  [[40, 60, 1_001, 1_002, 1_003], 'time-slow'],
])('answers after %j ms are %s', (times, reason) => {
  const probes = times.map((milliseconds) => ({
    sent: new Uint8Array(),
    answer: {
      call: 'POST https://api.example.com/webhooks/whatsapp/',
      answer: 'HTTP 200',
      got: 'answer' as const,
      status: 200,
      headers: {},
      body: Buffer.from(''),
      milliseconds,
    },
    arrival: null,
  }));
  expect(checkAnswerTime.judge({ probes, commit: 1 }, situation).reason).toBe(reason);
});
