import '../runtime/required-node.ts';

import { randomBytes } from 'node:crypto';
import type { Json } from '../domain/json.ts';
import { type Clock, processClock } from '../runtime/clock.ts';
import { type BusinessPhone, readBusinessPhoneFields, readRegistration } from './accounts/business-phone.ts';
import { createWebhookSender, type WebhookReport } from './delivery/webhook-sender.ts';
import {
  type GraphReply,
  type GraphRoute,
  type RecordedRequest,
  startGraphServer,
} from './graph/graph-server.ts';
import { createMessagesCall } from './graph/messages.ts';
import { createNetwork, type LedgerLine } from './people/network.ts';
import { createPeople, type PersonState } from './people/people.ts';
import type { PhoneContent } from './people/phone-content.ts';
import type { PhoneMessage } from './people/phone-message.ts';
import { type SimulatedPerson, simulatedPerson } from './people/simulated-person.ts';
import { createSeededRandom } from './seeded-random.ts';
import type { ClosedWindowMode } from './send/send-message.ts';
import { defaultTemplates, type SimulatedTemplate } from './templates/template.ts';
import { createScheduler } from './time/scheduler.ts';

export type {
  BusinessPhone,
  ClosedWindowMode,
  LedgerLine,
  PhoneContent,
  PhoneMessage,
  RecordedRequest,
  SimulatedPerson,
  SimulatedTemplate,
  WebhookReport,
};

/** How a simulator is set up. Everything has a default. */
export type SimulatorOptions = {
  /** 127.0.0.1 */
  host?: string;
  /** 0: any free port. */
  port?: number;
  /** Milliseconds; the process clock. Windows, timestamps and redeliveries obey it. */
  clock?: Clock;
  /** Registered, with invented ids. */
  businessPhone?: BusinessPhone;
  /** Signs the webhooks: `0123456789abcdef0123456789abcdef`. */
  appSecret?: string;
  /** `simulator-verify-token` */
  verifyToken?: string;
  /** `simulator-access-token` */
  accessToken?: string;
  /** Where signed webhooks go; null for nowhere yet. */
  webhookUrl?: string | null;
  /** `hello_world` (en_US, no parameters) and `interview_reminder` (pt_BR, two). */
  templates?: readonly SimulatedTemplate[];
  /** How a closed window is reported: `status` (the default, as Meta usually does) or `answer`. */
  closedWindow?: ClosedWindowMode;
  /** Real milliseconds between the steps of a message's life; 20. `drain()` does not wait for them. */
  latency?: number;
  /** Real milliseconds that the receiver has to answer a webhook; 10,000. Meta publishes none. */
  patience?: number;
  /** Makes message ids, trace ids and challenges the same in every run. Random when left out. */
  seed?: string;
};

/** What a gateway must be told to work with this simulator. All of it is pretence. */
export type SimulatorSettings = {
  appSecret: string;
  verifyToken: string;
  accessToken: string;
  phoneNumberId: string;
  displayPhoneNumber: string;
  wabaId: string;
};

/** Something that happened, for a page to show. */
export type SimulatorChange =
  /** Somebody was made, was renamed, or went online or offline. */
  | { kind: 'person'; waId: string }
  /** A message appeared on a phone, or its status changed. */
  | { kind: 'message'; waId: string; message: PhoneMessage }
  /** A try to hand over a webhook ended. */
  | ({ kind: 'webhook' } & WebhookReport)
  /** A call of the Graph API was answered. */
  | { kind: 'request'; request: RecordedRequest };

/** A pretend Meta: Graph API, signed webhooks, people with phones. Nothing leaves memory. */
export type Simulator = {
  /** Base of the Graph API, without a version. */
  graphUrl: string;
  settings: SimulatorSettings;
  /** From now on webhooks, also those to be tried again, go to this URL. */
  pointWebhooksAt(url: string): void;
  /** Meta's GET handshake. Not ok unless answered 200 and the challenge, byte for byte (meta-facts §1). */
  verifyWebhook(): Promise<{ ok: boolean; status: number | null; body: string }>;
  /**
   * The person with this WhatsApp id, made when there is none. The number's other spelling (such as the
   * Brazilian one with the ninth digit) is the same person. A name, when given, becomes theirs.
   */
  person(waId: string, options?: { name?: string }): SimulatedPerson;
  people(): SimulatedPerson[];
  /** Hears of changes as they happen; must not throw. Call the result to stop. */
  subscribe(listener: (change: SimulatorChange) => void): () => void;
  /** What reached whom, in order. */
  ledger(): LedgerLine[];
  /** The calls received so far, oldest first, without tokens; the last 10,000. */
  requests(): RecordedRequest[];
  /** Sends are answered #133010 until `register()`, or the Graph call of that name. */
  unregister(): void;
  register(): void;
  /** Every call is answered #190 until `renewToken()`. */
  expireToken(): void;
  renewToken(): void;
  /** The next well-formed send is answered with this code of Meta's; calls add up. */
  failNext(code: number): void;
  /** The next accepted send goes its way, but the connection is broken off instead of an answer; calls add up. */
  dropAnswer(): void;
  /** Statuses are kept back until `releaseStatuses()`; messages are still delivered. */
  holdStatuses(): void;
  releaseStatuses(): void;
  /** Until all webhooks are handed over or wait for a later try, and all statuses due are sent. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

/** How many requests are remembered. */
const REQUESTS_KEPT = 10_000;

/** Starts a pretend Meta. Throws what `listen` throws when the port cannot be had. */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = options.clock ?? processClock();
  const random = createSeededRandom(options.seed ?? randomBytes(16).toString('hex'));
  const phone: BusinessPhone = {
    ...(options.businessPhone ?? {
      phoneNumberId: '200100200100200',
      displayPhoneNumber: '551132100000',
      wabaId: '300100300100300',
      verifiedName: 'Recado Simulator',
      registered: true,
    }),
  };
  const settings: SimulatorSettings = {
    appSecret: options.appSecret ?? '0123456789abcdef0123456789abcdef',
    verifyToken: options.verifyToken ?? 'simulator-verify-token',
    accessToken: options.accessToken ?? 'simulator-access-token',
    phoneNumberId: phone.phoneNumberId,
    displayPhoneNumber: phone.displayPhoneNumber,
    wabaId: phone.wabaId,
  };
  const templates = options.templates ?? defaultTemplates;
  const closedWindow = options.closedWindow ?? 'status';

  let webhookUrl = options.webhookUrl ?? null;
  let pin: string | null = null;
  let tokenExpired = false;
  const requests: RecordedRequest[] = [];
  const listeners = new Set<(change: SimulatorChange) => void>();

  function publish(change: SimulatorChange): void {
    for (const listener of listeners) listener(change);
  }

  const people = createPeople(phone.wabaId);
  const scheduler = createScheduler(clock, options.latency ?? 20);
  const sender = createWebhookSender({
    scheduler,
    clock,
    appSecret: settings.appSecret,
    patience: options.patience ?? 10_000,
    url: () => webhookUrl,
    report: (report) => publish({ kind: 'webhook', ...report }),
  });
  const network = createNetwork({
    source: settings,
    people,
    clock,
    random,
    scheduler,
    sender,
    changed: (person, message) => publish({ kind: 'message', waId: person.waId, message: { ...message } }),
  });

  const messages = createMessagesCall({ phone, templates, closedWindow, clock, random, people, network });

  const routes: GraphRoute[] = [
    { method: 'POST', edge: 'messages', answer: (call) => messages.answer(call.body) },
    { method: 'POST', edge: 'register', answer: (call) => answerRegister(call.body) },
    {
      method: 'GET',
      edge: null,
      answer: (call) => readBusinessPhoneFields(phone, call.query.get('fields')),
    },
  ];

  function answerRegister(body: Json): GraphReply {
    const registration = readRegistration(body, pin);
    if ('refusal' in registration) return registration;
    pin = registration.pin;
    phone.registered = true;
    return { body: { success: true } };
  }

  function rememberRequest(request: RecordedRequest): void {
    requests.push(request);
    if (requests.length > REQUESTS_KEPT) requests.shift();
    publish({ kind: 'request', request });
  }

  const server = await startGraphServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    clock,
    token: () => ({ value: settings.accessToken, expired: tokenExpired }),
    traceId: () => `A${random.hex(22)}`,
    objects: new Map([[phone.phoneNumberId, routes]]),
    received: rememberRequest,
  });

  function view(state: PersonState): SimulatedPerson {
    return simulatedPerson(state, network, clock, () => publish({ kind: 'person', waId: state.waId }));
  }

  function person(waId: string, about: { name?: string } = {}): SimulatedPerson {
    const { person: state, made } = people.make(waId);
    const name = about.name ?? state.name;
    const renamed = name !== state.name;
    state.name = name;
    if (made || renamed) publish({ kind: 'person', waId: state.waId });
    return view(state);
  }

  return {
    graphUrl: server.url,
    settings,
    pointWebhooksAt: (url) => {
      webhookUrl = url;
    },
    verifyWebhook: () => sender.verify(settings.verifyToken, String(random.integer(2_147_483_648))),
    person,
    people: () => people.all().map(view),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    ledger: network.ledger,
    requests: () => [...requests],
    register: () => {
      phone.registered = true;
    },
    unregister: () => {
      phone.registered = false;
    },
    expireToken: () => {
      tokenExpired = true;
    },
    renewToken: () => {
      tokenExpired = false;
    },
    failNext: messages.failNext,
    dropAnswer: messages.dropAnswer,
    holdStatuses: network.holdStatuses,
    releaseStatuses: network.releaseStatuses,
    drain: scheduler.drain,
    close: async () => {
      await server.close();
      await sender.close();
      await scheduler.close();
    },
  };
}
