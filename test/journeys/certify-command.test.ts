import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/certify/catalogue.ts';
import { runRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { startExample } from '../support/start-example.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { appSecret } from '../support/test-config.ts';

const verifyToken = 'blue door';

type Report = {
  passed: number;
  failed: number;
  skipped: number;
  checks: { id: string; result: string; findings: string[] }[];
};

async function certify(url: string, secret: string, token: string, ...words: string[]) {
  const environment = { META_APP_SECRET: secret, META_WEBHOOK_VERIFY_TOKEN: token };
  return runRecado(temporaryFolder(), ['certify', url, ...words], environment);
}

async function reportOn(url: string, secret = appSecret, token = verifyToken): Promise<Report> {
  return JSON.parse((await certify(url, secret, token, '--json')).stdout);
}

function doorOf({ gateway }: RunningGateway): string {
  return `${gateway.url}/webhooks/whatsapp/`;
}

/** Every message in the feed, as JSON. */
async function messagesOf(running: RunningGateway): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const from: string = after === null ? '' : `&after=${after}`;
    const { body } = await running.api<{ data: object[]; next: string | null }>(
      'GET',
      `/v1/events?kind=message&limit=500${from}`,
    );
    found.push(...body.data.map((event) => JSON.stringify(event)));
    after = body.next;
  } while (after !== null);
  return found;
}

/** What did not survive, with what was found. The time of an answer belongs to the machine, not to the receiver. */
function lost({ checks }: Report) {
  return checks
    .filter(({ id, result }) => result !== 'passed' && id !== 'time-standard')
    .map(({ id, result, findings }) => [id, result, findings] as const);
}

describe('recado certify', () => {
  it('finds that Recado survives everything, and keeps each once', async () => {
    const running = await runGateway();
    const { verifyToken: token } = running.config.meta;
    const run = await certify(doorOf(running), appSecret, token ?? '');
    expect(run.stderr).toBe('');
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/\n2\d passed, 0 failed, \d to be better, 0 skipped\n/);
    expect(run.stdout).toContain('✓ A body of 3 MB with 1,000 updates is taken');
    await running.settle();
    const messages = await messagesOf(running);
    const holding = (words: string) => messages.filter((message) => message.includes(words)).length;
    expect(holding('Once only, please.')).toBe(1);
    expect(holding('Por favor, podem confirmar')).toBe(1_000);
    for (const number of [1, 2, 3]) expect(holding(`This is number ${number}.`)).toBe(1);
  });

  it.each([
    ['node:http', 'examples/webhooks-node-http/server.ts'],
    ['Express', 'examples/webhooks-express/server.ts'],
    ['Fastify', 'examples/webhooks-fastify/server.ts'],
  ])('finds that the example with %s survives everything', async (_, file) => {
    const { url } = await startExample([file], { appSecret, verifyToken });
    expect(lost(await reportOn(`${url}/webhooks/whatsapp`))).toEqual([]);
  });

  it('finds what the receiver of the tutorials loses, and says why and how to mend it', async () => {
    const example = await startExample(['examples/tutorial-express/server.ts'], { appSecret, verifyToken });
    const url = `${example.url}/webhooks/whatsapp`;
    const report = await reportOn(url);
    expect(lost(report).map(([id, result]) => [id, result])).toEqual([
      ['handshake-no-page', 'advice'],
      ['signature-missing', 'failed'],
      ['signature-wrong', 'failed'],
      ['signature-changed-body', 'failed'],
      ['reading-statuses', 'failed'],
      ['reading-types', 'failed'],
      ['reading-unknown', 'failed'],
      ['reading-account', 'failed'],
      ['reading-people', 'failed'],
      ['reading-numbers', 'failed'],
      ['delivery-large', 'failed'],
    ]);
    expect(report.checks.find(({ id }) => id === 'delivery-large')?.findings).toEqual([
      expect.stringMatching(/^A batch of 3\.\d MB was answered 413; 200 was expected\.$/),
    ]);
    const run = await certify(url, appSecret, verifyToken);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('✗ A body without a signature is refused');
    expect(run.stdout).toContain('Cure  Look at `value.messages` and `value.statuses`');
    expect(run.stderr).toContain('does not survive 10 of');
  });

  it('skips what cannot be seen while the signature is not believed', async () => {
    const running = await runGateway();
    const report = await reportOn(doorOf(running), 'f'.repeat(32), running.config.meta.verifyToken ?? '');
    const byResult = Object.groupBy(report.checks, ({ result }) => result);
    expect(byResult.failed?.map(({ id }) => id)).toEqual(['signature-right', 'signature-raw-bytes']);
    const later = catalogue.filter(({ group }) => group !== 'handshake' && group !== 'signature');
    expect(byResult.skipped?.map(({ id }) => id)).toEqual(later.map(({ id }) => id));
  });

  it.each([
    [['certify', 'http://127.0.0.1:1/x'], 1, 'Nobody answers at http://127.0.0.1:1/x'],
    [['certify', 'localhost:3000'], 2, 'begins with http:// or https://'],
    [['certify', 'http://user:word@localhost/x'], 2, 'holds no password; found "http://••••@localhost/x"'],
    [['certify', 'http://127.0.0.1:1/x', '--timeout', '0'], 2, '--timeout takes whole seconds'],
  ])('%j ends with %i', async (words, exitCode, sentence) => {
    const environment = { META_APP_SECRET: appSecret, META_WEBHOOK_VERIFY_TOKEN: verifyToken };
    const run = await runRecado(temporaryFolder(), words, environment);
    expect([run.exitCode, run.stderr]).toEqual([exitCode, expect.stringContaining(sentence)]);
    expect(run.stderr).toContain('Next:');
  });

  it('asks for what it needs', async () => {
    const none = await runRecado(temporaryFolder(), ['certify', 'http://127.0.0.1:1/x']);
    expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--secret') });
    const words = ['certify', 'http://127.0.0.1:1/x', '--secret', appSecret];
    const half = await runRecado(temporaryFolder(), words);
    expect(half).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--verify-token') });
  });
});
