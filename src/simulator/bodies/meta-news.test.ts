import { describe, expect, it } from 'vitest';
import { readOnlyEvent } from '../../../test/support/read-bodies.ts';
import { echoBody } from './coexistence-body.ts';
import { type MetaNews, metaNewsBody } from './meta-news.ts';
import { standbyBody } from './routing-body.ts';
import { textMessageBody } from './webhook-bodies.ts';
import { webhookShape } from './webhook-shape.ts';

const source = {
  wabaId: '300100300100300',
  phoneNumberId: '200100200100200',
  displayPhoneNumber: '551132100000',
};
const at = 1_790_000_000_000;
const ana = { waId: '558587654321', userId: 'BR.101', name: 'Ana Souza' };
const shape = webhookShape();

describe('what Meta tells although nobody did anything (meta-facts §3.1)', () => {
  it.each<[MetaNews, string, object]>([
    [
      { kind: 'username', username: 'padaria', status: 'reserved' },
      'phone',
      { form: 'username', username: 'padaria' },
    ],
    [
      { kind: 'handover', waId: ana.waId, formerOwner: 'ai_agent', owner: 'escalation' },
      'handover',
      { person: { waId: ana.waId } },
    ],
    [{ kind: 'address-book', waId: ana.waId, fullName: 'Ana Souza', firstName: 'Ana' }, 'sync', {}],
    [
      {
        kind: 'history',
        phase: 0,
        chunkOrder: 1,
        progress: 55,
        threads: [
          {
            waId: ana.waId,
            messages: [
              {
                id: 'wamid.1',
                at: at - 2000,
                from: 'business',
                content: { kind: 'text', body: 'Oi' },
                status: 'READ',
              },
              { id: 'wamid.2', at: at - 1000, from: 'person', content: null, status: 'PLAYED' },
            ],
          },
        ],
      },
      'history',
      {
        form: 'chunk',
        progress: 55,
        threads: [
          {
            person: { waId: ana.waId },
            messages: [
              { direction: 'out', status: 'READ', message: { content: { type: 'text', body: 'Oi' } } },
              { direction: 'in', status: 'PLAYED' },
            ],
          },
        ],
      },
    ],
    [{ kind: 'group', field: 'group_status_update', groupId: 'grupo-1' }, 'group', { groupId: 'grupo-1' }],
    [{ kind: 'account-review', decision: 'APPROVED' }, 'account', { form: 'review', decision: 'APPROVED' }],
  ])('%o', (news, kind, content) => {
    expect(readOnlyEvent(metaNewsBody(source, at, news, shape))).toMatchObject({ kind, content });
  });

  it('an answer in the WhatsApp Business app is an echo', () => {
    const message = { to: ana.waId, id: 'wamid.e', at, content: { kind: 'text', body: 'Já vou!' } as const };
    expect(readOnlyEvent(echoBody(source, message, shape))).toMatchObject({
      kind: 'echo',
      occurredAt: at,
      content: { to: { waId: ana.waId }, message: { messageId: 'wamid.e' } },
    });
  });

  it('on standby a message is the same, one level deeper', () => {
    const body = textMessageBody(source, ana, { id: 'wamid.s', at, text: 'Oi' });
    expect(standbyBody(body)).toMatchObject({
      entry: [
        {
          id: source.wabaId,
          changes: [{ field: 'standby', value: { standby: { messages: [{ id: 'wamid.s' }] } } }],
        },
      ],
    });
    expect(readOnlyEvent(standbyBody(body))).toMatchObject({ kind: 'standby', occurredAt: at });
  });
});
