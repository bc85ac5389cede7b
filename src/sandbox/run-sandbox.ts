import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { createLog, type Log } from '../adapters/telemetry/log.ts';
import { createGateway, type Gateway, type GatewayOverrides } from '../app.ts';
import type { Config } from '../config/config.ts';
import { createLifetime } from '../runtime/lifetime.ts';
import { StartError } from '../runtime/start-error.ts';
import { controlVerbs } from '../simulator/control/control-verbs.ts';

import { startSimulation } from '../simulator/simulation.ts';
import { createSimulatedClock, type Simulator, type SimulatorOptions } from '../simulator/simulator.ts';
import { removeEarlierDatabase } from './fresh-database.ts';
import { sandboxConfig, sandboxDatabase } from './sandbox-config.ts';
import { removeSandboxFile, writeSandboxFile } from './sandbox-file.ts';
import { createSandboxRoutes, type SandboxSetup } from './sandbox-routes.ts';
import { sandboxTemplates } from './sandbox-templates.ts';
import { sentCode } from './sent-code.ts';
import { createSession } from './session.ts';

/** A running sandbox. */
export type Sandbox = {
  /** The page. */
  url: string;
  /** The pretend Graph API. */
  graphUrl: string;
  /** The gateway's webhook door. */
  webhookUrl: string;
  adminKey: string;
  /** The pretend Meta. Its time is the gateway's too. */
  simulator: Simulator;
  close(): Promise<void>;
};

/** What a test puts in the place of a part. */
export type SandboxOverrides = GatewayOverrides & {
  simulator?: SimulatorOptions;
};

/** Slow enough that a person sees a message being sent, delivered, read; quick enough not to wait for it. */
const visibleLatency = 300;

const businessName = 'Your business';
const firstPeople = [
  // A Brazilian as WhatsApp knows many: the number has a ninth digit, the WhatsApp id has none.
  { waId: '558587654321', name: 'Ana Souza' },
  { waId: '5511987654321', name: 'Bruno Lima' },
];

/**
 * Runs gateway, pretend Meta and page in one process. It begins empty each time, beside the configured
 * database and without touching it, and tells other commands in `sandbox.json` how to reach it.
 *
 * @throws StartError when it cannot start for a reason that a person can remove
 */
export async function runSandbox(config: Config, overrides: SandboxOverrides = {}): Promise<Sandbox> {
  const { simulator: simulatorOptions, clock: source, ...otherOverrides } = overrides;
  // One time for both: what the person on the page jumps over, the gateway jumps over too.
  const clock = createSimulatedClock(source === undefined ? {} : { source });
  const gatewayOverrides: GatewayOverrides = { ...otherOverrides, clock };
  const database = sandboxDatabase(config);
  const file = join(dirname(database), 'sandbox.json');
  if (await removeEarlierDatabase(database, file)) sayStartsEmpty(config, gatewayOverrides, database);

  const lifetime = createLifetime();
  try {
    const simulatorOptionsOfStart: SimulatorOptions = {
      clock,
      latency: visibleLatency,
      templates: sandboxTemplates,
      // Not the simulator's well-known ones: HOST may open the sandbox to a network.
      appSecret: randomBytes(16).toString('hex'),
      verifyToken: randomBytes(16).toString('hex'),
      accessToken: `pretend-${randomBytes(16).toString('hex')}`,
      ...simulatorOptions,
    };
    // A reset would take the pretend Meta away from under gateway and page.
    const verbs = controlVerbs.filter(({ path }) => path !== '/reset');
    const simulation = await startSimulation(() => simulatorOptionsOfStart, verbs);
    lifetime.opened(() => simulation.close());
    const simulator = simulation.simulator();
    const log = sandboxLog(config, gatewayOverrides);
    simulator.subscribe((change) => {
      const sentence = sentCode(change, simulator);
      if (sentence !== null) log.write('info', { event: 'sandbox.code-sent', sentence });
    });

    const adminKey = config.adminKey ?? `rk_sandbox_${randomBytes(24).toString('base64url')}`;
    const session = createSession({ adminKey });
    const ended = new AbortController();
    const setup: SandboxSetup = {
      url: '',
      business: { name: businessName, digits: simulator.settings.displayPhoneNumber },
      templates: sandboxTemplates,
      pretendAdminKey: config.adminKey === null ? adminKey : null,
    };
    const page = createSandboxRoutes({
      simulator,
      session,
      setup: () => setup,
      ended: ended.signal,
      settled: () => gateway.drain(),
    });
    const gateway: Gateway = await createGateway(sandboxConfig(config, { ...simulator, adminKey }), {
      ...gatewayOverrides,
      extensions: [page, ...(gatewayOverrides.extensions ?? [])],
      sessionAllowed: session.allowed,
      dashboard: {
        phone: '/sandbox/phone',
        // As the sandbox's own page: on this machine, nobody has to log in to a pretend Meta.
        welcome: (request) => (session.trusted(request) ? session.cookieFor(request) : null),
      },
    });
    lifetime.opened(() => gateway.close());
    lifetime.opened(() => ended.abort());
    setup.url = gateway.adminUrl;

    simulator.pointWebhooksAt(`${gateway.url}/webhooks/whatsapp/`);
    await shakeHands(simulator);
    for (const { waId, name } of firstPeople) simulator.person(waId, { name });

    writeSandboxFile(file, {
      url: gateway.adminUrl,
      adminKey,
      pid: process.pid,
      webhook: {
        url: `${gateway.url}/webhooks/whatsapp/`,
        appSecret: simulator.settings.appSecret,
      },
    });
    lifetime.opened(() => removeSandboxFile(file, process.pid));
    return {
      url: gateway.adminUrl,
      graphUrl: simulator.graphUrl,
      webhookUrl: gateway.webhookUrl,
      adminKey,
      simulator,
      close: () => lifetime.close(),
    };
  } catch (failure) {
    await lifetime.close();
    throw failure;
  }
}

/** Meta's GET handshake, as with a real webhook address. It proves that gateway and simulator reach each other. */
async function shakeHands(simulator: Simulator): Promise<void> {
  const { ok, status } = await simulator.verifyWebhook();
  if (ok) return;
  throw new StartError(
    `The pretend Meta does not reach the gateway: its handshake got ${status === null ? 'no answer' : `HTTP ${status}`}.`,
    'Check that HOST is an address of this machine: npx recado sandbox --host 127.0.0.1',
  );
}

/** The log of the gateway, for what the sandbox itself has to say. */
function sandboxLog(config: Config, { writeLog }: GatewayOverrides): Log {
  return createLog({ ...config.log, ...(writeLog === undefined ? {} : { write: writeLog }) });
}

function sayStartsEmpty(config: Config, overrides: GatewayOverrides, database: string): void {
  sandboxLog(config, overrides).write('info', {
    event: 'sandbox.emptied',
    sentence: `A sandbox starts empty each time: what the last one kept in ${database} is gone.`,
  });
}
