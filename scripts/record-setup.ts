/**
 * Records docs/setup-session.md: an empty folder, and the commands to a set-up that doctor finds no fault with, against
 * the simulator. `npm run record`; test/docs/setup-session.test.ts runs it anew and compares.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const entryFile = fileURLToPath(new URL('../bin/recado.js', import.meta.url));

/** The page that the recording is kept as. */
export const sessionPage = fileURLToPath(new URL('../docs/setup-session.md', import.meta.url));

/** What `recado simulate --json` says when it is ready. */
const simulatorSchema = z.looseObject({
  graphUrl: z.string(),
  controlUrl: z.string(),
  accessToken: z.string(),
  appSecret: z.string(),
  appId: z.string(),
  wabaId: z.string(),
  phoneNumberId: z.string(),
});

/** How often doctor is asked whether its reply has arrived. */
const MOST_LOOKS = 10;

/** How long one command may take, in milliseconds; only a hang is meant, however busy the machine. */
const PATIENCE = 120_000;

/** A command and what it printed, as the page shows them. */
type Step = { say: string; command: string; printed: string };

/**
 * Plays the session in an empty folder.
 *
 * @returns the page, and how long the commands took from the first to the last, in milliseconds
 * @throws Error when a command ends otherwise than it should
 */
export async function recordSetup(): Promise<{ page: string; took: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'recado-session-'));
  const running: ChildProcess[] = [];
  const port = await freePort();
  const environment = { PORT: String(port), HOST: '127.0.0.1', LOG_FORMAT: 'pretty' };
  const steps: Step[] = [];

  /** Starts a command that goes on, and waits for a line that matches. */
  async function start(words: readonly string[], ready: RegExp): Promise<string> {
    const child = spawn(process.execPath, [entryFile, ...words], { cwd: folder, env: environment });
    running.push(child);
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    const lines = createInterface({ input: child.stdout });
    const stop = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    const line = await new Promise<string | null>((resolve) => {
      lines.on('line', (text) => {
        printed += `${text}\n`;
        if (ready.test(text)) resolve(text);
      });
      lines.on('close', () => resolve(null));
    });
    clearTimeout(stop);
    if (line === null) throw new Error(`recado ${words.join(' ')} ended:\n${printed}`);
    return line;
  }

  async function run(say: string, words: readonly string[], shown = words): Promise<string> {
    const child = spawn(process.execPath, [entryFile, ...words], { cwd: folder, env: environment });
    let printed = '';
    for (const output of [child.stdout, child.stderr]) {
      output.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
      });
    }
    const stop = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    const [exitCode] = await once(child, 'close');
    clearTimeout(stop);
    if (exitCode !== 0) throw new Error(`recado ${words.join(' ')} ended with ${exitCode}:\n${printed}`);
    steps.push({ say, command: `npx recado ${shown.join(' ')}`, printed });
    return printed;
  }

  /**
   * Asks doctor until it has found what is enough: its reply to a message takes its moment to be delivered, and a busy
   * machine may once answer too slowly.
   */
  async function look(say: string, enough: (printed: string) => boolean): Promise<string> {
    for (let left = MOST_LOOKS; ; left -= 1) {
      try {
        const printed = await run(say, ['doctor']);
        if (left === 0 || enough(printed)) return printed;
        steps.pop();
      } catch (failure) {
        if (left === 0) throw failure;
      }
    }
  }

  try {
    const line = await start(['simulate', '--port', '0', '--seed', 'session', '--json'], /^\{/);
    const meta = simulatorSchema.parse(JSON.parse(line));
    await forgetSetup(meta);
    const began = performance.now();
    writeFileSync(join(folder, '.env'), `META_GRAPH_URL=${meta.graphUrl}\n`, { mode: 0o600 });
    writeFileSync(join(folder, 'secret.txt'), meta.appSecret);
    writeFileSync(join(folder, 'token.txt'), meta.accessToken);
    await run('Configure. The two files hold what Meta’s console shows.', [
      'init',
      '--yes',
      ...['--app-secret-file', 'secret.txt', '--access-token-file', 'token.txt'],
      ...['--waba-id', meta.wabaId],
    ]);
    await start(['serve', '--json'], /^\{/);
    steps.push({ say: 'Run, in a second terminal.', command: 'npx recado serve', printed: '' });
    await run('Connect.', ['connect', '--yes']);
    await run('Connect again: nothing is left to do.', ['connect', '--yes']);
    const first = await look('Prove it. What only a message can prove is still unknown.', () => true);
    const code = /RECADO-\d+/.exec(first)?.[0];
    if (code !== undefined) {
      const people = `${meta.controlUrl}/people`;
      await tell(people, { waId: '558587654321', name: 'Ana Souza' });
      await tell(`${people}/558587654321/writes`, { text: code });
      steps.push({
        say: 'Ana writes that word from her phone. Here the pretend Meta is told to let her.',
        command: `curl ${people}/558587654321/writes -H 'content-type: application/json' -d '{"text": "${code}"}'`,
        printed: '',
      });
      await look('And the whole chain is proved, to the reply that reached her.', (proved) =>
        proved.includes(' 0 unknown'),
      );
    }
    const words = (text: string) => ['send', '--to', '558587654321', '--text', text, '--wait'];
    await run('Answer her.', words('It works'), words('"It works"'));
    const took = performance.now() - began;
    return { page: pageOf(steps, { folder, port, graphUrl: meta.graphUrl, took }), took };
  } finally {
    for (const child of running.reverse()) {
      const ended = child.exitCode === null ? once(child, 'close') : null;
      child.kill('SIGTERM');
      const stop = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      await ended;
      clearTimeout(stop);
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A page without what differs from one recording to the next: numbers, and states that nobody saw pass. */
export function comparable(page: string): string {
  return page
    .replaceAll(/\d+([.,:]\d+)*/g, '0')
    .replaceAll(/^Notification \S+ (queued|accepted|sent)\n/gm, '');
}

/** Makes the pretend Meta like a new app: no callback, no subscription, a number that is not registered. */
async function forgetSetup({
  graphUrl,
  appId,
  appSecret,
  wabaId,
  phoneNumberId,
  accessToken,
}: z.infer<typeof simulatorSchema>): Promise<void> {
  const calls = [
    ['DELETE', `${appId}/subscriptions?object=whatsapp_business_account`, `${appId}|${appSecret}`],
    ['DELETE', `${wabaId}/subscribed_apps`, accessToken],
    ['POST', `${phoneNumberId}/deregister`, accessToken],
  ] as const;
  for (const [method, path, token] of calls) {
    const answer = await fetch(`${graphUrl}/v25.0/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`${method} ${path}: HTTP ${answer.status} ${await answer.text()}`);
  }
}

async function tell(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status} ${await answer.text()}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.');
  return address.port;
}

function pageOf(
  steps: readonly Step[],
  { folder, port, graphUrl, took }: { folder: string; port: number; graphUrl: string; took: number },
): string {
  const usual = (text: string) =>
    text
      .replaceAll(folder, '/home/ana/shop')
      .replaceAll(graphUrl, 'http://127.0.0.1:9000')
      .replaceAll(`127.0.0.1:${port}`, '127.0.0.1:8000')
      .replaceAll(/\b[0-9a-f]{64}\b/g, '5d41402abc4b2a76b9719d911017c592…')
      .replaceAll(/\b(nt|ct|ev)_[0-9a-z]{10,}/g, '$1_…')
      .replaceAll(/RECADO-\d+/g, 'RECADO-4821');
  const shown = steps.map(({ say, command, printed }) =>
    [
      say,
      '',
      '```',
      `$ ${usual(command)}`,
      ...(printed === '' ? [] : [usual(printed).trimEnd()]),
      '```',
    ].join('\n'),
  );
  return [
    '# A recorded setup',
    '',
    `From an empty folder to a set-up without a fault, by commands alone: they took ${Math.ceil(took / 1000)} s. The pretend Meta of \`npx recado simulate\``,
    'stands in the place of the real one, and begins like a new app: no callback, no subscription, a number that is not registered.',
    'It needs no public address, because it reaches this machine by itself; the links that prove one are looked at over the gateway’s own.',
    'Recorded by `npm run record`; a test plays it again and compares. Numbers that differ each time, and ports, are replaced.',
    '',
    '```',
    '$ echo META_GRAPH_URL=http://127.0.0.1:9000 > .env      # only here: the pretend Meta',
    '```',
    '',
    shown.join('\n\n'),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { page, took } = await recordSetup();
  const before = readFileSync(sessionPage, { encoding: 'utf8', flag: 'a+' });
  writeFileSync(sessionPage, page);
  process.stdout.write(
    `${comparable(before) === comparable(page) ? 'As before' : 'Recorded anew'}; the commands took ${(took / 1000).toFixed(1)} s.\n`,
  );
}
