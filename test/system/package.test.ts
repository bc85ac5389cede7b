/**
 * The published package as a stranger gets it: packed, installed by npm into an empty project, and run by the
 * oldest and the newest supported Node. Needs the package registry, for the dependencies and for other Nodes.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { signBody } from '../../src/whatsapp/signature.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { appSecret } from '../support/test-config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mustRun = process.env['CI'] === 'true';

/** Budget of what an installation unpacks of ours. */
const LARGEST_PACKAGE = 3 * 1024 * 1024;

/** Pages that a command prints too (`explain`, `doctor`, `--help`), or that are for who changes Recado. */
const onlyInTheRepository = [
  'docs/commands.md',
  'docs/doctor-faults.md',
  'docs/errors.md',
  'docs/erros.pt-BR.md',
  'docs/failures.md',
  'docs/performance.md',
  'docs/setup-session.md',
];

/** Enough for downloads and installations on a slow machine, in milliseconds. */
const INSTALLING = 300_000;

/** Nodes that the registry has as packages; the newest patch of each. The first is too old on purpose. */
const nodeVersions = [20, 22, 24] as const;

type Packed = { filename: string; unpackedSize: number; files: { path: string }[] };

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recado-package-'));
  const project = join(folder, 'project');
  const entryFile = join(project, 'node_modules/recado/bin/recado.js');
  let packed: Packed;
  /** Why there is no installed package; null when there is one. */
  let missing: string | null = null;

  beforeAll(async () => {
    const output = await npm(root, ['pack', '--json', '--pack-destination', folder]);
    packed = firstOf(JSON.parse(output));
    try {
      await makeProject(project, ['@types/node', 'typescript'], [join(folder, packed.filename)]);
    } catch (error) {
      missing = `npm could not install it: ${error instanceof Error ? error.message : error}`;
      if (mustRun) throw error;
    }
  }, INSTALLING);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function needsPackage(context: TestContext): void {
    if (missing !== null) console.warn(`SKIPPED: ${missing}`);
    context.skip(missing !== null, missing ?? '');
  }

  it('holds what runs, within its size, and nothing of ours alone', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(packed.unpackedSize).toBeLessThan(LARGEST_PACKAGE);
    for (const path of ['bin/recado.js', 'dist/index.js', 'dist/index.d.ts', 'README.md', 'LICENSE']) {
      expect(paths).toContain(path);
    }
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    for (const [, page = ''] of readme.matchAll(/\]\((docs\/[\w.-]+\.md)\)/g)) {
      if (!onlyInTheRepository.includes(page)) expect(paths).toContain(page);
    }
    expect(paths).toContain('dist/adapters/store/sqlite/store-thread.js');
    expect(paths).toContain('dist/sandbox/page/index.html');
    expect(paths).toContain('dist/server/api-page/page.css');
    const ours = paths.filter((path) => !path.startsWith('examples/'));
    expect(ours.filter((path) => /^(src|test|scripts)\/|\.test\.|(?<!\.d)\.ts$/.test(path))).toEqual([]);
  });

  it('has types that a strict program can use, its own included', {
    timeout: INSTALLING,
  }, async (context) => {
    needsPackage(context);
    writeFileSync(join(project, 'program.ts'), program);
    const options = ['--strict', '--noEmit', '--skipLibCheck', 'false', '--types', 'node'];
    const compiler = join(project, 'node_modules/typescript/bin/tsc');
    const words = [compiler, ...options, '--module', 'nodenext', '--target', 'es2024', 'program.ts'];
    const run = await runNode(process.execPath, project, words);
    expect(run).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('tells an old Node what it needs', { timeout: INSTALLING }, async (context) => {
    needsPackage(context);
    const node = await nodeOf(20, folder, context);
    const run = await runNode(node, project, [entryFile, '--help']);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(
      /^Error: Recado needs Node 22\.19 or newer; this is Node 20\.\S+\nNext: install /,
    );
    for (const entry of ['recado', 'recado/client', 'recado/simulator', 'recado/webhooks']) {
      const words = ['-e', `import('${entry}').catch(({ message }) => console.log(message))`];
      expect((await runNode(node, project, words)).stdout, entry).toMatch(
        /^Recado needs Node 22\.19 or newer; this is Node 20\.\S+ Install .*\n$/,
      );
    }
  });

  describe.each(['the pinned one', 22, 24] as const)('under Node %s', (version) => {
    async function prepare(context: TestContext) {
      needsPackage(context);
      const node = version === 'the pinned one' ? process.execPath : await nodeOf(version, folder, context);
      const work = temporaryFolder();
      return {
        work,
        run: (...words: string[]) => runNode(node, work, [entryFile, ...words]),
        start: (...words: string[]) => startNode(node, work, [entryFile, ...words]),
        script: (file: string, ...words: string[]) => runNode(node, project, [file, ...words]),
      };
    }

    it('begins, hears Meta, and hands on what it heard', { timeout: INSTALLING }, async (context) => {
      const { work, run, start, script } = await prepare(context);
      expect(await run('--help')).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^Usage: recado/),
      });
      expect(await run('init', '--yes')).toMatchObject({ exitCode: 0, stderr: '' });
      const env = readFileSync(join(work, '.env'), 'utf8');
      writeFileSync(join(work, '.env'), `${env}\nMETA_APP_SECRET=${appSecret}\n`);
      const setting = (name: string) => new RegExp(`^${name}=(.+)$`, 'm').exec(env)?.[1] ?? '';

      const gateway = start('serve', '--host', '127.0.0.1', '--port', '0', '--log-format', 'pretty');
      const [, url = '', webhookUrl = ''] = await gateway.prints(/listens on (\S+); webhooks go to (\S+)/);
      const token = setting('META_WEBHOOK_VERIFY_TOKEN');
      const handshake = await fetch(
        `${webhookUrl}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
      );
      expect([handshake.status, await handshake.text()]).toEqual([200, '1158201444']);

      const body = JSON.stringify(
        webhookOf({ messages: [textMessage('wamid.packed', '558587654321', 'Hi', 1_763_640_000)] }),
      );
      const headers = { 'x-hub-signature-256': signBody(Buffer.from(body), appSecret) };
      expect((await fetch(webhookUrl, { method: 'POST', headers, body })).status).toBe(200);
      expect((await fetch(webhookUrl, { method: 'POST', body })).status).toBe(401);
      for (const path of ['/docs', '/docs/page.css', '/openapi.json']) {
        expect((await fetch(url + path)).status, path).toBe(200);
      }

      writeFileSync(join(project, 'program.mjs'), runningProgram);
      const told = await script('program.mjs', url, setting('RECADO_ADMIN_KEY'));
      expect(told.stderr).toBe('');
      expect(JSON.parse(told.stdout)).toEqual({
        gateway: 'function',
        heard: 'wamid.packed',
        problem: 'notification-unknown',
        read: 'message',
        refused: 401,
        simulator: true,
      });

      gateway.stop();
      expect(await gateway.ended).toMatchObject({ exitCode: 0 });
    });

    it('names the client of a broker that is not installed', { timeout: INSTALLING }, async (context) => {
      const { run } = await prepare(context);
      for (const [address, client] of [
        ['amqp://localhost/?queue=recado', 'amqplib'],
        ['redis://localhost/0?stream=recado', '@redis/client'],
      ] as const) {
        expect(await run('listen', '--forward-to', address)).toMatchObject({
          exitCode: 1,
          stderr: expect.stringContaining(`Beside Recado: npm install ${client}`),
        });
      }
    });

    it('sends in the sandbox', { timeout: INSTALLING }, async (context) => {
      const { run, start } = await prepare(context);
      const sandbox = start('sandbox', '--host', '127.0.0.1', '--port', '0');
      const [, url = ''] = await sandbox.prints(/Open +(\S+)/);
      expect((await fetch(url)).status).toBe(200);
      const sent = await run(
        'send',
        '--to',
        '558587654321',
        '--template',
        'hello_world',
        '--language',
        'en_US',
      );
      expect(sent).toMatchObject({ exitCode: 0, stderr: '' });
      await sandbox.prints(/is delivered/);
      sandbox.stop();
      expect(await sandbox.ended).toMatchObject({ exitCode: 0 });
    });
  });
});

/** Uses the types of every entry point; must compile. */
const program = `
import { createGateway, readConfig, type Config, type Gateway } from 'recado';
import { createClient, everyOf, RecadoProblem, type NotificationRequest } from 'recado/client';
import { createSimulator, type Simulator } from 'recado/simulator';
import { answerHandshake, createWebhookReader, summaryOf, type WebhookEvent } from 'recado/webhooks';

export async function start(config: Config): Promise<Gateway> {
  return createGateway(config);
}
export const reading = readConfig({ environment: process.env, dotenv: null, readFile: () => '' });
export const simulate = (): Promise<Simulator> => createSimulator({ port: 0 });

const recado = createClient({ url: 'http://127.0.0.1:8000', key: 'rk_x' });
export async function notify(request: NotificationRequest): Promise<string> {
  const { id, state } = await recado.takeNotification(request);
  // @ts-expect-error: there is no such state
  if (state === 'lost') return '';
  // @ts-expect-error: a recipient is needed
  await recado.takeNotification({ text: 'Hi' });
  for await (const { kind } of recado.streamEvents({ kind: ['message', 'status'] })) return kind;
  for await (const { name } of everyOf(recado.listContacts)) return name ?? id;
  return id;
}
export const isRefusal = (error: unknown): boolean => error instanceof RecadoProblem && error.status === 422;

const reader = createWebhookReader({ appSecret: process.env['META_APP_SECRET'] });
export const GET = (request: Request): Response => answerHandshake(request, 'token');
export async function POST(request: Request): Promise<Response> {
  const webhook = await reader.readRequest(request);
  if (!webhook.ok) return new Response(null, { status: webhook.status });
  const texts = webhook.events.map(({ facts }: WebhookEvent) => (facts.fact === 'message' ? facts.text : null));
  return Response.json([...texts, ...webhook.events.map(wordOf)]);
}
function wordOf(event: WebhookEvent): string | null {
  if (event.kind === 'status') return event.content.name ?? event.facts.name;
  if (event.kind !== 'message') return summaryOf(event);
  // @ts-expect-error: not every message has words
  if (event.content.content.body === '') return null;
  return event.content.content.type === 'text' ? event.content.content.body : event.content.content.type;
}
`;

/** Runs every entry point, against the gateway whose address and key it is given. */
const runningProgram = `
import { createGateway } from 'recado';
import { createClient } from 'recado/client';
import { createSimulator } from 'recado/simulator';
import { createWebhookReader } from 'recado/webhooks';

const [url, key] = process.argv.slice(2);
const recado = createClient({ url, key });
const stream = recado.streamEvents({ after: 'ev_0000000000', kind: 'message' });
const { value } = await stream.next();
await stream.return();
const problem = await recado.getNotification('nt_none').catch((error) => error);

const reader = createWebhookReader({ appSecret: 'an app secret' });
const webhooks = [];
const refused = reader.read(Buffer.from('{}'), {});
const simulator = await createSimulator({ appSecret: 'an app secret' });
const { createServer } = await import('node:http');
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  webhooks.push(reader.read(Buffer.concat(chunks), request.headers));
  response.end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
simulator.pointWebhooksAt('http://127.0.0.1:' + server.address().port);
await simulator.person('558587654321').writes('Hi');
await simulator.drain();
await simulator.close();
server.close();
console.log(JSON.stringify({
  gateway: typeof createGateway,
  heard: value.payload.id,
  problem: problem.code,
  read: webhooks[0].events[0].kind,
  refused: refused.status,
  simulator: simulator.graphUrl.startsWith('http://127.0.0.1:'),
}));
`;

/** The npm of this machine in a folder, without what an enclosing \`npm run\` tells it about another one. */
async function npm(folder: string, words: readonly string[]): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(package|lifecycle|command|execpath|config_(local_prefix|global_prefix|prefix))/.test(name),
    ),
  );
  const { stdout } = await promisify(execFile)('npm', words, {
    cwd: folder,
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** npm 11 prints a list, later ones an object by name. */
function firstOf(output: Packed[] | Record<string, Packed>): Packed {
  const [first] = Object.values(output);
  if (first === undefined) throw new Error('npm pack says that it packed nothing.');
  return first;
}

/** A project with our own versions of these development dependencies, and these packages. */
async function makeProject(folder: string, ours: readonly string[], packages: readonly string[]) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const versions = ours.map((name) => `${name}@${devDependencies[name]}`);
  await install(folder, [...packages, ...versions]);
}

async function install(folder: string, packages: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  await npm(folder, ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages]);
}

const nodes = new Map<number, Promise<string>>();

/** The path of a Node of this major version. Skips the test where none can be had, and fails under CI. */
async function nodeOf(
  version: (typeof nodeVersions)[number],
  folder: string,
  context: TestContext,
): Promise<string> {
  const known = nodes.get(version) ?? installNode(version, join(folder, `node-${version}`));
  nodes.set(version, known);
  try {
    return await known;
  } catch (error) {
    if (mustRun) throw error;
    const reason = `Node ${version} could not be had from the registry`;
    console.warn(`SKIPPED: ${context.task.name}. ${reason}.`);
    return context.skip(reason);
  }
}

async function installNode(version: number, folder: string): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  await install(folder, [`${name}@${version}`]);
  const path = join(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(path)) throw new Error(`${name}@${version} has no bin/node.`);
  return path;
}

type NodeRun = { exitCode: number | null; stdout: string; stderr: string };

function runNode(node: string, folder: string, words: readonly string[]): Promise<NodeRun> {
  return startNode(node, folder, words).ended;
}

/** A process of this Node, with no settings of ours in its environment; the end of the test ends it. */
function startNode(node: string, folder: string, words: readonly string[]) {
  const child = spawn(node, words, { cwd: folder, env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const output of ['stdout', 'stderr'] as const) {
    child[output].setEncoding('utf8').on('data', (text: string) => {
      printed[output] += text;
      for (const watcher of watchers) watcher();
    });
  }
  const ended = new Promise<NodeRun>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...printed }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended.catch(() => undefined);
  });
  return {
    ended,
    stop: () => child.kill('SIGTERM'),
    prints: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(printed.stdout);
          if (match === null) return;
          watchers.delete(look);
          resolve(match);
        };
        watchers.add(look);
        look();
        ended.then(
          ({ stdout, stderr }) => reject(new Error(`It never printed ${pattern}:\n${stdout}${stderr}`)),
          reject,
        );
      }),
  };
}
