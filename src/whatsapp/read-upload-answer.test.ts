import { expect, it } from 'vitest';
import { readUploadAnswer } from './read-upload-answer.ts';

it('is uploaded only with an id, refused only by Meta’s own word, and else unanswered', () => {
  expect(readUploadAnswer(200, '{"id":"77"}')).toEqual({ outcome: 'uploaded', id: '77' });
  expect(readUploadAnswer(200, '{"id":77}')).toEqual({ outcome: 'uploaded', id: '77' });
  expect(readUploadAnswer(400, '{"error":{"code":190,"message":"Token expired"}}')).toMatchObject({
    outcome: 'refused',
    failure: { code: 'access-token-refused', metaCode: 190 },
  });
  for (const body of ['', '<html>', '[]', '{}', '{"error":"no"}', 'null']) {
    expect(readUploadAnswer(502, body)).toEqual({
      outcome: 'unanswered',
      reason: 'HTTP 502 without an id',
    });
  }
  expect(readUploadAnswer(500, '{"id":"77"}').outcome).toBe('unanswered');
});
