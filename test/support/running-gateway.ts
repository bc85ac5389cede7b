import { onTestFinished } from 'vitest';
import { createGateway, type Gateway, type GatewayOverrides } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { databaseOfTest } from './database-of-test.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { adminKey, appSecret, businessPhone, businessPhoneId, testConfig } from './test-config.ts';

/** An answer of the API; the test says what body it expects, and then looks. */
type ApiAnswer<Body> = { status: number; headers: Headers; body: Body };

/** A page of a list. */
export type Page<Item> = { data: Item[]; next: string | null };

/** A gateway of a test's own, with a pretend Meta behind it. */
export type RunningGateway = {
  gateway: Gateway;
  simulator: Simulator;
  config: Config;
  /** The log so far, one line each. */
  log: string[];
  /** Calls the API with the test's key. */
  api<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer<Body>>;
  /** Posts a signed body to the webhook door. */
  post(body: string | Uint8Array | object, headers?: Record<string, string>): Promise<Response>;
  /** Resolves once gateway and simulator have nothing left to tell each other. */
  settle(): Promise<void>;
  /** Closes the gateway and starts another one on the same database. */
  restart(): Promise<void>;
};

/** Starts a gateway and a simulator that know each other; both end with the test. */
export async function runGateway(
  options: {
    config?: (config: Config) => Config;
    overrides?: GatewayOverrides;
    simulator?: Parameters<typeof createSimulator>[0];
  } = {},
): Promise<RunningGateway> {
  const log: string[] = [];
  const base = testConfig(temporaryFolder());
  const simulator = await createSimulator({
    appSecret,
    ...(base.meta.verifyToken === null ? {} : { verifyToken: base.meta.verifyToken }),
    ...(base.meta.accessToken === null ? {} : { accessToken: base.meta.accessToken }),
    businessPhone,
    ...(options.overrides?.clock === undefined ? {} : { clock: options.overrides.clock }),
    ...options.simulator,
  });
  const database = await databaseOfTest(base.database);
  const wired: Config = { ...base, database, meta: { ...base.meta, graphUrl: simulator.graphUrl } };
  const config = options.config?.(wired) ?? wired;
  const start = () =>
    createGateway(config, {
      writeLog: (line) => log.push(line),
      // A busy machine answers slowly, and doctor would say so.
      stopwatch: () => 0,
      ...options.overrides,
    });
  const running = { gateway: await start() };
  simulator.pointWebhooksAt(`${running.gateway.url}/webhooks/whatsapp/`);
  onTestFinished(async () => {
    await running.gateway.close();
    await simulator.close();
  });

  async function api<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<Body>> {
    const response = await fetch(running.gateway.adminUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${adminKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  }

  return {
    get gateway() {
      return running.gateway;
    },
    simulator,
    config,
    log,
    api,
    post(body, headers = {}) {
      const bytes = Buffer.from(
        typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      );
      return fetch(`${running.gateway.url}/webhooks/whatsapp/`, {
        method: 'POST',
        headers: { 'x-hub-signature-256': signBody(bytes, appSecret), ...headers },
        body: bytes,
      });
    },
    async settle() {
      // Each may wake the other: done when a whole round adds nothing to the feed.
      let before = 'ev_0000000000';
      for (;;) {
        await simulator.drain();
        await running.gateway.drain();
        const { body } = await api<Page<{ id: string }>>('GET', `/v1/events?limit=500&after=${before}`);
        const last = body.data.at(-1)?.id ?? before;
        if (last === before) return;
        before = last;
      }
    },
    async restart() {
      await running.gateway.close();
      running.gateway = await start();
      simulator.pointWebhooksAt(`${running.gateway.url}/webhooks/whatsapp/`);
    },
  };
}

/** A webhook of the field `messages`, as Meta sends it, around the given arrays. */
export function webhookOf(value: {
  messages?: object[];
  statuses?: object[];
  contacts?: object[];
  user_preferences?: object[];
  calls?: object[];
}): object {
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '300100300100300',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '551132100000', phone_number_id: businessPhoneId },
              ...value,
            },
          },
        ],
      },
    ],
  };
}

/** A text message as Meta sends it. `seconds` is the Unix time that it bears. */
export function textMessage(id: string, from: string, body: string, seconds: number): object {
  return { from, id, timestamp: String(seconds), type: 'text', text: { body } };
}
