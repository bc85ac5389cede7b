import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createGateway, type Gateway } from '../../src/app.ts';
import type { CommandContext } from '../../src/cli/command-context.ts';
import { runCommand } from '../../src/cli/recado.ts';
import type { Config } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { StartError } from '../../src/runtime/start-error.ts';
import type { DoctorBody } from '../../src/server/contract/doctor.ts';
import { createSimulatedClock, createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { type PublicProxy, startPublicProxy } from '../support/public-proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { appSecret, businessPhone } from '../support/test-config.ts';

const adminKey = 'rk_only-for-the-gauntlet-of-tests';
export const verifyToken = 'verify-me-in-the-gauntlet';
const accessToken = 'EAAgauntlet';

/** Everything between Meta and the gateway, as an operator has it: a pretend Meta, a proxy, `.env`, commands. */
export type Installation = {
  simulator: Simulator;
  proxy: PublicProxy;
  /** This machine's clock is ahead of Meta's by so much, in milliseconds. */
  skew: { milliseconds: number };
  disk: { free: number; total: number };
  folder: string;
  /** Sets a line of `.env`; null removes it. `restart` puts it into force. */
  set(name: string, value: string | null): void;
  get(name: string): string | null;
  stop(): Promise<void>;
  /** Starts the gateway anew; false when its configuration or its database keeps it from starting. */
  restart(): Promise<boolean>;
  run(...words: string[]): Promise<{ exitCode: number; out: string; err: string }>;
  /** The chain, by the command as people give it. */
  doctor(): Promise<DoctorBody>;
  /** Where the gateway listens, as its proxy reaches it. */
  listensAt(): string;
  settle(): Promise<void>;
};

/** Builds an installation in which all is well. It ends with the test. */
export async function buildInstallation(): Promise<Installation> {
  const folder = temporaryFolder();
  const envFile = join(folder, '.env');
  const time = createSimulatedClock();
  const proxy = await startPublicProxy();
  const simulator = await createSimulator({
    clock: time,
    appSecret,
    verifyToken,
    accessToken,
    businessPhone,
    latency: 0,
    webhookUrl: `${proxy.url}/webhooks/whatsapp/`,
  });
  simulator.accounts.phone().pin = '212834';
  const skew = { milliseconds: 0 };
  const disk = { free: 50 * 1024 ** 3, total: 100 * 1024 ** 3 };
  let gateway: Gateway | null = null;
  /** Where the gateway listened last. */
  let listened = proxy.target;
  onTestFinished(async () => {
    await gateway?.close();
    await simulator.close();
  });

  const lines = () => readFileSync(envFile, 'utf8').split('\n');
  const set = (name: string, value: string | null) => {
    const others = lines().filter((line) => line !== '' && !line.startsWith(`${name}=`));
    writeFileSync(envFile, `${[...others, ...(value === null ? [] : [`${name}=${value}`])].join('\n')}\n`);
  };
  writeFileSync(envFile, '');
  const { settings } = simulator;
  for (const [name, value] of Object.entries({
    META_WEBHOOK_VERIFY_TOKEN: verifyToken,
    META_APP_SECRET: appSecret,
    META_ACCESS_TOKEN: accessToken,
    META_PHONE_NUMBER_ID: settings.phoneNumberId,
    META_WABA_ID: settings.wabaId,
    META_APP_ID: settings.appId,
    META_REGISTRATION_PIN: '212834',
    META_GRAPH_URL: simulator.graphUrl,
    PUBLIC_URL: proxy.url,
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: `sqlite:${join(folder, 'recado.db')}`,
    RECADO_ADMIN_KEY: adminKey,
  })) {
    set(name, value);
  }

  async function stop(): Promise<void> {
    await gateway?.close();
    gateway = null;
  }

  async function restart(): Promise<boolean> {
    await stop();
    const reading = readConfig({
      environment: {},
      dotenv: readFileSync(envFile, 'utf8'),
      readFile: (path) => readFileSync(path, 'utf8'),
      terminal: false,
    });
    if (!reading.ok) return false;
    gateway = await startGateway(reading.config);
    if (gateway === null) return false;
    // A name that leads to somebody else goes on leading there.
    if (proxy.target === listened) proxy.target = gateway.url;
    listened = gateway.url;
    return true;
  }

  /** Null when it cannot start, as `serve` says with a sentence. */
  function startGateway(config: Config): Promise<Gateway | null> {
    return createGateway(config, {
      clock: { now: () => time.now() + skew.milliseconds, onJump: (listener) => time.onJump(listener) },
      diskSpace: async () => disk,
      stopwatch: () => proxy.elapsed,
      writeLog: () => {},
    }).catch((failure: unknown) => {
      if (failure instanceof StartError) return null;
      throw failure;
    });
  }

  async function run(...words: string[]) {
    const printed = { out: '', err: '' };
    const context: CommandContext = {
      environment: { LANG: 'C', ...(gateway === null ? {} : { RECADO_URL: gateway.adminUrl }) },
      folder,
      terminal: false,
      print: (text) => {
        printed.out += `${text}\n`;
      },
      remark: (text) => {
        printed.err += `${text}\n`;
      },
    };
    return { exitCode: await runCommand(words, context), ...printed };
  }

  await restart();
  return {
    simulator,
    proxy,
    skew,
    disk,
    folder,
    set,
    get: (name) =>
      lines()
        .find((line) => line.startsWith(`${name}=`))
        ?.slice(name.length + 1) ?? null,
    stop,
    restart,
    listensAt: () => gateway?.url ?? '',
    run,
    async doctor() {
      const words = gateway === null ? ['--offline'] : [];
      const { out, err } = await run('doctor', '--json', ...words);
      if (out === '') throw new Error(`Doctor printed nothing: ${err}`);
      return JSON.parse(out);
    },
    async settle() {
      await simulator.drain();
      await gateway?.drain();
      await simulator.drain();
      await gateway?.drain();
    },
  };
}
