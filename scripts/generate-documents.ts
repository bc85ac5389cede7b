/**
 * Writes the documents that repeat what the code says, so that they cannot say something else.
 *
 *   npm run generate                                writes them
 *   node scripts/generate-documents.ts --check      compares, and fails when one is stale
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGateway } from '../src/app.ts';
import { commands } from '../src/cli/commands.ts';
import { readConfig } from '../src/config/read-config.ts';
import { settings } from '../src/config/settings.ts';
import { settingsTable } from '../src/config/settings-table.ts';
import { durationInWords } from '../src/domain/duration.ts';
import { type FailureCode, failureCodes, failureRow, type Retry } from '../src/domain/failure.ts';
import { webhookRefusals } from '../src/server/webhook-refusals.ts';
import { failureOfMetaError } from '../src/whatsapp/error-catalogue.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A document by its path in the repository. */
type Document = { file: string; text: string };

function page(title: string, sources: string, body: string): string {
  const origin = `<!-- Written by \`npm run generate\` from ${sources}. Change that instead. -->`;
  return `# ${title}\n\n${origin}\n\n${body.trimEnd()}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |\n`).join('');
}

function configurationPage(): string {
  const introduction = `Settings of the process. Each is an environment variable or a line of \`.env\` in the working folder.
The process environment beats \`.env\`; a flag of the command beats both.
A list is separated by commas. A secret may also come from a file: \`NAME_FILE\` holds its path, as with Docker and Kubernetes secrets.
\`npx recado init\` writes what is missing and changes nothing that is there.
\`recado serve\` names every mistake at once before it starts, and what is missing with its consequence.`;
  return page('Configuration', 'src/config/settings.ts', `${introduction}\n\n${settingsTable(settings)}`);
}

function failuresPage(): string {
  const metaCodes = metaCodesByFailure();
  const failures = table(
    ['Code', 'Meta’s codes', 'What went wrong', 'Tried again', 'What to do'],
    failureCodes.map((code) => {
      const { title, retry, remedy } = failureRow(code);
      return [`\`${code}\``, metaCodes.get(code) ?? '–', title, retryInWords(retry), remedy];
    }),
  );
  const refusals = table(
    ['Reason', 'Answer', 'What Recado’s log says'],
    Object.entries(webhookRefusals).map(([reason, { status, sentence }]) => [
      `\`${reason}\``,
      status === null ? 'none' : `${status}`,
      sentence,
    ]),
  );
  return page(
    'Failures',
    'src/domain/failure.ts, src/whatsapp/error-catalogue.ts and src/server/webhook-refusals.ts',
    `Every expected way for a notification to go wrong. The code is in \`failure.code\` of the notification and of its events,
Meta’s own number in \`failure.metaCode\`, Meta’s own explanation in \`failure.details\`.
Codes are never given a second meaning. A code of Meta’s that is not listed is \`meta-refused\`, or \`meta-unavailable\`
when Meta says that it will pass. \`100\` is \`phone-number-id-wrong\` when Meta says that the object does not exist.

${failures}
A wait grows by its factor with every try, up to 15 minutes, and ends with the notification’s \`notAfter\`.

## When the webhook address refuses

Counted, and written to the log once and then at most once a minute for each reason.

${refusals}`,
  );
}

/** Above every code that Meta documents. */
const LARGEST_META_CODE = 3_000_000;

/** The codes that the catalogue knows, asked one by one, so that its ranges and exceptions are in the answer. */
function metaCodesByFailure(): Map<FailureCode, string> {
  const ranges = new Map<FailureCode, { first: number; last: number }[]>();
  for (let code = 0; code < LARGEST_META_CODE; code += 1) {
    const meaning = failureOfMetaError({ code, title: null, details: null }).code;
    if (meaning === 'meta-refused') continue;
    const known = ranges.get(meaning) ?? [];
    const latest = known.at(-1);
    if (latest !== undefined && latest.last === code - 1) latest.last = code;
    else known.push({ first: code, last: code });
    ranges.set(meaning, known);
  }
  return new Map([...ranges].map(([meaning, known]) => [meaning, known.map(rangeInWords).join(', ')]));
}

function rangeInWords({ first, last }: { first: number; last: number }): string {
  if (first === last) return `${first}`;
  return last === first + 1 ? `${first}, ${last}` : `${first}–${last}`;
}

function retryInWords(retry: Retry): string {
  if (retry.help === 'never') return 'no';
  if (retry.help === 'after-cure') return 'no: cure it first';
  const tries = retry.tries === undefined ? '' : `, ${retry.tries} tries in all`;
  return `by itself after ${durationInWords(retry.delay)}, then each wait ${retry.factor} times as long${tries}`;
}

async function commandsPage(): Promise<string> {
  const chapters = [{ title: 'recado', words: ['--help'] }].concat(
    commands.map(({ name }) => ({ title: `recado ${name}`, words: [name, '--help'] })),
  );
  const sections = await Promise.all(
    chapters.map(async ({ title, words }) => `## ${title}\n\n\`\`\`\n${await outputOf(words)}\n\`\`\`\n`),
  );
  const introduction = `In a checkout, \`npx recado …\` runs this code. Exit code 0: done; 1: it went wrong; 2: the command was given wrongly.
Every error ends with the next step.`;
  return page('Commands', 'the help of the commands in src/cli', `${introduction}\n\n${sections.join('\n')}`);
}

/** What `recado` prints without a terminal: there its help has the same width everywhere. */
async function outputOf(words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'bin/recado.js'), ...words]);
  return stdout.trimEnd();
}

/** The document of a running gateway: on the loopback, at any free port, with a database that is thrown away. */
async function openapiDocument(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'recado-documents-'));
  try {
    const reading = readConfig({
      environment: {
        HOST: '127.0.0.1',
        PORT: '0',
        DATABASE_URL: `sqlite:${join(folder, 'recado.db')}`,
        LOG_LEVEL: 'error',
      },
      dotenv: null,
      readFile: (path) => readFileSync(path, 'utf8'),
    });
    if (!reading.ok) throw new Error(reading.mistakes.map((mistake) => JSON.stringify(mistake)).join('\n'));
    const gateway = await createGateway(reading.config);
    try {
      const response = await fetch(`${gateway.url}/openapi.json`);
      return `${JSON.stringify(await response.json(), null, 2)}\n`;
    } finally {
      await gateway.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function allDocuments(): Promise<Document[]> {
  return [
    { file: 'docs/configuration.md', text: configurationPage() },
    { file: 'docs/failures.md', text: failuresPage() },
    { file: 'docs/commands.md', text: await commandsPage() },
    { file: 'docs/openapi.json', text: await openapiDocument() },
  ];
}

function isStale({ file, text }: Document): boolean {
  try {
    return readFileSync(join(root, file), 'utf8') !== text;
  } catch {
    return true;
  }
}

const stale = (await allDocuments()).filter(isStale);
if (process.argv.includes('--check')) {
  for (const { file } of stale) {
    process.stderr.write(
      `${file} does not say what the code says. Run \`npm run generate\` and commit it.\n`,
    );
  }
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { file, text } of stale) {
    writeFileSync(join(root, file), text);
    process.stdout.write(`${file} written.\n`);
  }
}
