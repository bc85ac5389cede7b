import { createHash } from 'node:crypto';
import type { Clock } from '../../runtime/clock.ts';
import type { WebhookShape } from '../bodies/webhook-shape.ts';
import type { OutgoingWebhook } from '../delivery/outgoing-webhook.ts';
import type { OpenQuestions } from '../open-questions.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Scheduler } from '../time/scheduler.ts';
import { createNetwork, type Network } from './network.ts';
import type { People, PersonState } from './people.ts';
import { createPersonActs } from './person-acts.ts';
import type { PhoneMessage } from './phone-message.ts';
import { createPostOffice } from './post-office.ts';
import {
  type KnownPhone,
  type PhoneWorld,
  type SimulatedPerson,
  simulatedPerson,
} from './simulated-person.ts';

/** Meta's media, as far as people put files into it. */
type MediaPort = {
  put(media: { bytes: Uint8Array; mimeType: string; owner: { phoneNumberId: string; origin: 'received' } }): {
    id: string;
  };
  /** Where a kept file can be fetched now. */
  urlOf(id: string): string;
};

/** Everyone with a phone, and the network between them and the business. */
export type Crowd = {
  network: Network;
  /** A person's phone, for a test or a page to hold. */
  view(person: PersonState): SimulatedPerson;
};

/** `messageChanged` and `personChanged` hear of what a page has to show anew. */
export function createCrowd(options: {
  people: People;
  /** The business phones, the first one first. */
  phones: () => readonly KnownPhone[];
  clock: Clock;
  random: SeededRandom;
  scheduler: Scheduler;
  send: (webhook: OutgoingWebhook) => void;
  shape: () => WebhookShape;
  media: MediaPort;
  edits: PhoneWorld['edits'];
  prices: OpenQuestions['prices'];
  openChats: OpenQuestions['openChats'];
  messageChanged: (person: PersonState, message: PhoneMessage) => void;
  personChanged: (person: PersonState) => void;
}): Crowd {
  const { people, phones, clock, random, scheduler, media } = options;
  const postOffice = createPostOffice(
    options.send,
    options.shape,
    (waId, phoneNumberId) => people.byNumber(waId)?.conversations.get(phoneNumberId)?.standby === true,
  );
  const changed = options.messageChanged;
  const acts = createPersonActs({ phones, people, clock, random, postOffice, changed });
  const network = createNetwork({
    phones,
    people,
    clock,
    scheduler,
    postOffice,
    prices: options.prices,
    openChats: options.openChats,
    changed,
    arrived: answerByItself,
  });

  function answerByItself(person: PersonState, message: PhoneMessage): void {
    const reply = person.autoReply;
    const source = phones().find((phone) => phone.phoneNumberId === message.phoneNumberId);
    const words = reply?.words(message) ?? null;
    if (reply === null || source === undefined || words === null) return;
    scheduler.at(clock.now() + reply.after, () => {
      network.read(person, source.phoneNumberId);
      acts.write(person, source, { kind: 'text', body: words });
    });
  }

  const world: PhoneWorld = {
    network,
    acts,
    clock,
    scheduler,
    phones,
    edits: options.edits,
    changed: options.personChanged,
    keepMedia(source, { bytes, mimeType }) {
      const owner = { phoneNumberId: source.phoneNumberId, origin: 'received' } as const;
      const { id } = media.put({ bytes, mimeType, owner });
      const sha256 = createHash('sha256').update(bytes).digest('base64');
      return { id, url: media.urlOf(id), mimeType, sha256 };
    },
  };

  return { network, view: (person) => simulatedPerson(person, world) };
}
