import type { Clock } from '../../runtime/clock.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { App } from '../accounts/developer-app.ts';
import type { OpenQuestions } from '../open-questions.ts';
import type { Scheduler } from '../time/scheduler.ts';
import { BATCH_MOST_BYTES, BATCH_MOST_UPDATES, type BatchLevel, batchBodies } from './batch-bodies.ts';
import { encodeBody } from './encode-body.ts';
import type { Misbehaving } from './misbehaviour.ts';
import { type OutgoingWebhook, subjectOf, updatesIn, type WebhookReport } from './outgoing-webhook.ts';
import { type Callback, resolveCallback, resolveDashboardTest } from './resolve-callback.ts';
import type { WebhookClient } from './webhook-client.ts';

export type { OutgoingWebhook, WebhookReport } from './outgoing-webhook.ts';

/** Hands webhooks to the callbacks that Meta would choose, signed, again and again while nobody answers 200. */
export type WebhookSender = {
  send(webhook: OutgoingWebhook): void;
  /** Nothing is sent afterwards. */
  close(): void;
};

/** One body on its way to one app. It holds several webhooks where they are batched. */
type Delivery = {
  app: App;
  webhooks: readonly OutgoingWebhook[];
  line: string;
  /** Encoded once: a redelivery has the same bytes. */
  bytes: Buffer;
  firstAt: number;
  attempts: number;
  /** Signed with another secret the first time. */
  wronglySigned: boolean;
  /** Whether a failure is followed by another try. */
  retried: boolean;
};

/** How long a webhook that was to be overtaken waits for another one, in milliseconds of simulated time. */
const OVERTAKEN_WITHIN = 5_000;

/**
 * The wait after a failed try, in milliseconds: 1 s, doubling up to 12 hours. Meta publishes no intervals,
 * only that they grow (meta-facts §2.3, §11).
 *
 * @param attempt the number of the try that failed, from 1
 */
function retryGap(attempt: number): number {
  return Math.min(1000 * 2 ** (attempt - 1), 12 * 60 * 60 * 1000);
}

/** @param options.batching which list of a body holds the webhooks that leave together; `off` for one in each body */
export function createWebhookSender(options: {
  scheduler: Scheduler;
  clock: Clock;
  accounts: Accounts;
  client: WebhookClient;
  openQuestions: OpenQuestions;
  misbehaving: Misbehaving;
  batching: BatchLevel | 'off';
  report: (report: WebhookReport) => void;
}): WebhookSender {
  const { accounts, client, clock, misbehaving, openQuestions, scheduler } = options;
  const lines = new Map<string, Promise<void>>();
  const overtaken: (() => void)[] = [];
  const gathering = new Map<string, { app: App; webhooks: OutgoingWebhook[] }>();
  let closed = false;

  function send(webhook: OutgoingWebhook): void {
    for (const app of appsToTell(webhook)) {
      const callback = callbackOf(app, webhook);
      if (!callback.told) reportOne(webhook, app, 'dropped', 0, silenceFacts(callback));
      else if (options.batching === 'off') dispatch(app, [webhook], `${app.id} ${webhook.line}`);
      else gather(app, webhook, callback.url);
    }
  }

  /** The apps that are subscribed to the account; the first one where none is, so that somebody says why nothing comes. */
  function appsToTell(webhook: OutgoingWebhook): App[] {
    const apps = accounts.apps();
    if (webhook.testOf !== undefined) return apps.filter(({ id }) => id === webhook.testOf);
    const account = accountOf(webhook);
    const subscribed = apps.filter(({ id }) => account?.subscribedApps.has(id));
    return subscribed.length > 0 ? subscribed : apps.slice(0, 1);
  }

  function accountOf(webhook: OutgoingWebhook) {
    const { wabaId } = subjectOf(webhook);
    return accounts.whatsappAccounts().find(({ id }) => id === wabaId) ?? null;
  }

  function callbackOf(app: App, webhook: OutgoingWebhook): Callback {
    const { field, phoneNumberId } = subjectOf(webhook);
    if (webhook.testOf !== undefined) return resolveDashboardTest(app, field);
    const phone = accounts.phones().find((known) => known.phoneNumberId === phoneNumberId) ?? null;
    return resolveCallback(
      app,
      field,
      { account: accountOf(webhook), phone },
      openQuestions.fieldsInDevelopment,
    );
  }

  /** Waits for what leaves at the same moment to the same callback. */
  function gather(app: App, webhook: OutgoingWebhook, url: string): void {
    const key = `${app.id} ${url}`;
    const waiting = gathering.get(key);
    if (waiting !== undefined) {
      waiting.webhooks.push(webhook);
      return;
    }
    gathering.set(key, { app, webhooks: [webhook] });
    scheduler.soon(() => {
      const gathered = gathering.get(key)?.webhooks ?? [];
      gathering.delete(key);
      for (const batch of cut(gathered)) dispatch(app, batch, key);
    });
  }

  /** Applies what goes wrong, and puts the rest into its line. */
  function dispatch(app: App, webhooks: readonly OutgoingWebhook[], line: string): void {
    const [first] = webhooks;
    if (first === undefined) return;
    const single = webhooks.length === 1 || options.batching === 'off';
    const body = single
      ? first.body
      : batchBodies(
          webhooks.map((webhook) => webhook.body),
          options.batching === 'off' ? 'entries' : options.batching,
        );
    const misbehaviour = misbehaving.ofWebhook(first.about);
    const fault = misbehaviour?.fault ?? null;
    const delivery: Delivery = {
      app,
      webhooks,
      line,
      bytes: encodeBody(body, openQuestions.encoding),
      firstAt: clock.now(),
      attempts: 0,
      wronglySigned: fault === 'wrong-signature',
      retried: true,
    };
    if (fault === 'drop') {
      reportAll(delivery, 'dropped', { reason: 'The simulator was told to lose this webhook.' });
    } else if (fault === 'delay') {
      scheduler.at(clock.now() + (misbehaviour?.by ?? 0), () => queue(delivery));
    } else if (fault === 'reorder') {
      holdUntilOvertaken(delivery);
    } else {
      queue(delivery);
      if (fault === 'duplicate') queue({ ...delivery, retried: false });
    }
  }

  function holdUntilOvertaken(delivery: Delivery): void {
    let gone = false;
    const go = () => {
      if (!gone) queue(delivery);
      gone = true;
    };
    overtaken.push(go);
    scheduler.at(clock.now() + OVERTAKEN_WITHIN, go);
  }

  function queue(delivery: Delivery): void {
    const { line } = delivery;
    const before = lines.get(line) ?? Promise.resolve();
    const first = before.then(() => attempt(delivery));
    lines.set(line, first);
    scheduler.track(
      first.finally(() => {
        if (lines.get(line) === first) lines.delete(line);
        for (const go of overtaken.splice(0)) go();
      }),
    );
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const { app, webhooks, bytes } = delivery;
    const [first] = webhooks;
    if (closed || first === undefined) return;
    const callback = callbackOf(app, first);
    if (!callback.told) {
      reportAll(delivery, 'dropped', silenceFacts(callback));
      return;
    }
    const { url } = callback;
    delivery.attempts += 1;
    const wrong = delivery.wronglySigned && delivery.attempts === 1;
    const answer = await client.post(url, bytes, wrong ? `not ${app.secret}` : app.secret);
    if (closed) return;
    if (isSuccess(answer.httpStatus)) {
      for (const webhook of webhooks) webhook.acknowledged?.();
      reportAll(delivery, 'acknowledged', { ...answer, reason: null, url });
      return;
    }
    const nextAttemptAt = clock.now() + retryGap(delivery.attempts);
    if (!delivery.retried || nextAttemptAt - delivery.firstAt > openQuestions.retryPeriod) {
      reportAll(delivery, 'dropped', { ...answer, url });
      return;
    }
    scheduler.at(nextAttemptAt, () => {
      scheduler.track(attempt(delivery));
      if (openQuestions.retriesGoTo === 'every-app') repeatForOthers(delivery);
    });
    reportAll(delivery, 'will-retry', { ...answer, url, nextAttemptAt });
  }

  function isSuccess(status: number | null): boolean {
    if (status === 200 || status === null) return status === 200;
    return openQuestions.otherSuccess === 'acknowledged' && status > 200 && status < 300;
  }

  /** Another try goes to every subscribed app, also to those that have acknowledged it (meta-facts §2.3). */
  function repeatForOthers(delivery: Delivery): void {
    const [first] = delivery.webhooks;
    if (first === undefined) return;
    for (const app of appsToTell(first)) {
      if (app === delivery.app) continue;
      queue({ ...delivery, app, line: `${app.id} ${first.line}`, attempts: 0, retried: false });
    }
  }

  function reportAll(
    delivery: Delivery,
    outcome: WebhookReport['outcome'],
    facts: Partial<WebhookReport>,
  ): void {
    for (const webhook of delivery.webhooks) {
      reportOne(webhook, delivery.app, outcome, delivery.attempts, facts);
    }
  }

  function reportOne(
    webhook: OutgoingWebhook,
    app: App,
    outcome: WebhookReport['outcome'],
    tries: number,
    facts: Partial<WebhookReport>,
  ): void {
    const { about, waId } = webhook;
    const nothing = { httpStatus: null, reason: null, nextAttemptAt: null, url: null, silence: null };
    const { field } = subjectOf(webhook);
    options.report({ about, waId, outcome, attempt: tries, field, appId: app.id, ...nothing, ...facts });
  }

  return {
    send,
    close: () => {
      closed = true;
    },
  };
}

function silenceFacts(callback: Exclude<Callback, { told: true }>): Partial<WebhookReport> {
  return { reason: callback.reason, silence: callback.because };
}

/** Batches that Meta would send, by updates and bytes (meta-facts §2.4). */
function cut(webhooks: readonly OutgoingWebhook[]): OutgoingWebhook[][] {
  const batches: OutgoingWebhook[][] = [];
  let updates = Number.POSITIVE_INFINITY;
  let bytes = 0;
  for (const webhook of webhooks) {
    const more = updatesIn(webhook.body);
    const size = Buffer.byteLength(JSON.stringify(webhook.body));
    updates += more;
    bytes += size;
    if (updates > BATCH_MOST_UPDATES || bytes > BATCH_MOST_BYTES) {
      batches.push([]);
      updates = more;
      bytes = size;
    }
    batches.at(-1)?.push(webhook);
  }
  return batches;
}
