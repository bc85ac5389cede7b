import { describe, expect, it } from 'vitest';
import { createEventKeys } from '../../whatsapp/event-key.ts';
import { parseWebhook } from '../../whatsapp/parse-webhook.ts';
import { type SampleFacts, samples } from './sample-webhooks.ts';

const facts: SampleFacts = {
  seconds: 1_790_000_000,
  unique: '0a1b',
  wabaId: '300100300100300',
  businessPhoneId: '200100200100200',
  displayNumber: '551132100000',
  from: '558587654321',
  name: 'Ana Souza',
  text: 'Oi',
  messageId: 'wamid.ours',
};
const keys = createEventKeys(new Uint8Array(32).fill(3));

function eventsOf(sample: (typeof samples)[number], changes: Partial<SampleFacts> = {}) {
  const body = Buffer.from(JSON.stringify(sample.body({ ...facts, ...changes })));
  return parseWebhook(new Uint8Array(body), keys).events;
}

describe('sample webhooks', () => {
  it.each([
    ['text', ['message']],
    ['image', ['message']],
    ['location', ['message']],
    ['button', ['message']],
    ['interactive', ['message']],
    ['reaction', ['message']],
    ['unsupported', ['message']],
    ['status', ['status']],
    ['status-read', ['status']],
    ['status-failed', ['status']],
    ['template-status', ['template']],
    ['phone-quality', ['phone']],
    ['batch', ['message', 'message', 'status']],
    ['unknown', ['unrecognised']],
  ])('%s is read as %j', (name, kinds) => {
    const sample = samples.find((one) => one.name === name);
    expect(sample === undefined ? [] : eventsOf(sample).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('are all in the table above, and named once', () => {
    expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length);
    expect(samples).toHaveLength(14);
  });

  it('are new events when anything that makes them new is new', () => {
    for (const sample of samples) {
      const identities = (changes: Partial<SampleFacts>) =>
        JSON.stringify(eventsOf(sample, changes).map(({ identity }) => identity));
      const again = { unique: 'ffff', messageId: 'wamid.other', seconds: facts.seconds + 1 };
      expect(identities({})).toBe(identities({}));
      expect(identities(again)).not.toBe(identities({}));
    }
  });
});
