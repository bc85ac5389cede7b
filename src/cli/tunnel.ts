import { randomBytes } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { printable } from '../adapters/telemetry/printable.ts';
import type { Config } from '../config/config.ts';
import { makePublic, type PublicGateway, type TunnelOptions } from '../tunnels.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { connect } from './connect.ts';
import { examples } from './examples.ts';
import { loadConfig } from './load-config.ts';
import { addTunnelOptions, endedByItself, type TunnelFlags } from './tunnel-options.ts';

/** How long the public address may take until it leads here, in milliseconds: its name has to spread. */
const PATIENCE = 30_000;

/** How long one look at the public address may take, in milliseconds. */
const LOOK_PATIENCE = 10_000;

/** Within this time, in milliseconds, the end of an agent and a signal to stop are one. */
const SAME_SIGNAL = 500;

/** Makes a running gateway public until it is told to stop. */
export async function tunnel(
  flags: TunnelFlags,
  context: CommandContext,
  untilStopped: () => Promise<void>,
): Promise<void> {
  const { config } = loadConfig(context);
  const gatewayUrl = `http://127.0.0.1:${config.http.port}`;
  await refuseMissingGateway(gatewayUrl);
  const opened = await openFor(config, gatewayUrl, flags, context);
  try {
    const reason = await stayOpen(opened, config, flags, context, untilStopped());
    if (reason !== null) throw endedByItself(reason);
  } finally {
    await opened.close();
  }
  if (flags.json !== true) context.print(afterword(opened.url));
}

/** Opens a tunnel to a gateway of this machine. */
export function openFor(
  config: Config,
  gatewayUrl: string,
  flags: TunnelFlags,
  context: CommandContext,
): Promise<PublicGateway> {
  const options: TunnelOptions = {
    agent: flags.agent ?? usualAgent(context),
    gatewayUrl,
    databaseFile: resolve(context.folder, config.database.file),
    ngrok: { authtoken: context.environment['NGROK_AUTHTOKEN'] ?? null, domain: flags.domain ?? null },
  };
  return makePublic(options);
}

/**
 * Says where the gateway can be reached now, connects it with Meta when that is wished, and stays until it is told to
 * stop. The reason when the tunnel ended by itself; null when it was told to.
 */
export async function stayOpen(
  opened: PublicGateway,
  config: Config,
  flags: TunnelFlags,
  context: CommandContext,
  stopped: Promise<void>,
): Promise<string | null> {
  const stop = new AbortController();
  const told = stopped.then(() => {
    stop.abort();
    return null;
  });
  await welcome(opened, config, flags, context, stop.signal);
  const reason = await Promise.race([opened.ended, told]);
  // Ctrl-C reaches the agent as well, which may be the first to act on it.
  return reason === null ? null : Promise.race([told, wait(SAME_SIGNAL, reason, { ref: false })]);
}

/** Says where the gateway can be reached now, looks whether it can, and connects it with Meta when that is wished. */
async function welcome(
  opened: PublicGateway,
  config: Config,
  flags: TunnelFlags,
  context: CommandContext,
  stop: AbortSignal,
): Promise<void> {
  const callbackUrl = `${opened.url}/webhooks/whatsapp/`;
  const say = flags.json === true ? context.remark : context.print;
  say(
    [
      `Public address: ${printable(opened.url)}   (the webhook path alone; everything else is refused)`,
      `Callback URL    ${printable(callbackUrl)}`,
      ...opened.warnings.map((sentence) => `Mind: ${sentence}`),
    ].join('\n'),
  );
  const { verifyToken } = config.meta;
  const fault = verifyToken === null ? null : await faultOf(callbackUrl, verifyToken, stop);
  if (stop.aborted) return;
  if (fault !== null) say(`Mind: ${printable(fault)}`);
  if (flags.json === true) {
    context.print(
      JSON.stringify({ url: opened.url, callbackUrl, reachable: fault === null, pid: process.pid }),
    );
  }
  if (flags.connect === true) {
    const quiet = { ...context, print: context.remark };
    await connect({ yes: true }, flags.json === true ? quiet : context, null).catch((error: unknown) => {
      // The tunnel stays: what is wrong can be put right while it is open.
      if (!(error instanceof CommandError)) throw error;
      context.remark(`Not connected: ${error.message}\nNext: ${error.remedy ?? 'npx recado connect'}`);
    });
  } else if (flags.json !== true) {
    context.print('Next: npx recado connect   (in another terminal; it tells Meta this address)');
  }
  say('It stays open until Ctrl-C.');
}

/** What is left when a tunnel was closed. */
function afterword(url: string): string {
  return `Closed. If Meta was told ${url}, it keeps trying there for days; the next address reaches it by: npx recado tunnel --connect`;
}

/** The agent that is there: cloudflared when it is on PATH, because it needs no account; else ngrok. */
function usualAgent({ environment }: CommandContext): string {
  if (environment['NGROK_AUTHTOKEN'] !== undefined) return 'ngrok';
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => isExecutable(join(folder, 'cloudflared'))) ? 'cloudflared' : 'ngrok';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function refuseMissingGateway(gatewayUrl: string): Promise<void> {
  try {
    const answer = await fetch(`${gatewayUrl}/healthz`, { signal: AbortSignal.timeout(LOOK_PATIENCE) });
    await answer.body?.cancel();
  } catch (error) {
    throw new CommandError(
      `No gateway listens at ${gatewayUrl}, so there is nothing to make public.`,
      'Start it first: npx recado serve; or both at once: npx recado serve --tunnel',
      { cause: error, code: 'gateway-unreachable' },
    );
  }
}

/**
 * What is wrong with the public address, as Meta's handshake would find it; null when the gateway answers. Tried again
 * for a while, because a new name takes its time.
 */
async function faultOf(callbackUrl: string, verifyToken: string, stop: AbortSignal): Promise<string | null> {
  const challenge = randomBytes(8).toString('hex');
  const target = new URL(callbackUrl);
  target.searchParams.append('hub.mode', 'subscribe');
  target.searchParams.append('hub.challenge', challenge);
  target.searchParams.append('hub.verify_token', verifyToken);
  const until = performance.now() + PATIENCE;
  for (;;) {
    const look = await lookAt(target, challenge, stop);
    if (look.final || stop.aborted || performance.now() > until) return look.fault;
    await wait(1_000, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** One look; final when looking again would bring nothing new. */
async function lookAt(
  target: URL,
  challenge: string,
  stop: AbortSignal,
): Promise<{ fault: string | null; final: boolean }> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(LOOK_PATIENCE)]);
  try {
    const answer = await fetch(target, { redirect: 'manual', signal });
    const body = (await answer.text()).slice(0, 1_000);
    const { status } = answer;
    if (status === 200 && body === challenge) return { fault: null, final: true };
    const fault = /^\s*</.test(body)
      ? `At the public address a page stands in front (HTTP ${status}), not the gateway: the tunnel’s own, such as an interstitial. Meta would get it too.`
      : `The public address answers HTTP ${status}, and not with the challenge of Meta’s handshake.`;
    return { fault, final: status === 200 };
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { fault: `The public address does not answer from here yet (${cause}).`, final: false };
  }
}

export const defineTunnel: DefineCommand = (command, context) => {
  addTunnelOptions(command)
    .option('--connect', 'tell Meta the address at once: npx recado connect --yes')
    .option('--json', 'one line of JSON when it is open: url, callbackUrl, reachable, pid')
    .addHelpText(
      'after',
      `\nOnly the webhook path is passed on. ngrok needs its package (npm install @ngrok/ngrok) and NGROK_AUTHTOKEN;\ncloudflared has to be on PATH. For trying, not for production: docs/production.md.\n${examples(
        'npx recado tunnel',
        'npx recado tunnel --connect',
        'npx recado tunnel --agent cloudflared',
        'NGROK_AUTHTOKEN=… npx recado tunnel --agent ngrok --domain your-name.ngrok.app',
        'npx recado tunnel --agent ./my-tunnel.sh',
      )}`,
    )
    .action(async (flags: TunnelFlags) => {
      const { untilStopped } = await import('./until-stopped.ts');
      await tunnel(flags, context, untilStopped);
    });
};
