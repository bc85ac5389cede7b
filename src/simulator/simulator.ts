import '../runtime/required-node.ts';

import { randomBytes } from 'node:crypto';
import type { Clock } from '../runtime/clock.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { BusinessPhone } from './accounts/business-phone.ts';
import { createMediaStore, type MediaStore } from './accounts/media-store.ts';
import {
  defaultAppId,
  defaultBusinessPhone,
  type FurtherApp,
  type FurtherToken,
  openAccounts,
} from './accounts/open-accounts.ts';
import { type MetaNews, metaNewsBody } from './bodies/meta-news.ts';
import { type WebhookShape, webhookShape } from './bodies/webhook-shape.ts';
import type { BatchLevel } from './delivery/batch-bodies.ts';
import { createMisbehaving, type Misbehaviour, type MisbehaviourChances } from './delivery/misbehaviour.ts';
import { createWebhookClient, nobodyBehind, type WebhookClient } from './delivery/webhook-client.ts';
import { createWebhookSender, type OutgoingWebhook, type WebhookReport } from './delivery/webhook-sender.ts';
import { createAnswerFaults } from './graph/answer-faults.ts';
import { createCallBudget } from './graph/call-budget.ts';
import type { GraphContext } from './graph/graph-context.ts';
import { createGraphObjects } from './graph/graph-objects.ts';
import { createGraphServer, type RecordedRequest } from './graph/graph-server.ts';
import { type HttpDoor, openHttpDoor } from './graph/http-door.ts';
import { messageTemplateRoutes, messageTemplatesRoutes } from './graph/message-templates.ts';
import { messagesRoutes, type SimulatedGroup } from './graph/messages.ts';
import { createJudge, type Judge } from './judge/judge.ts';
import { createRecorder, type Recording } from './judge/recording.ts';
import { type Replay, replayRecording } from './judge/replay.ts';
import { createRunLog, type RunEvent } from './judge/run-log.ts';
import { type MetaActs, type MetaStep, recordedMetaActs, takeMetaStep } from './meta-steps.ts';
import { likelyAnswers, type OpenQuestions } from './open-questions.ts';
import { createCrowd } from './people/crowd.ts';
import type { LedgerLine } from './people/network.ts';
import { createPeople } from './people/people.ts';
import type { PhoneContent } from './people/phone-content.ts';
import type { PhoneMessage } from './people/phone-message.ts';
import { type FailedStep, playScenario, type Scenario } from './people/script.ts';
import type { PersonFile, SimulatedPerson } from './people/simulated-person.ts';
import { createSeededRandom } from './seeded-random.ts';
import { type MagicRecipient, magicRecipients } from './send/magic-recipients.ts';
import type { ClosedWindowMode } from './send/send-message.ts';
import { createSending } from './send/sending.ts';
import type { SendingConditions } from './send/sending-conditions.ts';
import type { RateBreach } from './send/throttling.ts';
import { defaultTemplates, type MessageTemplate, type SimulatedTemplate } from './templates/template.ts';
import type { TemplateBook } from './templates/template-book.ts';
import type { TemplateReview } from './templates/template-review.ts';
import { createScheduler } from './time/scheduler.ts';
import { createSimulatedClock, movable, type SimulatedClock } from './time/simulated-clock.ts';

export type {
  Accounts,
  BatchLevel,
  BusinessPhone,
  ClosedWindowMode,
  FailedStep,
  FurtherApp,
  FurtherToken,
  Judge,
  LedgerLine,
  MagicRecipient,
  MediaStore,
  MessageTemplate,
  MetaNews,
  MetaStep,
  Misbehaviour,
  MisbehaviourChances,
  OpenQuestions,
  OutgoingWebhook,
  PersonFile,
  PhoneContent,
  PhoneMessage,
  RateBreach,
  RecordedRequest,
  Recording,
  Replay,
  RunEvent,
  Scenario,
  SendingConditions,
  SimulatedClock,
  SimulatedGroup,
  SimulatedPerson,
  SimulatedTemplate,
  TemplateBook,
  TemplateReview,
  WebhookReport,
  WebhookShape,
};
export { createSimulatedClock, magicRecipients };

/** How a simulator is set up. Everything has a default. */
export type SimulatorOptions = {
  /** 127.0.0.1 */
  host?: string;
  /** 0: any free port. */
  port?: number;
  /**
   * Milliseconds; the process clock. Everything that depends on time obeys it. One of `createSimulatedClock` can be
   * shared with others, such as a gateway; any other one is moved for the simulator alone.
   */
  clock?: Clock | SimulatedClock;
  /** Registered, with invented ids. */
  businessPhone?: BusinessPhone;
  /** Further numbers, of the same WhatsApp account or of others. */
  furtherBusinessPhones?: readonly BusinessPhone[];
  /** `500100500100500` */
  appId?: string;
  /** Signs the webhooks: `0123456789abcdef0123456789abcdef`. */
  appSecret?: string;
  /** `simulator-verify-token` */
  verifyToken?: string;
  /** `simulator-access-token` */
  accessToken?: string;
  /** Apps beside that one, each with its own secret and callback; none. */
  furtherApps?: readonly FurtherApp[];
  /** Access tokens beside that one, such as one that lacks a permission; none. */
  furtherTokens?: readonly FurtherToken[];
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
  /** Several webhooks in one body, as Meta may send them; `off`. */
  batching?: BatchLevel | 'off';
  /** The chance of each misbehaviour; none. Which ones it befalls follows from the seed. */
  misbehaviour?: MisbehaviourChances;
  /** Meta's limits of calls, of messages and of people written to (meta-facts §6): `off`, or `as-meta`. */
  throttling?: 'off' | 'as-meta';
  /** How templates are reviewed that the Graph API makes or changes: approved after a minute, or as their name says. */
  templateReview?: TemplateReview;
  /** Whether sends to `magicRecipients` fail as these numbers say: true. Nobody else can have such a number. */
  magicRecipients?: boolean;
  /** Groups of people to whom the business phones can write by `recipient_type` `group`; none. */
  groups?: readonly SimulatedGroup[];
  /** How the app gets its webhooks: the Graph version, with or without user ids, prices; as v25 does now. */
  webhookShape?: Partial<WebhookShape>;
  /** What Meta does where its documents leave it open. */
  openQuestions?: Partial<OpenQuestions>;
};

/** What a gateway must be told to work with this simulator. All of it is pretence. */
export type SimulatorSettings = {
  appSecret: string;
  verifyToken: string;
  accessToken: string;
  phoneNumberId: string;
  displayPhoneNumber: string;
  wabaId: string;
  appId: string;
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
  /** Meta's books: apps, tokens, WhatsApp accounts, business phones. Their members can be set. */
  accounts: Accounts;
  media: MediaStore;
  /** The simulated time: stop it, let it run fast, jump ahead. */
  time: SimulatedClock;
  /**
   * Moves time ahead by so many milliseconds, as if it had gone by: whatever becomes due on the way, such as a webhook
   * to be tried again, happens at its time and is awaited before time goes on.
   *
   * @param settled awaited at every stop as well: until whoever is tested has done what follows
   */
  travel(milliseconds: number, settled?: () => Promise<void>): Promise<void>;
  /** The message templates, and what Meta does with them: pauses, rejects, rates, recategorises. */
  templates: TemplateBook;
  /** What keeps Meta from sending or delivering. Its members can be set. */
  conditions: SendingConditions;
  /** Messages that went beyond a limit, also while limits are not enforced. */
  rateBreaches(): RateBreach[];
  /** Messages that were held back by their template's `acceptance` go on their way. */
  releaseHeld(): void;
  /** Does something as data, as in a scenario. Throws a TypeError for what is no step. */
  takes(step: MetaStep): void;
  /** Something goes wrong with the next webhooks, or with the next call. */
  misbehave(misbehaviour: Misbehaviour): void;
  /** Each of these goes wrong by chance from now on. */
  misbehaveByChance(chances: MisbehaviourChances): void;
  /** Nothing goes wrong any more. */
  behave(): void;
  /**
   * Meta tells of something that nobody did here: of the account, a template, a group, the history of a number that is
   * in the WhatsApp Business app too. The time is now; the business phone is the first when left out. It changes
   * nothing in the books: set their members for that. Throws a RangeError for an unknown phone.
   */
  tells(news: MetaNews, phoneNumberId?: string): void;
  /** Hands over a body of one's own, wherever Meta would send it. */
  deliver(webhook: OutgoingWebhook): void;
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
  /** Plays what people do at which time. Resolves with the steps that could not be taken, once all were tried. */
  play(scenario: Scenario): Promise<FailedStep[]>;
  /** Everything that has happened, and judgements of it. */
  judge: Judge;
  /**
   * All that came into this run from outside, to be played again by `replay`. Throws a TypeError when a person was
   * given a function.
   */
  recording(): Recording;
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

/**
 * Starts a pretend Meta. Throws what `listen` throws when the port cannot be had.
 *
 * @param parts.door a port that is open already, and stays so when the simulator is closed
 * @param parts.client stands in for the network to the receivers
 */
export async function createSimulator(
  options: SimulatorOptions = {},
  parts: { door?: HttpDoor; client?: WebhookClient } = {},
): Promise<Simulator> {
  const clock = movable(options.clock);
  const seed = options.seed ?? randomBytes(16).toString('hex');
  const random = createSeededRandom(seed);
  const openQuestions = {
    ...likelyAnswers,
    ...options.openQuestions,
    toldBy: {
      ...(options.closedWindow !== undefined && { 131047: options.closedWindow }),
      ...options.openQuestions?.toldBy,
    },
  };
  const throttled = options.throttling === 'as-meta';
  const firstPhone = options.businessPhone ?? defaultBusinessPhone;
  const settings: SimulatorSettings = {
    appSecret: options.appSecret ?? '0123456789abcdef0123456789abcdef',
    verifyToken: options.verifyToken ?? 'simulator-verify-token',
    accessToken: options.accessToken ?? 'simulator-access-token',
    phoneNumberId: firstPhone.phoneNumberId,
    displayPhoneNumber: firstPhone.displayPhoneNumber,
    wabaId: firstPhone.wabaId,
    appId: options.appId ?? defaultAppId,
  };
  const accounts = openAccounts(clock, {
    ...settings,
    webhookUrl: options.webhookUrl ?? null,
    phones: [firstPhone, ...(options.furtherBusinessPhones ?? [])],
    ...(options.furtherApps !== undefined && { furtherApps: options.furtherApps }),
    ...(options.furtherTokens !== undefined && { furtherTokens: options.furtherTokens }),
  });
  const phone = accounts.phone();
  // Streams of their own, so that chance, media, refusals and handshakes change nothing else of a run.
  const misbehaving = createMisbehaving(createSeededRandom(`misbehaviour ${seed}`));
  misbehaving.byChance(options.misbehaviour ?? {});
  const media = createMediaStore(clock, createSeededRandom(`media ${seed}`));

  const requests: RecordedRequest[] = [];
  const listeners = new Set<(change: SimulatorChange) => void>();
  const log = createRunLog(clock.now);
  const recorder = createRecorder(seed, clock.now);

  function publish(change: SimulatorChange): void {
    log.add(change);
    for (const listener of listeners) listener(change);
  }

  const people = createPeople(phone.wabaId, phone.phoneNumberId);
  const scheduler = createScheduler(clock, options.latency ?? 20);
  const client = parts.client ?? createWebhookClient(options.patience ?? 10_000);
  const sender = createWebhookSender({
    scheduler,
    clock,
    accounts,
    client,
    openQuestions,
    misbehaving,
    batching: options.batching ?? 'off',
    report: (report) => publish({ kind: 'webhook', ...report }),
  });
  const deliver = (webhook: OutgoingWebhook) => {
    log.addTold(webhook);
    sender.send(webhook);
  };
  const shape = webhookShape(options.webhookShape);
  const { network, view } = createCrowd({
    people,
    phones: accounts.phones,
    clock,
    random,
    scheduler,
    send: deliver,
    shape: () => shape,
    media: {
      put: media.put,
      urlOf: (id) => {
        const stored = media.find(id);
        return stored === null ? '' : `${door.url}${media.address(stored)}`;
      },
    },
    edits: openQuestions.edits,
    prices: openQuestions.prices,
    openChats: openQuestions.openChats,
    messageChanged: (person, message) => {
      if (message.direction === 'out' && message.status === 'sent') {
        sending.throttling.countReceived(accounts.phone(message.phoneNumberId));
      }
      publish({ kind: 'message', waId: person.waId, message: { ...message } });
    },
    personChanged: (person) => publish({ kind: 'person', waId: person.waId }),
  });

  const sending = createSending({
    accounts,
    media,
    people,
    network,
    clock,
    scheduler,
    random,
    seed,
    questions: openQuestions,
    templates: options.templates ?? defaultTemplates,
    review: options.templateReview ?? {},
    throttled,
    magicRecipients: options.magicRecipients ?? true,
    groups: options.groups ?? [],
    deliver,
  });
  const { messages } = sending;

  const challenges = createSeededRandom(`challenges ${seed}`);
  const newChallenge = () => String(challenges.integer(2_147_483_648));
  const traces = createSeededRandom(`traces ${seed}`);
  const context: GraphContext = {
    accounts,
    media,
    clock,
    random,
    openQuestions,
    conditions: sending.conditions,
    handshake: (callbackUrl, verifyToken) => client.verify(callbackUrl, verifyToken, newChallenge()),
    graphUrl: () => door.url,
  };

  function rememberRequest(request: RecordedRequest): void {
    requests.push(request);
    if (request.method === 'POST' && request.path.endsWith('/media')) {
      recorder.cannot('a file was uploaded, which is not kept; send it by a link instead.');
    }
    if (requests.length > REQUESTS_KEPT) requests.shift();
    recorder.addCall(request);
    publish({ kind: 'request', request });
  }

  const door = parts.door ?? (await openHttpDoor(options.host ?? '127.0.0.1', options.port ?? 0));
  const graphServer = createGraphServer({
    clock,
    accounts,
    openQuestions,
    budget: throttled ? createCallBudget(clock) : null,
    traceId: () => `A${traces.hex(22)}`,
    findObject: createGraphObjects(context, {
      ofPhone: (sendingPhone) => messagesRoutes(sendingPhone, messages),
      ofWhatsappAccount: (account) => messageTemplatesRoutes(account, sending.templates, context),
      withId(id) {
        const template = sending.templates.withId(id);
        if (template === null) return null;
        const routes = messageTemplateRoutes(template, sending.templates, context);
        return { wabaId: template.wabaId, appId: null, routes };
      },
    }),
    findAttachment: media.atAddress,
    faults: createAnswerFaults(misbehaving, scheduler),
    received: rememberRequest,
  });
  door.serve(graphServer);

  function person(waId: string, about: { name?: string } = {}): SimulatedPerson {
    const { person: state, made } = people.make(waId);
    const name = about.name ?? state.name;
    const renamed = name !== state.name;
    state.name = name;
    if (made || renamed) publish({ kind: 'person', waId: state.waId });
    recorder.addPerson(waId, about.name ?? null);
    return recorder.recorded(view(state));
  }

  async function travel(milliseconds: number, settled = async () => {}): Promise<void> {
    const end = clock.now() + milliseconds;
    for (;;) {
      await scheduler.drain();
      await settled();
      const next = Math.min(scheduler.nextAt(), end);
      if (next <= clock.now()) {
        // Something is due now that the test's own work has brought about.
        if (scheduler.nextAt() <= clock.now()) continue;
        return;
      }
      clock.jump(next - clock.now());
    }
  }

  const metaActs: MetaActs = {
    misbehave: misbehaving.order,
    behave: misbehaving.behave,
    tells: (news, phoneNumberId) => {
      const source = accounts.phone(phoneNumberId);
      const body = metaNewsBody(source, clock.now(), news, shape);
      const isTest = news.kind === 'dashboard-test' && { testOf: accounts.app().id };
      deliver({ line: `phone ${source.phoneNumberId}`, about: news.kind, waId: null, body, ...isTest });
    },
    conditions: sending.conditions,
    failNext: messages.failNext,
    dropAnswer: messages.dropAnswer,
    register: () => {
      phone.registered = true;
    },
    unregister: () => {
      phone.registered = false;
    },
    expireToken: () => {
      for (const token of accounts.tokens()) token.invalidated = true;
    },
    renewToken: () => {
      for (const token of accounts.tokens()) token.invalidated = false;
    },
    holdStatuses: network.holdStatuses,
    releaseStatuses: network.releaseStatuses,
    releaseHeld: messages.releaseHeld,
    accounts,
    templates: sending.templates,
  };
  let conditionsTold = shownConditions(sending.conditions);

  function takes(step: MetaStep): void {
    takeMetaStep(metaActs, step);
    if (step.does === 'sets-conditions') conditionsTold = shownConditions(sending.conditions);
    recorder.addMeta(step);
  }

  return {
    graphUrl: door.url,
    settings,
    media,
    time: clock,
    travel,
    ...recordedMetaActs(metaActs, takes),
    takes,
    misbehaveByChance: (chances) => {
      recorder.cannot('its chances were changed on the way; give them as an option instead.');
      misbehaving.byChance(chances);
    },
    deliver: (webhook) => {
      recorder.cannot('a body of one’s own was delivered; use tells() for what it knows.');
      deliver(webhook);
    },
    pointWebhooksAt: (url) => {
      const app = accounts.app();
      app.subscription = { ...app.subscription, callbackUrl: url, verified: true };
    },
    verifyWebhook: async () => {
      const { callbackUrl, verifyToken } = accounts.app().subscription;
      if (callbackUrl === null) return { ok: false, status: null, body: 'No webhook URL is set.' };
      return client.verify(callbackUrl, verifyToken, newChallenge());
    },
    person,
    people: () => people.all().map((state) => recorder.recorded(view(state))),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    play: (scenario) => playScenario(scenario, { clock, scheduler, person, meta: takes }),
    judge: createJudge(log, {
      breaches: sending.throttling.breaches,
      nameOf: (userId) => people.byUserId(userId)?.waId ?? userId,
    }),
    recording: () => {
      if (shownConditions(sending.conditions) !== conditionsTold) {
        throw new TypeError(
          'This run cannot be recorded: its conditions were set by hand; use takes({ does: "sets-conditions", … }).',
        );
      }
      return recorder.recording();
    },
    ledger: network.ledger,
    requests: () => [...requests],
    templates: noticing(
      sending.templates,
      ['add', 'submit', 'edit', 'remove', 'decide', 'rate', 'recategorise'],
      () =>
        recorder.cannot(
          'a template was changed by hand; let Meta decide by takes({ does: "decides-template", … }), or by its name.',
        ),
    ),
    rateBreaches: sending.throttling.breaches,
    drain: scheduler.drain,
    close: async () => {
      door.serve(null);
      if (parts.door === undefined) await door.close();
      sender.close();
      await client.close();
      await scheduler.close();
    },
  };
}

/** The same object; `noticed` hears before one of these methods is called. */
function noticing<Thing extends object>(
  thing: Thing,
  methods: readonly (keyof Thing)[],
  noticed: () => void,
): Thing {
  return new Proxy(thing, {
    get(target, name) {
      if (methods.some((method) => method === name)) noticed();
      return Reflect.get(target, name);
    },
  });
}

/** What the conditions are, to be compared. */
function shownConditions(conditions: SendingConditions): string {
  return JSON.stringify(conditions, (_name, value) =>
    value instanceof Set ? [...value] : typeof value === 'function' ? String(value) : value,
  );
}

/**
 * Plays a run again, as JSON may have kept it: the same webhooks, byte for byte, in every replay. No receiver
 * hears of it: whatever was told counts as acknowledged.
 *
 * @param options those of the run; seed and clock are the recording's
 */
export function replay(
  recording: Recording,
  options: Omit<SimulatorOptions, 'seed' | 'clock' | 'webhookUrl'> = {},
): Promise<Replay> {
  return replayRecording(recording, (given) =>
    createSimulator({ ...options, ...given }, { client: nobodyBehind }),
  );
}
