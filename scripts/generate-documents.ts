/**
 * Writes the documents that repeat what the code says, so that they cannot say something else.
 *
 *   npm run generate                                writes them
 *   node scripts/generate-documents.ts --check      compares, and fails when one is stale
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { createGateway } from '../src/app.ts';
import { processContext } from '../src/cli/command-context.ts';
import { type CommandEntry, commands } from '../src/cli/commands.ts';
import { runCommand } from '../src/cli/recado.ts';
import { readConfig } from '../src/config/read-config.ts';
import { settings } from '../src/config/settings.ts';
import { settingsTable } from '../src/config/settings-table.ts';
import { durationInWords } from '../src/domain/duration.ts';
import { type FailureCode, failureCodes, failureRow, type Retry } from '../src/domain/failure.ts';
import { isJsonObject, type Json, type JsonObject } from '../src/domain/json.ts';
import type { Language } from '../src/domain/language.ts';
import { statusNames } from '../src/domain/status.ts';
import { webhookRefusals } from '../src/server/webhook-refusals.ts';
import { failureOfMetaError } from '../src/whatsapp/error-catalogue.ts';
import { errorPage, problemSection } from './error-pages.ts';
import { contentShapes, eventFormCells, shapeIn } from './event-forms.ts';
import { clientSource } from './generate-client.ts';
import { messageTypeCells } from './message-types.ts';
import { simulatorReference } from './simulator-reference.ts';

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
The process environment beats \`.env\`; a flag of the command beats both. \`serve\` and \`sandbox\` take every setting that is no secret
as \`--set NAME=value\`, and secrets as \`--set NAME_FILE=path\`: what stands on the command line itself, \`ps\` shows to everybody on the machine.
A list is separated by commas.
Every setting may also come from a file: \`NAME_FILE\` holds the path of a file with the value, as with Docker and Kubernetes secrets
(\`META_APP_SECRET_FILE=/run/secrets/app-secret\`). Spaces and line ends around the value are left out; \`NAME\` and \`NAME_FILE\` together are a mistake. The file is a regular one or a pipe, of at most 64 KiB.
\`npx recado init\` writes what is missing and changes nothing that is there.
\`recado serve\` names every mistake and every warning at once before it starts, and what is missing with its consequence.
A name that looks like one of these and is none, such as \`META_VERIFY_TOKEN\` or \`DATABASE_URI\`, is a warning that names the likely one;
so is a line of \`.env\` that sets nothing, and a name that is set twice to different values. A quote that its line does not close is a mistake.`;
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
    'src/domain/failure.ts, src/whatsapp/error-catalogue/, src/server/problem.ts and src/server/webhook-refusals.ts',
    `Every expected way for a notification to go wrong. The code is in \`failure.code\` of the notification and of its events,
Meta’s own number in \`failure.metaCode\`, Meta’s own explanation in \`failure.details\`.
Codes are never given a second meaning. A code of Meta’s that is not listed is \`meta-refused\`, or \`meta-unavailable\`
when Meta says that it will pass. \`100\` is \`phone-number-id-wrong\` when Meta says that the object does not exist.

${failures}
A wait grows by its factor with every try, up to 15 minutes, and ends with the notification’s \`notAfter\`.

Each code of Meta’s with its cure step by step is in [Error codes of Meta](errors.md), in Portuguese in [erros.pt-BR.md](erros.pt-BR.md).

${problemSection('en', table)}
## When the webhook address refuses

Counted, and written to the log once and then at most once a minute for each reason.

${refusals}`,
  );
}

function messagesPage(): string {
  const types = table(
    ['Type', 'Meta’s name', 'What it holds', 'In a line', 'In Portuguese'],
    messageTypeCells(),
  );
  return page(
    'Messages',
    'scripts/message-types.ts and the bodies in test/fixtures/webhooks',
    `What a message holds, in Recado’s words. Any part may be null and any list empty: Meta leaves out
what it likes, and a message whose parts are missing or malformed stays of its type. Ids are text, also where Meta sends a number. Meta’s own element stays beside it, verbatim.

${types}
\`media\` is \`{ id, url, mimeType, sha256, caption, filename }\`. Meta keeps a file that somebody sent for 7 days.

## What any message may have

| Part | What it says |
| --- | --- |
| \`messageId\` | Meta’s id of the message (wamid). |
| \`groupId\` | The group that it was written in. |
| \`context\` | The message that it answers and who wrote that; whether it was forwarded, or frequently; the product that it asks about. |
| \`referral\` | The advertisement that the person tapped to write (Click to WhatsApp), with its \`clickId\` for conversions. |
| \`identity\` | Old bodies: the sender’s security code. |
| \`errors\` | Meta’s code, title and details of what it could not hand over, such as a file above 100 MB. |`,
  );
}

function eventsPage(): string {
  const rows = table(
    ['Webhook field', 'Meta’s word', '`kind`', '`content.form`', 'In a line', 'In Portuguese'],
    eventFormCells(),
  );
  const person = readFileSync(join(root, 'src/domain/event-content/named-person.ts'), 'utf8');
  const shapes = contentShapes().map(({ kind, source }) => `## ${kind}\n\n\`\`\`ts\n${source}\n\`\`\`\n`);
  return page(
    'Events',
    'scripts/event-forms.ts, src/domain/event-content and the bodies in test/fixtures/webhooks',
    `Every event of the feed has a \`kind\`, Meta’s own element as \`payload\`, verbatim, and the same in Recado’s words as \`content\`.
Its shape follows from the kind; a kind with several forms says which as \`form\`. \`event\` is always Meta’s own word, so that one
invented tomorrow is not lost: it comes with the form \`other\`, or \`update\` for an account. Whatever Meta leaves out is null, or an empty list.
Ids are text, also where Meta sends a number. A lone object in place of a list is a list of one.
A member beside known lists that nobody knows is an event of its own, of the kind \`unrecognised\`.

\`summary\` is the event in one line: English, or Portuguese with \`?language=pt-BR\`. \`metaTest\` is true for what the "Test" link of
Meta’s App Dashboard makes up. \`notification\` and \`alarm\` are Recado’s own kinds: their facts are the payload, and \`content\` is null.

${rows}
## message

See [messages.md](messages.md).

${shapes.join('\n')}
## Times, people and errors

\`\`\`ts
/** ISO 8601 in the API; milliseconds since 1970 in a program that reads webhooks with \`recado/webhooks\`. */
type Instant = string | number;

${shapeIn(person)}

/** An error as Meta reports it. */
type MetaError = { code: number | null; title: string | null; details: string | null };

/** One rung that Meta reports. */
type StatusName = ${statusNames.map((name) => `'${name}'`).join(' | ')};
\`\`\``,
  );
}

function errorCodesPage(language: Language): string {
  const { title, body } = errorPage(language, table);
  return page(title, 'src/whatsapp/error-catalogue/', body);
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
  const chapters = [[], ...(await Promise.all(commands.map(chaptersOf))).flat()];
  const sections = await Promise.all(
    chapters.map(async (words) => {
      const title = ['recado', ...words].join(' ');
      // A part of a command is a chapter below it.
      const level = '#'.repeat(words.length > 1 ? 3 : 2);
      return `${level} ${title}\n\n\`\`\`\n${await outputOf([...words, '--help'])}\n\`\`\`\n`;
    }),
  );
  const introduction = `In a checkout, \`npx recado …\` runs this code. Exit code 0: done; 1: it went wrong; 2: the command was given wrongly.
Every error ends with the next step. With \`--json\` an error is one object on the standard error, with \`code\`, \`message\` and \`next\`;
what the gateway answered, when it refused, is then on the standard output.
\`recado help <command>\` is the same as \`recado <command> --help\`.`;
  return page('Commands', 'the help of the commands in src/cli', `${introduction}\n\n${sections.join('\n')}`);
}

/** A command by its words, and each of its parts. */
async function chaptersOf(entry: CommandEntry): Promise<string[][]> {
  const command = new Command(entry.name);
  const define = await entry.load();
  define(command, processContext());
  return [[entry.name], ...command.commands.map((part) => [entry.name, part.name()])];
}

/** What `recado` prints without a terminal: there its help has the same width everywhere. */
async function outputOf(words: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const print = (text: string) => printed.push(text);
  await runCommand(words, { ...processContext(), terminal: false, print, remark: print });
  return printed.join('\n').trimEnd();
}

/** The document of a running gateway: on the loopback, at any free port, with a database that is thrown away. */
async function openapiDocument(): Promise<JsonObject> {
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
      const document: Json = JSON.parse(await response.text());
      if (!isJsonObject(document)) throw new Error('/openapi.json is no object.');
      return document;
    } finally {
      await gateway.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function allDocuments(): Promise<Document[]> {
  const openapi = await openapiDocument();
  return [
    { file: 'docs/configuration.md', text: configurationPage() },
    { file: 'docs/failures.md', text: failuresPage() },
    { file: 'docs/errors.md', text: errorCodesPage('en') },
    { file: 'docs/erros.pt-BR.md', text: errorCodesPage('pt-BR') },
    { file: 'docs/messages.md', text: messagesPage() },
    { file: 'docs/events.md', text: eventsPage() },
    { file: 'docs/commands.md', text: await commandsPage() },
    {
      file: 'docs/simulator-reference.md',
      text: page(
        'Simulator: numbers, names and calls',
        'src/simulator/{send/magic-recipients,templates/template-review,control/control-verbs}.ts and scripts/simulator-{acts,options}.ts',
        simulatorReference(table),
      ),
    },
    { file: 'docs/openapi.json', text: `${JSON.stringify(openapi, null, 2)}\n` },
    { file: 'src/client/generated.ts', text: clientSource(openapi) },
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
