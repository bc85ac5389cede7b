import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { request } from 'undici';
import { printable } from '../adapters/telemetry/printable.ts';
import type { Config } from '../config/config.ts';
import { type Sample, samples, signedSample } from '../sandbox/sample-webhook.ts';
import { readSandboxFile } from '../sandbox/sandbox-file.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, errorCode, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { fitText } from './fit-text.ts';
import { loadConfig } from './load-config.ts';

/** The flags of `trigger`. */
export type TriggerOptions = {
  to?: string;
  secret?: string;
  from?: string;
  name?: string;
  text?: string;
  message?: string;
  print?: boolean;
  json?: boolean;
};

/** An address without its user name and password, and the header that carries them; null without any. */
type Address = { url: string; authorization: string | null };

/** Where a webhook goes and how it is signed. */
type Target = Address & { secret: string; sandbox: boolean };

/** How long the receiver may take, in milliseconds. */
const PATIENCE = 15_000;

/** The path of the gateway's webhook door. */
const DOOR = '/webhooks/whatsapp/';

/** Posts one signed sample webhook, or prints it. */
export async function trigger(
  name: string | undefined,
  options: TriggerOptions,
  context: CommandContext,
): Promise<void> {
  const sample = sampleNamed(name ?? 'text');
  const from = readPerson(options.from ?? '558587654321');
  const { config } = loadConfig(context, {
    only: ['META_APP_SECRET', 'META_WABA_ID', 'META_PHONE_NUMBER_ID', 'PORT', 'RECADO_URL'],
  });
  const target = readTarget(options, config, context);
  const unique = randomBytes(8).toString('hex').toUpperCase();
  const facts = {
    seconds: Math.floor(Date.now() / 1000),
    unique,
    wabaId: config.meta.wabaId ?? '300100300100300',
    businessPhoneId: config.meta.phoneNumberId ?? '200100200100200',
    displayNumber: '551132100000',
    from,
    name: options.name ?? 'Ana Souza',
    text: options.text ?? 'Hello from recado trigger',
    messageId: options.message ?? `wamid.RECADO-SAMPLE-OUT-${unique}`,
  };
  const { body, signature } = signedSample(sample, facts, target.secret);
  const json = options.json === true;

  if (options.print === true) {
    context.print(
      json
        ? JSON.stringify({ url: target.url, signature, body }, null, 2)
        : `POST ${target.url}\ncontent-type: application/json\n${target.authorization === null ? '' : 'authorization: Basic ••••\n'}x-hub-signature-256: ${signature}\n\n${body}`,
    );
    return;
  }
  const answer = await post(target, body, signature);
  if (json) {
    const { status, milliseconds, text } = answer;
    context.print(
      JSON.stringify({ sample: sample.name, url: target.url, status, milliseconds, answer: text }, null, 2),
    );
  } else {
    context.print(`Sample    ${sample.name}: ${sample.about}`);
    context.print(`Sent to   ${printable(target.url)}`);
    context.print(`Answer    ${answer.status} after ${answer.milliseconds} ms`);
    if (answer.text !== '') context.print(`          ${fitText(answer.text.trim(), 200)}`);
  }
  if (answer.status !== 200) throw notAccepted(answer.status, target);
  if (json) return;
  context.print(
    `Mind      only the receiver knows of this: to ${target.sandbox ? 'the pretended Meta' : 'Meta'} nobody wrote, and no window is open.`,
  );
  context.print('Next: npx recado listen --from start');
}

/** Follows no redirect, as Meta does not. Not with `fetch`, which refuses many ports and addresses with a password. */
async function post({ url, authorization }: Address, body: string, signature: string) {
  const began = performance.now();
  try {
    const response = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': signature,
        ...(authorization === null ? {} : { authorization }),
      },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await response.body.text();
    return { status: response.statusCode, milliseconds: Math.round(performance.now() - began), text };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = errorCode(cause) ?? (cause instanceof Error ? cause.message : 'unknown reason');
    throw new CommandError(
      `Nobody answered at ${printable(url)} (${reason}).`,
      'Start the receiver (`npx recado serve`, or `npx recado sandbox` to try it out), or give its address with --to.',
      { cause: error },
    );
  }
}

/** Meta takes nothing but 200 as received, so neither does this. */
function notAccepted(status: number, { sandbox }: Target): CommandError {
  if (status >= 300 && status < 400) {
    return new CommandError(
      `The receiver answered ${status}, a redirect, which Meta does not follow.`,
      'Give the address that it redirects to; often a slash at the end or https is what is missing.',
    );
  }
  const remedies: Record<number, string> = {
    401: 'The signature was refused: give the receiver’s app secret with --secret, or set the same META_APP_SECRET for both.',
    403: 'The signature was refused: give the receiver’s app secret with --secret, or set the same META_APP_SECRET for both.',
    404: 'Nothing is at this address. The gateway’s door is /webhooks/whatsapp/.',
    503: sandbox
      ? 'Look in the log of the sandbox.'
      : 'The gateway has no app secret or cannot store anything: look in its log; `npx recado init` adds what is missing.',
  };
  return new CommandError(
    `The receiver answered ${status}; Meta takes only 200 as received, and would send this again.`,
    remedies[status] ?? 'Look in the log of the receiver.',
  );
}

function sampleNamed(name: string): Sample {
  const found = samples.find((sample) => sample.name === name);
  if (found !== undefined) return found;
  throw wrongUsage(
    `There is no sample "${name}".`,
    `The samples are ${samples.map((one) => one.name).join(', ')}.`,
  );
}

function readPerson(from: string): string {
  const digits = from.replace(/[\s()+.-]/g, '');
  if (/^\d{7,15}$/.test(digits)) return digits;
  throw wrongUsage(
    `--from takes a phone number with its country code; found "${from}".`,
    'Write it like this: npx recado trigger text --from 558587654321',
  );
}

/** The URL and secret that are given, else those of the gateway configured here, else of the sandbox that runs here. */
function readTarget(options: TriggerOptions, config: Config, context: CommandContext): Target {
  const given = options.to === undefined ? null : readAddress(options.to);
  const url = given?.url ?? null;
  const authorization = given?.authorization ?? null;
  const [configured] = config.meta.appSecrets;
  const sandbox = readSandboxFile(resolve(context.folder, 'data/sandbox.json'))?.webhook ?? null;
  if (sandbox !== null && configured === undefined && isOfSameOrigin(url ?? sandbox.url, sandbox.url)) {
    return {
      url: url ?? sandbox.url,
      authorization,
      secret: options.secret ?? sandbox.appSecret,
      sandbox: true,
    };
  }
  const secret = options.secret ?? configured;
  if (secret !== undefined) {
    const own = `${config.recadoUrl ?? `http://127.0.0.1:${config.http.port}`}${DOOR}`;
    return { url: url ?? own, authorization, secret, sandbox: false };
  }
  if (url === null) {
    throw new CommandError(
      'There is nobody to send to: META_APP_SECRET is not set, and no sandbox runs in this folder.',
      'To try it out, run `npx recado sandbox` here in another terminal; otherwise give --to and --secret.',
    );
  }
  throw wrongUsage(
    'There is no app secret to sign with: META_APP_SECRET is not set.',
    'Give the receiver’s app secret: --secret 9f8e7d6c5b4a39281706f5e4d3c2b1a0',
  );
}

function isOfSameOrigin(one: string, other: string): boolean {
  return new URL(one).origin === new URL(other).origin;
}

function readAddress(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) {
    const { username, password } = url;
    url.username = '';
    url.password = '';
    const authorization = username === '' && password === '' ? null : basicAuthorization(username, password);
    return { url: url.href, authorization };
  }
  throw wrongUsage(
    `--to takes an address that begins with http:// or https://; found "${text.replace(/\/\/[^/\s]*@/, '//••••@')}".`,
    'Write it like this: npx recado trigger text --to http://127.0.0.1:8000/webhooks/whatsapp/',
  );
}

/** The header of RFC 7617 for a user name and a password as an address has them: percent-encoded. */
function basicAuthorization(username: string, password: string): string {
  const credentials = [username, password].map(decodedPart).join(':');
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
}

/** The text behind percent signs; as it is where they stand for nothing. */
function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const defineTrigger: DefineCommand = (command, context) => {
  const list = samples.map(({ name, about }) => `  ${name.padEnd(16)} ${about}`).join('\n');
  command
    .argument('[sample]', 'which sample; text when not told')
    .option(
      '--to <url>',
      'the receiver, with user:password@ where it asks for them; the door of the gateway when not told',
    )
    .option('--secret <secret>', 'the app secret to sign with; META_APP_SECRET when not told')
    .option('--from <number>', 'who writes, or whom the status is about')
    .option('--name <words>', 'their profile name')
    .option('--text <words>', 'what they write')
    .option('--message <wamid>', 'the message that a status, reaction or button speaks of')
    .option('--print', 'print body and signature instead of sending')
    .option('--json', 'answer in JSON')
    .addHelpText('after', `\nSamples:\n${list}`)
    .addHelpText(
      'after',
      examples(
        'npx recado trigger',
        'npx recado trigger status --message wamid.HBgM…',
        'npx recado trigger text --to https://example.com/webhooks/whatsapp/ --secret 9f8e7d6c5b4a39281706f5e4d3c2b1a0',
      ),
    )
    .action((sample: string | undefined, options: TriggerOptions) => trigger(sample, options, context));
};
