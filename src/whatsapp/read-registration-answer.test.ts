import { expect, it } from 'vitest';
import { readRegistrationAnswer } from './read-registration-answer.ts';

it.each([
  [200, '{"success":true}', { outcome: 'registered' }],
  [200, '{"success":"true"}', { outcome: 'registered' }],
  [500, '{"success":true}', { outcome: 'unanswered' }],
  [200, '{"success":false}', { outcome: 'unanswered' }],
  [200, '', { outcome: 'unanswered' }],
  [502, '<html>Bad Gateway</html>', { outcome: 'unanswered', reason: expect.stringContaining('502') }],
  [
    400,
    '{"error":{"message":"(#133005) Two step verification PIN mismatch","code":133005}}',
    { outcome: 'refused', failure: { metaCode: 133005 } },
  ],
])('%i %s', (status, body, expected) => {
  expect(readRegistrationAnswer(status, body)).toMatchObject(expected);
});
