import { expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../simulator/simulator.ts';
import { sentCode } from './sent-code.ts';

it('a code that request_code has sent stands in a sentence, and can be given back', async () => {
  const simulator = await createSimulator();
  onTestFinished(() => simulator.close());
  const { accounts, settings, graphUrl } = simulator;
  const said: string[] = [];
  simulator.subscribe((change) => {
    const sentence = sentCode(change, simulator);
    if (sentence !== null) said.push(sentence);
  });
  const post = (path: string, body: object) =>
    fetch(`${graphUrl}/v25.0/${settings.phoneNumberId}/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${settings.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  const asked = { code_method: 'SMS', language: 'en_US' };

  expect((await post('request_code', asked)).status).toBe(400);
  expect(said).toEqual([]);
  accounts.phone().codeVerificationStatus = 'NOT_VERIFIED';
  expect((await post('request_code', asked)).status).toBe(200);
  const code = /^The code (\d{6}) has come to 551132100000\./.exec(said[0] ?? '')?.[1];
  expect((await post('verify_code', { code })).status).toBe(200);
  expect(said).toHaveLength(1);
});
