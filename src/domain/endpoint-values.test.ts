import { describe, expect, it } from 'vitest';
import { endpointHeaderFault, endpointSecretFault } from './endpoint-values.ts';

const whole = `whsec_${'ab12'.repeat(8)}`;

describe('a secret that somebody brings along', () => {
  it.each([whole, `${whole}ab==`, '0123456789abcdef0123456789abcdef'])('%s is taken', (text) => {
    expect(endpointSecretFault(text)).toBeNull();
  });
  it.each(['', 'short', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${'!'.repeat(40)}`, 'sixteen letters and spaces'])(
    '%j is refused',
    (text) => {
      expect(endpointSecretFault(text)).toContain('must be');
    },
  );
});

describe('a header of the user’s own', () => {
  it.each([
    ['Authorization', 'Bearer abc'],
    ['x-shop', ''],
  ])('%s is taken', (name, value) => {
    expect(endpointHeaderFault(name, value)).toBeNull();
  });
  it.each([
    ['Content-Type', 'text/plain', 'is set by Recado itself'],
    ['webhook-id', '1', 'is set by Recado itself'],
    ['Transfer-Encoding', 'chunked', 'is set by Recado itself'],
    ['two words', '1', 'must be named like a header'],
    ['x-a:', '1', 'must be named like a header'],
    ['x-a', 'one\r\nx-b: two', 'plain characters'],
    ['x-a', 'x'.repeat(1025), 'plain characters'],
  ])('%s: %j is refused', (name, value, because) => {
    expect(endpointHeaderFault(name, value)).toContain(because);
  });
});
