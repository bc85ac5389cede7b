import { describe, expect, it } from 'vitest';
import { readContent } from '../whatsapp/read-content.ts';
import type { Event, EventKind } from './event.ts';
import { isJsonObject, type Json } from './json.ts';
import { phoneLane } from './lane.ts';
import { filesOf } from './media-file.ts';

const image = { type: 'image', image: { id: '77', mime_type: 'image/jpeg', caption: 'Oi' } };

function eventOf(kind: EventKind, payload: Json, changes: Partial<Event> = {}): Event {
  return {
    position: 5,
    key: '',
    kind,
    lane: phoneLane('200'),
    occurredAt: 1,
    receivedAt: 2,
    businessPhoneId: '200',
    contactId: null,
    foreign: false,
    revision: 1,
    replayed: false,
    webhookId: 1,
    payload,
    content: readContent(kind, isJsonObject(payload) ? payload : {}),
    metaTest: false,
    ...changes,
  };
}

const found = {
  id: '77',
  lane: phoneLane('200'),
  position: 5,
  receivedAt: 2,
  mimeType: 'image/jpeg',
  filename: null,
};

describe('the files that an event names', () => {
  it.each<[string, EventKind, Json]>([
    ['a message', 'message', image],
    [
      'an edited message',
      'message',
      { type: 'edit', edit: { original_message_id: 'wamid.A', message: image } },
    ],
    ['an echo', 'echo', { from: '1', to: '2', ...image }],
    ['a part of the history', 'history', { threads: [{ id: '2', messages: [image] }] }],
  ])('are found in %s', (_, kind, payload) => {
    expect(filesOf(eventOf(kind, payload))).toEqual([found]);
  });

  it.each<[string, Json]>([
    ['words', { type: 'text', text: { body: 'Oi' } }],
    ['a file without an id', { type: 'image', image: { mime_type: 'image/jpeg' } }],
    ['an id that leads elsewhere', { type: 'image', image: { id: '../me' } }],
    ['nothing', {}],
  ])('are none in %s', (_, payload) => {
    expect(filesOf(eventOf('message', payload))).toEqual([]);
  });

  it('are not fetched for a phone that is not ours, and not of a made-up test', () => {
    expect(filesOf(eventOf('message', image, { foreign: true }))).toEqual([]);
    expect(filesOf(eventOf('message', image, { metaTest: true }))).toEqual([]);
    expect(filesOf(eventOf('message', image, { businessPhoneId: null }))).toEqual([]);
  });
});
