import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { signBody } from '../../src/whatsapp/signature.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { appSecret } from '../support/test-config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const verifyToken = 'blue door';

/** Frameworks that come with a server of their own, and files of web-standard handlers, which are served here. */
const examples = {
  'webhooks-node-http': ['examples/webhooks-node-http/server.ts'],
  'webhooks-express': ['examples/webhooks-express/server.ts'],
  'webhooks-fastify': ['examples/webhooks-fastify/server.ts'],
  'webhooks-hono': ['test/support/serve-handlers.ts', 'examples/webhooks-hono/app.ts'],
  'webhooks-next': [
    'test/support/serve-handlers.ts',
    'examples/webhooks-next/app/webhooks/whatsapp/route.ts',
  ],
} as const;

const seconds = 1_763_640_000;
const contacts = [{ wa_id: '558587654321', profile: { name: 'João 🙋' } }];
const words = 'Olá! Às 15h está ótimo 👍🏽';
const message = webhookOf({ contacts, messages: [textMessage('wamid.1', '558587654321', words, seconds)] });
const statuses = webhookOf({
  statuses: [
    { id: 'wamid.2', status: 'sent', timestamp: String(seconds), recipient_id: '558587654321' },
    {
      id: 'wamid.2',
      status: 'failed',
      timestamp: String(seconds + 1),
      recipient_id: '558587654321',
      errors: [{ code: 131_047, title: 'Re-engagement message' }],
    },
  ],
});
const batch = webhookOf({
  contacts,
  messages: Array.from({ length: 500 }, (_, index) =>
    textMessage(`wamid.batch.${index}`, '558587654321', 'x'.repeat(4_000), seconds + index),
  ),
});

describe.each(Object.entries(examples))('the example %s', (_, command) => {
  it('shakes hands, keeps what Meta signed once, and refuses the rest', async () => {
    const example = await startExample(command);
    for (const path of ['/webhooks/whatsapp', '/webhooks/whatsapp/']) {
      expect(await example.shakeHands(path, 'blue+door')).toEqual([200, '1158201444']);
    }
    expect(await example.shakeHands('/webhooks/whatsapp/', 'red+door')).toEqual([403, '']);

    const raw = JSON.stringify(message);
    expect(await example.post(raw)).toBe(200);
    expect(await example.prints('João 🙋 wrote:')).toBe(`João 🙋 wrote: "${words}"`);
    expect(await example.post(escaped(raw))).toBe(200);
    expect(await example.post(JSON.stringify(statuses))).toBe(200);
    expect(await example.prints('failed')).toBe('Message wamid.2 is failed, because of #131047');

    const bad = { 'x-hub-signature-256': signBody(Buffer.from(raw), 'f'.repeat(32)) };
    expect(await example.post(raw, bad)).toBe(401);
    expect(
      await example.post(`${raw} `, { 'x-hub-signature-256': signBody(Buffer.from(raw), appSecret) }),
    ).toBe(401);
    expect(await example.post(raw, { 'x-hub-signature-256': '' })).toBe(401);

    const large = JSON.stringify(batch);
    expect(large.length).toBeGreaterThan(2_000_000);
    expect(await example.post(large)).toBe(200);
    expect(await example.post(large, { 'content-type': 'text/plain' })).toBe(200);

    expect(example.kept()).toEqual({ message: 501, status: 2 });
  });
});

/** The same body with every character beyond ASCII as `\uXXXX`, which is how Meta writes it. */
function escaped(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Starts an example as its README says, on any free port and a database of its own. The end of the test ends it. */
async function startExample(words: readonly string[]) {
  const file = join(temporaryFolder(), 'events.db');
  const child = spawn(process.execPath, ['--conditions=recado-source', '--no-warnings', ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PORT: '0',
      DATABASE_FILE: file,
      META_APP_SECRET: appSecret,
      META_WEBHOOK_VERIFY_TOKEN: verifyToken,
    },
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });

  let printed = '';
  const watchers = new Set<() => void>();
  const hear = (text: string) => {
    printed += text;
    for (const watcher of watchers) watcher();
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);

  /** The first line that holds the words. */
  function prints(sought: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = printed.split('\n').find((candidate) => candidate.includes(sought));
        if (line === undefined) return;
        watchers.delete(look);
        resolve(line);
      };
      watchers.add(look);
      look();
      ended.then(() => reject(new Error(`It ended without printing "${sought}":\n${printed}`)));
    });
  }

  const [, port] = /port: (\d+)/.exec(await prints('port:')) ?? [];
  const url = `http://localhost:${port}`;
  return {
    prints,
    async shakeHands(path: string, token: string): Promise<[number, string]> {
      const query = `hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`;
      const answer = await fetch(`${url}${path}?${query}`);
      return [answer.status, await answer.text()];
    },
    async post(body: string, headers: Record<string, string> = {}): Promise<number> {
      const bytes = Buffer.from(body);
      const answer = await fetch(`${url}/webhooks/whatsapp/`, {
        method: 'POST',
        body: bytes,
        headers: {
          'content-type': 'application/json',
          'x-hub-signature-256': signBody(bytes, appSecret),
          ...headers,
        },
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    /** How many events of each kind stand in its database. */
    kept(): Record<string, number> {
      const database = new Database(file, { readonly: true });
      const rows = database
        .prepare<[], { kind: string; count: number }>(
          'SELECT kind, count(*) AS count FROM events GROUP BY kind',
        )
        .all();
      database.close();
      return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
    },
  };
}
