/**
 * Replays a folder of webhook bodies against a gateway of its own and says what became of every element.
 *
 *   npm run replay -- FOLDER
 *
 * Each body is signed and posted alone, then all of them once more, then merged into batches. Every answer
 * must be 200, and every distinct key must stand in the feed once. Elements that share a key but not their
 * content are listed (in examples whose ids were redacted these are common), and so is what was not recognised,
 * what came in a form that is not known, and how often each form of content came.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { createGateway } from '../src/app.ts';
import { readConfig } from '../src/config/read-config.ts';
import type { EventKind } from '../src/domain/event.ts';
import type { EventContent } from '../src/domain/event-content/event-content.ts';
import { summaryOf } from '../src/domain/event-content/event-summary.ts';
import { isJsonObject, type Json } from '../src/domain/json.ts';
import { createEventKeys } from '../src/whatsapp/event-key.ts';
import { type ParsedEvent, parseWebhook } from '../src/whatsapp/parse-webhook.ts';
import { readContentAt } from '../src/whatsapp/read-content.ts';
import { parseBody } from '../src/whatsapp/read-event.ts';
import { signBody } from '../src/whatsapp/signature.ts';

/** What a content is called that this version can keep, and not understand. */
const unknownFormNames: ReadonlySet<string> = new Set([
  'other',
  'other-reply',
  'unknown',
  'update',
  'contact-changed',
]);

const appSecret = '00112233445566778899aabbccddeeff';
const folder = process.argv[2];
if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  process.stderr.write(`${folder ?? 'Nothing'} is no folder. Try: npm run replay -- path/to/bodies\n`);
  process.exit(2);
}

const bodies = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => ({ name: relative('.', name), bytes: readFileSync(join(folder, name)) }));
const data = mkdtempSync(join(tmpdir(), 'recado-replay-'));
const configured = readConfig({
  environment: {
    META_APP_SECRET: appSecret,
    HOST: '127.0.0.1',
    // Any free port.
    PORT: '0',
    DATABASE_URL: `sqlite:${join(data, 'recado.db')}`,
    LOG_LEVEL: 'error',
  },
  dotenv: null,
  readFile: (path) => readFileSync(path, 'utf8'),
});
if (!configured.ok) throw new Error(configured.mistakes.map((mistake) => JSON.stringify(mistake)).join('\n'));
const gateway = await createGateway(configured.config);

const refused: string[] = [];
async function post(name: string, bytes: Uint8Array): Promise<void> {
  const answer = await fetch(gateway.webhookUrl, {
    method: 'POST',
    headers: { 'x-hub-signature-256': signBody(bytes, appSecret) },
    body: new Uint8Array(bytes),
  });
  if (answer.status !== 200) refused.push(`${name}: ${answer.status}`);
}

for (const { name, bytes } of bodies) await post(name, bytes);
for (const { name, bytes } of bodies) await post(`${name} (again)`, bytes);
for (const batch of mergedBatches(
  bodies.map(({ bytes }) => bytes),
  20,
))
  await post('a merged batch', batch);
await gateway.drain();
await gateway.close();

const stored = readStored(join(data, 'recado.db'));
const expected = new Map<string, { name: string; event: ParsedEvent }[]>();
const unrecognised: string[] = [];
const unknownForms: string[] = [];
const formCounts = new Map<string, number>();
const keys = createEventKeys(stored.installationKey);
let undated = 0;
for (const { name, bytes } of bodies) {
  const body = parseBody(bytes);
  for (const event of parseWebhook(bytes, keys).events) {
    const where = `${name} at "${event.path}"`;
    if (event.kind === 'unrecognised') unrecognised.push(where);
    const content: EventContent = readContentAt(event.kind, body, event.path);
    const form = formName(content);
    const said = `${event.kind}${form === null ? '' : ` ${form}`}`;
    formCounts.set(said, (formCounts.get(said) ?? 0) + 1);
    if (form !== null && unknownFormNames.has(form) && event.kind !== 'unrecognised') {
      unknownForms.push(`${where}: ${said}, ${summaryOf<EventKind>(event.kind, content, 'en')}`);
    }
    if (!('key' in event.identity)) {
      undated += 1;
      continue;
    }
    const key = Buffer.from(event.identity.key).toString('hex');
    expected.set(key, [...(expected.get(key) ?? []), { name, event }]);
  }
}
const missing = [...expected.keys()].filter((key) => stored.keys.get(key) !== 1);
const disagreeing = [...expected.values()].filter(
  (elements) => new Set(elements.map(({ event }) => Buffer.from(event.digest).toString('hex'))).size > 1,
);

print(`${bodies.length} bodies posted alone, once more, and merged into batches.`);
print(
  `${expected.size} distinct keys, ${undated} elements with neither id nor time, ${stored.total} events stored.`,
);
list('Answers other than 200', refused);
list('Keys that do not stand in the feed exactly once', missing);
list(
  'Elements that share a key but not their content (the first stands)',
  disagreeing.map((elements) =>
    elements.map(({ name, event }) => `${name} at "${event.path}"`).join('\n      '),
  ),
);
list('Not recognised', unrecognised);
list('Of a form that is not known', unknownForms);
list(
  'Forms of content',
  [...formCounts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([form, count]) => `${form}: ${count}`),
);
rmSync(data, { recursive: true, force: true });
process.exitCode = refused.length + missing.length > 0 ? 1 : 0;

/** How an event's content is told apart from others of its kind; null where a kind has one form only. */
function formName(content: EventContent): string | null {
  if (content === null) return null;
  if ('form' in content) return content.form;
  return 'content' in content ? content.content.type : null;
}

/** Bodies with all the entries of several; bodies that are no envelopes cannot be merged. */
function mergedBatches(all: readonly Uint8Array[], size: number): Uint8Array[] {
  const entries: Json[] = all.flatMap((bytes) => {
    const body = parseBody(bytes);
    return isJsonObject(body) && Array.isArray(body.entry) ? body.entry : [];
  });
  const batches: Uint8Array[] = [];
  for (let start = 0; start < entries.length; start += size) {
    const batch = { object: 'whatsapp_business_account', entry: entries.slice(start, start + size) };
    batches.push(Buffer.from(JSON.stringify(batch)));
  }
  return batches;
}

function readStored(file: string): { installationKey: Uint8Array; keys: Map<string, number>; total: number } {
  const database = new Database(file, { readonly: true });
  const installation = database.prepare('select key from installation').get() as { key: Buffer };
  const rows = database.prepare('select lower(hex(key)) as key from events').all() as { key: string }[];
  database.close();
  const counts = new Map<string, number>();
  for (const { key } of rows) counts.set(key, (counts.get(key) ?? 0) + 1);
  return { installationKey: Uint8Array.from(installation.key), keys: counts, total: rows.length };
}

function list(title: string, lines: readonly string[]): void {
  print(`${title}: ${lines.length === 0 ? 'none' : lines.length}`);
  for (const line of lines) print(`    ${line}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
