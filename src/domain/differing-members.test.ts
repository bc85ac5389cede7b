import { describe, expect, it } from 'vitest';
import { testNotification } from '../../test/support/notification.ts';
import { differingMembers } from './differing-members.ts';

const now = 1_800_000_000_000;
const earlier = testNotification(now, { reference: 'a' });
const asked = {
  to: earlier.to,
  content: earlier.content,
  fallback: null,
  purpose: earlier.purpose,
  reference: 'a',
  notBefore: null,
  notAfter: null,
  businessPhoneId: null,
};

describe('the members that differ', () => {
  it.each([
    [{}, []],
    [{ content: { previewUrl: false, type: 'text' as const, body: 'Hello' } }, []],
    [{ content: { type: 'text' as const, body: 'Bye', previewUrl: false } }, ['content']],
    [{ to: '+5511999990000', reference: null }, ['to', 'reference']],
    [{ purpose: 'marketing' as const, notBefore: now + 1 }, ['purpose', 'notBefore']],
    [{ notAfter: earlier.notAfter }, []],
    [{ notAfter: now + 5, businessPhoneId: '1' }, ['notAfter', 'businessPhone']],
    [{ fallback: { type: 'template' as const, name: 'x', language: 'y', components: [] } }, ['fallback']],
  ])('of %j are %j', (changes, members) => {
    expect(differingMembers({ ...asked, ...changes }, earlier)).toEqual(members);
  });
});
