/**
 * The receivers of signed events in examples/, in the languages that people write them in, run as their READMEs say.
 * Needs Debian's python3, python3-django, php-cli, php-sqlite3 and ruby; what is missing is skipped visibly, and never
 * where CI is true.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { newWebhookSecret, signWebhook } from '../../src/flows/forwarding/standard-webhooks.ts';
import { startRecado } from '../support/run-recado.ts';
import { runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { freePort, startReceiver } from '../support/start-receiver.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey } from '../support/test-config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = join(root, 'examples');
const run = promisify(execFile);
const secret = newWebhookSecret();
const event = {
  type: 'message',
  version: 1,
  timestamp: '2026-11-20T12:00:00.000Z',
  data: { id: 'ev_000000001a', contactId: null, summary: 'Olá! Às 15h está ótimo 👍🏽' },
};

/** Debian's own Python: another one that comes first on the PATH does not know python3-django. */
const python = '/usr/bin/python3';

type Receiver = {
  needs: string;
  /** Fails where what it needs is not there. */
  probe: readonly [string, ...string[]];
  path: string;
  table: string;
  start(port: number, file: string, secret: string): Promise<void>;
};

const onNode = (words: string[], table: string, path: string): Receiver => ({
  needs: 'nothing more',
  probe: [process.execPath, '--version'],
  path,
  table,
  start: (port, file, secret) =>
    startReceiver({
      command: [process.execPath, '--no-warnings', ...words],
      folder: root,
      environment: { PORT: String(port), DATABASE_FILE: file, RECADO_WEBHOOK_SECRET: secret },
      port,
      started: /port: \d+/,
    }),
});

const receivers: Record<string, Receiver> = {
  Express: onNode(['examples/receive-express/server.ts'], 'received', '/recado'),
  Next: onNode(
    ['test/support/serve-handlers.ts', 'examples/receive-next/app/recado/route.ts'],
    'received',
    '/recado',
  ),
  'plain Python': {
    needs: 'python3',
    probe: [python, '--version'],
    path: '/recado',
    table: 'received',
    start: (port, file, secret) =>
      startReceiver({
        command: [python, 'receiver.py'],
        folder: join(examples, 'receive-python'),
        environment: { PORT: String(port), DATABASE_FILE: file, RECADO_WEBHOOK_SECRET: secret },
        port,
        started: /port: \d+/,
      }),
  },
  Django: {
    needs: 'python3-django',
    probe: [python, '-c', 'import django'],
    path: '/recado/',
    table: 'recado_events_receivedevent',
    async start(port, file, secret) {
      const folder = join(examples, 'receive-django');
      const environment = { DATABASE_FILE: file, RECADO_WEBHOOK_SECRET: secret };
      await run(python, ['manage.py', 'migrate'], { cwd: folder, env: { ...quietPython, ...environment } });
      await startReceiver({
        command: [python, 'manage.py', 'runserver', '--noreload', `127.0.0.1:${port}`],
        folder,
        environment,
        port,
        started: /Quit the server/,
      });
    },
  },
  'plain PHP': {
    needs: 'php-cli php-sqlite3',
    probe: ['php', '-r', 'new PDO("sqlite::memory:");'],
    path: '/recado',
    table: 'received',
    start: (port, file, secret) =>
      startReceiver({
        command: ['php', '-S', `127.0.0.1:${port}`, 'receiver.php'],
        folder: join(examples, 'receive-php'),
        environment: { DATABASE_URL: `sqlite:${file}`, RECADO_WEBHOOK_SECRET: secret },
        port,
        started: /Development Server .* started/,
      }),
  },
};

const quietPython = { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1' };

describe.each(Object.entries(receivers))('the receiver for %s', (_, receiver) => {
  it('takes what is signed, once, and refuses the rest', async (test) => {
    await need(receiver, test);
    const { post, kept } = await started(receiver);
    const body = Buffer.from(JSON.stringify(event));
    const signed = (id = 'one', at = Date.now(), ...secrets: string[]) =>
      signWebhook({ id, at, body }, secrets.length === 0 ? [secret] : secrets);
    expect(await post(body, signed())).toBe(204);
    expect(await post(body, signed())).toBe(204);
    expect(kept()).toBe(1);
    expect(await post(body, signed('two', Date.now(), newWebhookSecret(), secret))).toBe(204);
    expect(kept()).toBe(2);

    const good = signed('three');
    const minutes = 60_000;
    const refused: [string, Buffer, Record<string, string>][] = [
      ['another body', Buffer.concat([body, Buffer.from(' ')]), good],
      ['another secret', body, signed('three', Date.now(), newWebhookSecret())],
      ['another id', body, { ...good, 'webhook-id': 'four' }],
      ['a signature of long ago', body, signed('three', Date.now() - 6 * minutes)],
      ['a signature of the future', body, signed('three', Date.now() + 6 * minutes)],
      ['a time that is none', body, { ...good, 'webhook-timestamp': '1e9' }],
      ['a time without end', body, { ...good, 'webhook-timestamp': '9'.repeat(5_000) }],
      ['an empty signature', body, { ...good, 'webhook-signature': '' }],
      ['a version alone', body, { ...good, 'webhook-signature': 'v1,' }],
      ['half a signature', body, { ...good, 'webhook-signature': good['webhook-signature'].slice(0, 20) }],
      ['a signature and more', body, { ...good, 'webhook-signature': `${good['webhook-signature']}A` }],
      ['no headers', body, {}],
      ['nothing', Buffer.alloc(0), {}],
    ];
    for (const [what, bytes, headers] of refused) {
      expect([what, await post(bytes, headers)]).toEqual([what, 401]);
    }
    expect(kept()).toBe(2);
  });

  it('hears a message from a gateway, forwarded by recado listen', async (test) => {
    await need(receiver, test);
    const running = await runGateway();
    const folder = temporaryFolder();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}${receiver.path}`;
    const environment = { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey };
    await running.post(
      webhookOf({
        messages: [
          textMessage('wamid.1', '558587654321', 'Às 15h está ótimo 👍🏽', Math.floor(Date.now() / 1000)),
        ],
      }),
    );
    await running.settle();
    const words = ['listen', '--forward-to', url, '--from', 'start', '--kind', 'message'];
    const listen = startRecado(folder, words, environment);
    const [, given = ''] = await listen.prints(/verifies with the secret (whsec_\S+)/);
    // Only now: listen waits for whoever is not there yet.
    const { kept } = await started(receiver, port, given);
    await listen.prints(/15h está ótimo .* {2}→ 204 in \d+ ms/);
    expect(kept()).toBe(1);
  });
});

describe('the command of Django', () => {
  it('works through what was received, in order, once', async (test) => {
    const receiver = receivers['Django'] as Receiver;
    await need(receiver, test);
    const { post, file } = await started(receiver);
    for (const summary of ['one', 'two']) {
      const body = Buffer.from(JSON.stringify({ ...event, data: { ...event.data, summary } }));
      await post(body, signWebhook({ id: summary, at: Date.now(), body }, [secret]));
    }
    const handle = () =>
      run(python, ['manage.py', 'handle_recado_events', '--once'], {
        cwd: join(examples, 'receive-django'),
        env: { ...quietPython, DATABASE_FILE: file, RECADO_WEBHOOK_SECRET: secret },
      });
    expect((await handle()).stdout).toBe('message: one\nmessage: two\n');
    expect((await handle()).stdout).toBe('');
  });
});

/** What verifies inside a framework that is not here: the part that knows nothing of the framework. */
const verifiers: Record<string, { needs: string; probe: readonly [string, ...string[]]; words: string[] }> = {
  Laravel: {
    needs: 'php-cli',
    probe: ['php', '--version'],
    words: [
      'php',
      '-r',
      `require '${examples}/receive-laravel/app/Recado/Signature.php';
       [, $secret, $id, $at, $signatures, $body] = $argv;
       echo (new App\\Recado\\Signature($secret))->isGood($id, $at, $signatures, $body) ? 'good' : 'bad';`,
    ],
  },
  Rails: {
    needs: 'ruby',
    probe: ['ruby', '--version'],
    words: [
      'ruby',
      '-e',
      `require '${examples}/receive-rails/lib/recado_signature.rb'
       secret, id, timestamp, signatures, body = ARGV
       print RecadoSignature.new(secret).good?(id:, timestamp:, signatures:, body:) ? 'good' : 'bad'`,
    ],
  },
};

describe.each(Object.entries(verifiers))('the signature in %s', (_, verifier) => {
  it('is good by our secret, now, over these bytes', async (test) => {
    await need(verifier, test);
    const [program = '', ...words] = verifier.words;
    const verify = async (key: string, headers: ReturnType<typeof signWebhook>, body: string) => {
      const given = [key, headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']];
      return (await run(program, [...words, ...given, body])).stdout;
    };
    const text = JSON.stringify(event);
    const body = Buffer.from(text);
    const good = signWebhook({ id: 'one', at: Date.now(), body }, [newWebhookSecret(), secret]);
    expect(await verify(secret, good, text)).toBe('good');
    expect(await verify(newWebhookSecret(), good, text)).toBe('bad');
    expect(await verify(secret, good, `${text} `)).toBe('bad');
    expect(await verify(secret, { ...good, 'webhook-id': 'two' }, text)).toBe('bad');
    expect(await verify(secret, { ...good, 'webhook-signature': 'v1,' }, text)).toBe('bad');
    const old = signWebhook({ id: 'one', at: Date.now() - 360_000, body }, [secret]);
    expect(await verify(secret, old, text)).toBe('bad');
    await expect(verify('whsec_', good, text)).rejects.toThrow('must be the whsec_');
  });
});

describe('the workflow for n8n', () => {
  const workflow = JSON.parse(readFileSync(join(examples, 'receive-n8n/workflow.json'), 'utf8'));
  const nodes: { name: string; parameters: { jsCode?: string } }[] = workflow.nodes;

  it('leads from each node to nodes that exist', () => {
    const names = new Set(nodes.map(({ name }) => name));
    const targets = JSON.stringify(workflow.connections).matchAll(/"node":"([^"]+)"/g);
    expect([...targets].filter(([, name = '']) => !names.has(name))).toEqual([]);
  });

  it('verifies as all others do', async () => {
    const code = nodes.find(({ name }) => name === 'Verify')?.parameters.jsCode ?? '';
    const body = Buffer.from(JSON.stringify(event));
    const verify = async (headers: Partial<ReturnType<typeof signWebhook>>, key = secret) => {
      const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
      const node = new AsyncFunction('require', '$env', '$input', code);
      const helpers = { getBinaryDataBuffer: async () => body };
      const input = { first: () => ({ json: { headers } }) };
      const env = { RECADO_WEBHOOK_SECRET: key };
      const [item] = await node.call({ helpers }, createRequire(import.meta.url), env, input);
      return item.json;
    };
    const good = signWebhook({ id: 'one', at: Date.now(), body }, [newWebhookSecret(), secret]);
    expect(await verify(good)).toEqual({ signed: true, webhookId: 'one', event });
    expect(await verify(good, newWebhookSecret())).toMatchObject({ signed: false, event: null });
    expect(await verify({})).toMatchObject({ signed: false, event: null });
    expect(await verify({ ...good, 'webhook-signature': 'v1,' })).toMatchObject({ signed: false });
    expect(await verify(signWebhook({ id: 'one', at: Date.now() - 360_000, body }, [secret]))).toMatchObject({
      signed: false,
    });
    await expect(verify(good, '')).rejects.toThrow('must be the whsec_');
  });
});

/** A receiver that runs, and its table. */
async function started(receiver: Receiver, port?: number, key = secret) {
  const file = join(temporaryFolder(), 'events.db');
  const own = port ?? (await freePort());
  await receiver.start(own, file, key);
  return {
    file,
    async post(body: Buffer, headers: Record<string, string>): Promise<number> {
      const answer = await fetch(`http://127.0.0.1:${own}${receiver.path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: Uint8Array.from(body),
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    kept(): number {
      const database = new Database(file, { readonly: true });
      onTestFinished(() => {
        database.close();
      });
      return Number(database.prepare(`SELECT count(*) FROM ${receiver.table}`).pluck().get());
    },
  };
}

/** Skips, visibly, where Debian's packages are not installed; where CI is true they must be. */
async function need(
  { needs, probe }: Pick<Receiver, 'needs' | 'probe'>,
  { skip }: TestContext,
): Promise<void> {
  const [program, ...words] = probe;
  const there = await run(program, words).then(
    () => true,
    () => false,
  );
  if (there) return;
  if (process.env['CI'] === 'true') throw new Error(`apt-get install ${needs}`);
  console.warn(`SKIPPED: this receiver needs ${needs}: apt-get install ${needs}`);
  skip(`apt-get install ${needs}`);
}
