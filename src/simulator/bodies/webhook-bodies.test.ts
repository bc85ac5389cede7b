import { describe, expect, it } from 'vitest';
import { problem } from '../graph/graph-error.ts';
import { statusBody, textMessageBody } from './webhook-bodies.ts';

const source = {
  wabaId: '300100300100300',
  phoneNumberId: '200100200100200',
  displayPhoneNumber: '551132100000',
};
const ana = { waId: '558587654321', userId: 'BR.101', name: 'Ana Souza' };
const subject = { messageId: 'wamid.x', at: 1_790_000_000_999, recipient: ana, callbackData: 'nt_1' };

function envelope(value: object): object {
  const metadata = { display_phone_number: '551132100000', phone_number_id: '200100200100200' };
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '300100300100300',
        changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }],
      },
    ],
  };
}

const contacts = [{ profile: { name: 'Ana Souza' }, wa_id: '558587654321', user_id: 'BR.101' }];
const status = {
  id: 'wamid.x',
  timestamp: '1790000000',
  recipient_id: '558587654321',
  recipient_user_id: 'BR.101',
  biz_opaque_callback_data: 'nt_1',
};

describe('bodies in the shape of v25', () => {
  it('a text (meta-facts §4.1, §4.2)', () => {
    const body = textMessageBody(source, ana, { id: 'wamid.y', at: 1_790_000_000_000, text: 'Oi 👋🏽' });
    expect(body).toEqual(
      envelope({
        contacts,
        messages: [
          {
            from: '558587654321',
            from_user_id: 'BR.101',
            id: 'wamid.y',
            timestamp: '1790000000',
            type: 'text',
            text: { body: 'Oi 👋🏽' },
          },
        ],
      }),
    );
  });

  it('sent: with the price, without a conversation (meta-facts §4.3, §9)', () => {
    const free = {
      billable: false,
      pricing_model: 'PMP',
      type: 'free_customer_service',
      category: 'service',
    };
    const paid = {
      billable: true,
      pricing_model: 'PMP',
      type: 'regular',
      category: 'marketing',
    };
    expect(
      statusBody(source, subject, { status: 'sent', category: 'service', price: 'free_customer_service' }),
    ).toEqual(envelope({ contacts, statuses: [{ ...status, status: 'sent', pricing: free }] }));
    expect(statusBody(source, subject, { status: 'sent', category: 'marketing', price: 'regular' })).toEqual(
      envelope({ contacts, statuses: [{ ...status, status: 'sent', pricing: paid }] }),
    );
  });

  it.each(['delivered', 'read'] as const)(
    '%s: without the price, which comes once (meta-facts §4.3)',
    (name) => {
      expect(statusBody(source, subject, { status: name })).toEqual(
        envelope({ contacts, statuses: [{ ...status, status: name }] }),
      );
    },
  );

  it('failed: with errors, without contacts (meta-facts §4.3)', () => {
    const failure = problem(131047, 'More than 24 hours.');
    const title = 'Re-engagement message';
    expect(statusBody(source, subject, { status: 'failed', failure })).toEqual(
      envelope({
        statuses: [
          {
            ...status,
            status: 'failed',
            errors: [
              {
                code: 131047,
                title,
                message: title,
                error_data: { details: 'More than 24 hours.' },
                href: expect.any(String),
              },
            ],
          },
        ],
      }),
    );
  });

  it('leaves out what is not known (meta-facts §9, April 2026)', () => {
    const nobody = { waId: '5511900001111', userId: null, name: null };
    const stranger = { ...subject, recipient: nobody, callbackData: null };
    expect(statusBody(source, stranger, { status: 'failed', failure: problem(131026) })).toEqual(
      envelope({
        statuses: [
          {
            id: 'wamid.x',
            status: 'failed',
            timestamp: '1790000000',
            recipient_id: '5511900001111',
            errors: [expect.not.objectContaining({ error_data: expect.anything() })],
          },
        ],
      }),
    );
  });
});
