import { describe, expect, it } from 'vitest';
import { webhookFixture, webhookFixtureNames } from '../../test/support/webhook-fixtures.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import { createEventKeys } from './event-key.ts';
import { parseWebhook } from './parse-webhook.ts';
import { parseBody, readElement } from './read-event.ts';
import { singleEnvelope } from './single-envelope.ts';

const keys = createEventKeys(new Uint8Array(32));

function envelopesOf(body: Uint8Array) {
  const json = parseBody(body);
  return parseWebhook(body, keys).events.map((event) => ({
    event,
    json,
    envelope: singleEnvelope(json, event.path),
  }));
}

describe('a body with one element alone', () => {
  it.each(webhookFixtureNames())('of %s reads as the same event again, and as no other', (name) => {
    for (const { event, json, envelope } of envelopesOf(webhookFixture(name))) {
      // These two are known by what stands beside them.
      if (envelope === null || event.kind === 'unrecognised' || event.kind === 'context') continue;
      const { events } = parseWebhook(Buffer.from(JSON.stringify(envelope)), keys);
      const again = events.filter(
        ({ identity }) => JSON.stringify(identity) === JSON.stringify(event.identity),
      );
      expect(again).toMatchObject([{ kind: event.kind, lane: event.lane, occurredAt: event.occurredAt }]);
      const [found] = again;
      expect(readElement(envelope, found?.path ?? '')).toEqual(readElement(json, event.path));
    }
  });

  it('tells of nobody else', () => {
    const person = (id: string) => ({ profile: { name: id }, wa_id: id });
    const message = (id: string) => ({
      from: id,
      id: `wamid.${id}`,
      timestamp: '1790000000',
      type: 'text',
      text: { body: 'Hi' },
    });
    const body: Json = {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '300',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '551132100000', phone_number_id: '200' },
                contacts: [person('551'), person('552')],
                messages: [message('551'), message('552')],
              },
            },
          ],
        },
      ],
    };
    expect(singleEnvelope(body, '0.0.messages.1')).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '300',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '551132100000', phone_number_id: '200' },
                contacts: [person('552')],
                messages: [message('552')],
              },
            },
          ],
        },
      ],
    });
  });

  it('is there for every element of a change, and for nothing else', () => {
    const found = webhookFixtureNames().flatMap((name) => envelopesOf(webhookFixture(name)));
    expect(found.length).toBeGreaterThan(100);
    for (const { event, envelope } of found) {
      const inChange = event.path.split('.').length > 1;
      expect([event.path, isJsonObject(envelope)]).toEqual([event.path, inChange]);
    }
  });
});
