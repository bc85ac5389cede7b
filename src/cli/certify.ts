import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { printable } from '../adapters/telemetry/printable.ts';
import { catalogue } from '../certify/catalogue.ts';
import { type CheckedBehaviour, type CheckResult, certify as certifyReceiver } from '../certify/certify.ts';
import { type CheckGroup, checkGroups } from '../certify/check.ts';
import { createReceiver } from '../certify/receiver.ts';
import { readSandboxFile } from '../sandbox/sandbox-file.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { loadConfig } from './load-config.ts';

/** The flags of `certify`. */
export type CertifyOptions = {
  secret?: string;
  verifyToken?: string;
  timeout: string;
  within: string;
  json?: boolean;
};

const groupTitles: Readonly<Record<CheckGroup, string>> = {
  handshake: 'Handshake: Meta verifies the address',
  signature: 'Signatures: Meta is believed, and nobody else',
  time: 'Time: Meta’s standard for answers',
  reading: 'Reading: whatever Meta says is survived',
  delivery: 'Delivery: batches, repetitions, crowds',
};

const marks: Readonly<Record<CheckResult, string>> = {
  passed: '✓',
  failed: '✗',
  advice: '!',
  skipped: '–',
};

/** Tries Meta’s behaviours on any webhook receiver, and says which of them it survives. */
export async function certify(url: string, options: CertifyOptions, context: CommandContext): Promise<void> {
  const { config } = loadConfig(context, {
    only: ['META_APP_SECRET', 'META_WEBHOOK_VERIFY_TOKEN', 'META_WABA_ID', 'META_PHONE_NUMBER_ID'],
  });
  const address = readAddress(url);
  const [configured] = config.meta.appSecrets;
  const sandbox = readSandboxFile(resolve(context.folder, 'data/sandbox.json'))?.webhook;
  const appSecret =
    options.secret ??
    configured ??
    (sandbox !== undefined && new URL(sandbox.url).origin === new URL(address).origin
      ? sandbox.appSecret
      : undefined);
  const verifyToken = options.verifyToken ?? config.meta.verifyToken;
  if (appSecret === undefined) {
    throw wrongUsage(
      'There is no app secret to sign with: META_APP_SECRET is not set.',
      'Give the one that the receiver knows: --secret 9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    );
  }
  if (verifyToken === null) {
    throw wrongUsage(
      'There is no verify token for the handshake: META_WEBHOOK_VERIFY_TOKEN is not set.',
      'Give the one that the receiver knows: --verify-token blue-door',
    );
  }
  const json = options.json === true;
  const receiver = createReceiver({
    url: address,
    appSecret,
    patience: readSeconds('--timeout', options.timeout),
  });
  const within = readSeconds('--within', options.within);
  const facts = {
    verifyToken,
    unique: randomBytes(8).toString('hex').toUpperCase(),
    seconds: Math.floor(Date.now() / 1000),
    wabaId: config.meta.wabaId ?? '300100300100300',
    phoneNumberId: config.meta.phoneNumberId ?? '200100200100200',
  };
  let behaviours: CheckedBehaviour[];
  try {
    const greeting = await receiver.shakeHands({ 'hub.mode': 'subscribe' });
    if (greeting.status === null) {
      throw new CommandError(
        `Nobody answers at ${printable(address)} (${greeting.silence}).`,
        'Start the receiver first, and give its whole address with the path: npx recado certify http://127.0.0.1:3000/webhooks/whatsapp',
      );
    }
    if (!json) context.print(`Receiver  ${printable(address)}`);
    behaviours = await certifyReceiver(
      receiver,
      facts,
      (behaviour) => {
        if (!json) for (const line of linesOf(behaviour)) context.print(line);
      },
      setTimeout(within, undefined, { ref: false }),
    );
  } finally {
    await receiver.close();
  }

  const counts = countResults(behaviours);
  if (json) context.print(JSON.stringify(reportOf(address, behaviours, counts), null, 2));
  else {
    const { passed, failed, advice, skipped } = counts;
    context.print('');
    context.print(`${passed} passed, ${failed} failed, ${advice} to be better, ${skipped} skipped`);
    context.print(
      'Mind      the receiver has got pretend messages and statuses now. That it keeps each of them, once, only you can see.',
    );
  }
  if (counts.failed > 0) {
    throw new CommandError(
      `The receiver does not survive ${counts.failed} of ${behaviours.length} behaviours of Meta’s.`,
      'Mend what the lines marked ✗ name, and run the same command again.',
    );
  }
  if (counts.skipped > 0) {
    throw new CommandError(
      `${counts.skipped} of ${behaviours.length} behaviours were not tried: the receiver answers so slowly that ${options.within} seconds were over.`,
      'Let the receiver answer before it works, or give it more time: --within 600',
    );
  }
}

/** What a check prints: its group when it is the first of it, its mark and title, and what was found. */
function linesOf({ check, result, findings }: CheckedBehaviour): string[] {
  const lines = [`  ${marks[result]} ${check.title}`];
  if (firstOfGroup.has(check.id)) lines.unshift('', groupTitles[check.group]);
  for (const finding of findings) lines.push(`      ${printable(finding)}`);
  if (result === 'failed' || result === 'advice')
    lines.push(`      Why   ${check.why}`, `      Cure  ${check.cure}`);
  return lines;
}

const firstOfGroup = new Set(
  checkGroups.flatMap((group) => catalogue.find((check) => check.group === group)?.id ?? []),
);

function countResults(behaviours: readonly CheckedBehaviour[]): Record<CheckResult, number> {
  const counts = { passed: 0, failed: 0, advice: 0, skipped: 0 };
  for (const { result } of behaviours) counts[result] += 1;
  return counts;
}

function reportOf(
  url: string,
  behaviours: readonly CheckedBehaviour[],
  counts: Record<CheckResult, number>,
): object {
  return {
    url,
    ...counts,
    checks: behaviours.map(({ check, result, findings }) => {
      const { id, group, title, why, cure } = check;
      return { id, group, title, result, findings, why, cure };
    }),
  };
}

function readAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && url.username === '' && url.password === '' && url.hash === '';
  if (isPlain && (url.protocol === 'http:' || url.protocol === 'https:')) return url.href;
  throw wrongUsage(
    `A receiver’s address begins with http:// or https:// and holds no password; found "${text.replace(/\/\/[^/\s]*@/, '//••••@')}".`,
    'Write it like this: npx recado certify http://127.0.0.1:3000/webhooks/whatsapp',
  );
}

/** In milliseconds. */
function readSeconds(flag: string, seconds: string): number {
  if (/^[1-9]\d{0,2}$/.test(seconds)) return Number(seconds) * 1000;
  throw wrongUsage(
    `${flag} takes whole seconds from 1 to 999; found "${seconds}".`,
    `Write it like this: ${flag} 10`,
  );
}

export const defineCertify: DefineCommand = (command, context) => {
  command
    .argument('<url>', 'the whole address of the webhook receiver, with its path')
    .option(
      '--secret <secret>',
      'the app secret that the receiver checks with; META_APP_SECRET when not told',
    )
    .option(
      '--verify-token <token>',
      'the verify token that it expects; META_WEBHOOK_VERIFY_TOKEN when not told',
    )
    .option('--timeout <seconds>', 'how long it may take to answer', '10')
    .option('--within <seconds>', 'how long the whole may take', '120')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      `\nTries, on any webhook receiver, what Meta does: handshakes, signatures right and wrong, batches, duplicates,\ntypes that are new, 3 MB, crowds. Run it against a receiver that is not in production: it gets pretend messages.\nExit code 0: it survives everything; 1: it does not.\n${examples(
        'npx recado certify http://127.0.0.1:3000/webhooks/whatsapp --secret 9f8e7d6c5b4a39281706f5e4d3c2b1a0 --verify-token blue-door',
        'npx recado certify https://staging.example.com/webhooks/whatsapp/ --json',
      )}`,
    )
    .action((url: string, options: CertifyOptions) => certify(url, options, context));
};
