import { describe, expect, it } from 'vitest';
import { readContent } from '../../whatsapp/read-content.ts';
import { contentBody } from './content.ts';

describe('the content of an event in the API', () => {
  it('has its times as ISO 8601, however deep they stand', () => {
    const restriction = readContent(
      'account',
      {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [{ restriction_type: 'R', expiration: 1_760_000_000 }, { expiration: null }],
      },
      { field: 'account_update', list: null, value: null, unreadable: null },
    );
    expect(contentBody(restriction)).toMatchObject({
      restrictions: [
        { restriction: 'R', expiresAt: '2025-10-09T08:53:20.000Z' },
        { restriction: null, expiresAt: null },
      ],
    });
  });

  it('leaves what people filled in as it came', () => {
    const reply = { response_json: '{"visitAt":1760000000000}', name: 'flow' };
    const message = readContent('message', {
      id: 'wamid.A',
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: reply },
    });
    expect(contentBody(message)).toMatchObject({ content: { response: { visitAt: 1_760_000_000_000 } } });
  });

  it('is null for our own kinds', () => {
    expect(contentBody(readContent('notification', {}))).toBeNull();
  });
});
