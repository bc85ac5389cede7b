import type { Clock } from '../../runtime/clock.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { MediaStore } from '../accounts/media-store.ts';
import { businessBody, businessValue } from '../bodies/business-body.ts';
import type { OutgoingWebhook } from '../delivery/outgoing-webhook.ts';
import { createMessagesCall, type MessagesCall, type SimulatedGroup } from '../graph/messages.ts';
import type { OpenQuestions } from '../open-questions.ts';
import type { Network } from '../people/network.ts';
import type { People } from '../people/people.ts';
import { createSeededRandom, type SeededRandom } from '../seeded-random.ts';
import type { SimulatedTemplate } from '../templates/template.ts';
import { createTemplateBook, type TemplateBook } from '../templates/template-book.ts';
import { templateOfOption } from '../templates/template-of-option.ts';
import type { TemplateReview } from '../templates/template-review.ts';
import type { Scheduler } from '../time/scheduler.ts';
import { createReach } from './reach.ts';
import { goodConditions, type SendingConditions } from './sending-conditions.ts';
import { createThrottling, type Throttling } from './throttling.ts';

/** Everything that decides what becomes of a send. */
export type Sending = {
  templates: TemplateBook;
  conditions: SendingConditions;
  throttling: Throttling;
  messages: MessagesCall;
};

/** Templates, limits and conditions, and the call that goes by them. */
export function createSending(options: {
  accounts: Accounts;
  media: MediaStore;
  people: People;
  network: Network;
  clock: Clock;
  scheduler: Scheduler;
  random: SeededRandom;
  seed: string;
  questions: OpenQuestions;
  /** Those of the first WhatsApp account. */
  templates: readonly SimulatedTemplate[];
  review: TemplateReview;
  throttled: boolean;
  magicRecipients: boolean;
  groups: readonly SimulatedGroup[];
  deliver: (webhook: OutgoingWebhook) => void;
}): Sending {
  const { accounts, clock, questions } = options;
  const conditions: SendingConditions = { ...goodConditions(), messagingLimit: options.throttled };
  const throttling = createThrottling(clock, options.throttled);
  const templates = createTemplateBook({
    clock,
    // A stream of its own, so that templates change nothing else of a run.
    random: createSeededRandom(`templates ${options.seed}`),
    scheduler: options.scheduler,
    review: options.review,
    tell(wabaId, news) {
      const about = businessValue(news).field;
      const body = businessBody(wabaId, clock.now(), news);
      options.deliver({ line: `waba ${wabaId}`, about, waId: null, body });
    },
  });
  const { wabaId } = accounts.phone();
  for (const option of options.templates) templates.add(templateOfOption(option, wabaId, questions));
  const reach = createReach(clock.now);
  const messages = createMessagesCall({ ...options, templates, conditions, reach, throttling });
  return { templates, conditions, throttling, messages };
}
