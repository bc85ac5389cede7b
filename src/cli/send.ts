import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { confirmCommand } from './confirm-check.ts';
import { type ContentFlags, givenContent } from './content-flags.ts';
import { examples } from './examples.ts';
import { callGateway, findGateway, type GatewayAddress, type GatewayAnswer } from './gateway-client.ts';
import { type NotificationFlags, notificationRequest } from './notification-request.ts';
import { previewNotification } from './preview-notification.ts';
import { readAnswer } from './read-answer.ts';
import { type SendFileOptions, sendFile } from './send-file.ts';
import { uploadGiven } from './upload-file.ts';

/** The flags of `send`. */
export type SendOptions = Omit<NotificationFlags, 'content'> &
  ContentFlags & {
    idempotencyKey?: string;
    /** Seconds to wait for delivery; true for the default. */
    wait?: string | true;
    /** Only shows what would be sent. */
    preview?: boolean;
    json?: boolean;
  };

/** As much of a notification as `send` shows. It may quote strangers (profile names), so it is made printable. */
const notificationSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  decision: z.string(),
  because: z.string(),
  failure: z
    .looseObject({
      code: z.string(),
      metaCode: z.number().nullable(),
      title: z.string(),
      remedy: z.string(),
      check: z.string().nullish(),
    })
    .nullable(),
});
type ShownNotification = z.infer<typeof notificationSchema>;

/** How long `--wait` waits when it is not told, in seconds. */
const DEFAULT_WAIT = 60;

/** How often a waiting `send` looks, in milliseconds. */
const GLANCE = 250;

/**
 * Sends a notification through the running gateway and prints what was decided and why; with `wait` follows it
 * until it is delivered, read, or has failed.
 *
 * @throws CommandError when it is refused, fails, or is not delivered in the time given
 */
export async function send(options: SendOptions, context: CommandContext): Promise<void> {
  const { content: _, ...flags } = options;
  const given = givenContent(options, context.folder);
  const asked = given === null ? flags : { ...flags, content: given.members };
  const body = notificationRequest(asked);
  const patience = waitingTime(options.wait);
  if (options.preview === true) {
    if (patience !== null) {
      throw wrongUsage('--preview sends nothing, so there is nothing to wait for.', 'Leave out --wait.');
    }
    await previewNotification(body, options.json === true, context);
    return;
  }
  const gateway = findGateway(context);
  const show = options.json === true ? () => undefined : context.print;
  if (gateway.sandbox) show(`Sandbox at ${gateway.url}: nothing leaves this machine.`);

  const how = { businessPhone: options.businessPhone, json: options.json === true, context };
  const answer = await callGateway(gateway, '/v1/notifications', {
    method: 'POST',
    body: given === null ? body : { ...body, ...(await uploadGiven(gateway, given, how)) },
    headers: options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey },
  });
  let notification = readNotification(answer, options, context);
  show(`Decision: ${notification.decision}`);
  show(printable(`Because: ${notification.because}`));
  show(`Notification ${notification.id}: ${notification.state}`);

  if (patience !== null) {
    notification = await follow(gateway, notification, patience, options, context);
  }
  if (options.json === true) context.print(JSON.stringify(notification, null, 2));
  if (patience !== null || notification.state === 'failed') refuseUndelivered(notification, patience ?? 0);
}

/** Looks at the notification until it has arrived or has failed; prints every change. */
async function follow(
  gateway: GatewayAddress,
  first: ShownNotification,
  patience: number,
  options: SendOptions,
  context: CommandContext,
): Promise<ShownNotification> {
  const end = performance.now() + patience * 1000;
  let latest = first;
  while (!hasArrived(latest) && !hasEnded(latest) && performance.now() < end) {
    await pause(GLANCE);
    const answer = await callGateway(gateway, `/v1/notifications/${encodeURIComponent(first.id)}`);
    const next = readNotification(answer, options, context);
    const failure = next.failure === null ? '' : ` (${describeFailure(next.failure)})`;
    if (next.state !== latest.state && options.json !== true) {
      context.print(`Notification ${next.id}: ${next.state}${failure}`);
    }
    latest = next;
  }
  return latest;
}

function hasArrived({ state }: ShownNotification): boolean {
  return state === 'delivered' || state === 'read';
}

function hasEnded({ state }: ShownNotification): boolean {
  return state === 'failed' || state === 'expired' || state === 'cancelled';
}

function refuseUndelivered(notification: ShownNotification, patience: number): void {
  if (hasArrived(notification)) return;
  const { id, state, failure } = notification;
  if (hasEnded(notification)) {
    const why = failure === null ? '' : `: ${describeFailure(failure)}`;
    throw new CommandError(
      `Notification ${id} is ${state}${why}${confirmLine(failure)}`,
      failure?.remedy ?? 'Look at its attempts.',
    );
  }
  const pending = failure === null ? '' : ` Meanwhile: ${describeFailure(failure)}`;
  throw new CommandError(
    `Notification ${id} is still ${state} after ${patience} s.${pending}${confirmLine(failure)}`,
    failure?.remedy ?? whatToExpect(notification, patience),
  );
}

/** What becomes of it without anybody’s doing. */
function whatToExpect({ id, state }: ShownNotification, patience: number): string {
  if (state === 'unknown') {
    return `Nobody knows whether it left, so it is not sent again. A status from Meta still settles it: npx recado show ${id}.`;
  }
  if (state === 'held') {
    return `It goes by itself once they write to your number: npx recado show ${id}. A template could go now: --template.`;
  }
  return `It goes on by itself; look again with GET /v1/notifications/${id}, or wait longer with --wait ${patience * 5}.`;
}

function describeFailure(failure: NonNullable<ShownNotification['failure']>): string {
  const meta = failure.metaCode === null ? '' : `, Meta’s #${failure.metaCode}`;
  return `${failure.title} (${failure.code}${meta})`;
}

function confirmLine(failure: ShownNotification['failure']): string {
  const confirm = confirmCommand(failure?.check);
  return confirm === null ? '' : `\n  Confirm: ${confirm}`;
}

function readNotification(
  answer: GatewayAnswer,
  options: SendOptions,
  context: CommandContext,
): ShownNotification {
  return readAnswer(answer, notificationSchema, { json: options.json === true, context });
}

/** Seconds to wait, or null for not at all. */
function waitingTime(wait: string | true | undefined): number | null {
  if (wait === undefined) return null;
  const seconds = wait === true ? DEFAULT_WAIT : Number(wait);
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 86_400) return seconds;
  throw wrongUsage(`--wait takes seconds, from 1 to 86400; found "${wait}".`, 'Write --wait, or --wait 120.');
}

/** A flag that means nothing beside `--file`, or without it. */
function misplacedFlag(
  options: Partial<SendOptions> & Partial<SendFileOptions>,
  isFile: boolean,
): CommandError | null {
  if (isFile && options.preview !== undefined) {
    return wrongUsage('--preview is about one person.', 'With --file: --dry-run.');
  }
  if (isFile && options.wait !== undefined) {
    return wrongUsage('--file always waits until nothing of it is left to send.', 'Leave out --wait.');
  }
  if (isFile || (options.dryRun === undefined && options.result === undefined)) return null;
  return wrongUsage('--dry-run and --result belong to --file.', 'For one person: --preview.');
}

export const defineSend: DefineCommand = (command, context) => {
  const collect = (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value];
  command
    .option('--to <recipient>', 'phone number with country code, WhatsApp id, user id or contact id')
    .option(
      '--file <table>',
      'everybody in a file of comma-separated values, with a column `to`; `{column}` in the words is replaced',
    )
    .option('--text <words>', 'a message in plain words; allowed while the window is open')
    .option('--image <file>', 'a picture: a file here, an address, or Meta’s id of an upload')
    .option('--video <file>', 'a film, likewise')
    .option('--audio <file>', 'sound, likewise')
    .option('--voice', 'with --audio: shown as a voice message; Ogg with Opus')
    .option('--document <file>', 'any other file, likewise')
    .option('--sticker <file>', 'a sticker, likewise; WebP')
    .option('--caption <words>', 'the words below an image, a video or a document')
    .option('--filename <name>', 'the name that a document is shown with')
    .option('--location <degrees>', 'a place: degrees north and east, as in --location=-3.7319,-38.5267')
    .option('--location-name <words>', 'what is there')
    .option('--location-address <words>', 'its address')
    .option('--reaction <emoji>', 'an emoji on a message; empty takes it away again')
    .option('--to-message <id>', 'with --reaction: the message, by its `messageId`')
    .option('--content <file>', 'anything else: JSON such as {"interactive": {…}} or {"contacts": […]}')
    .option('--reply-to <id>', 'answers this message, by its `messageId`')
    .option('--template <name>', 'an approved template; allowed at any time')
    .option('--language <code>', 'the template’s language, such as pt_BR')
    .option('--parameter <value>', 'a value for the template’s next placeholder; repeat it', collect)
    .option('--fallback <name>', 'the template to send instead of --text when the window is closed')
    .option('--hold', 'with --text: when the window is closed, wait until they write, for 7 days')
    .option('--business-phone <id>', 'send from this one of `recado phones list`, not from the default')
    .option('--reference <words>', 'your own words, echoed in every event of this notification')
    .option('--idempotency-key <key>', 'the same key is never sent twice')
    .option(
      '--wait [seconds]',
      `follow it until it is delivered, read or failed; ${DEFAULT_WAIT} s when not told`,
    )
    .option('--preview', 'only say whether it may go now, as what, and why; nothing is stored or sent')
    .option('--dry-run', 'with --file: only count what would become of the rows; nothing is stored or sent')
    .option('--result <file>', 'with --file: where each row’s state, reason and remedy are written')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      examples(
        'npx recado send --to 558587654321 --text "Hello" --preview',
        'npx recado send --to 558587654321 --text "Hello" --wait',
        'npx recado send --to 558587654321 --image photo.jpg --caption "Look!" --wait',
        'npx recado send --to "+55 85 98765-4321" --template interview_reminder --language pt_BR --parameter Ana --parameter 10:00',
        'npx recado send --file people.csv --template interview_reminder --language pt_BR --parameter "{name}" --parameter "{time}" --dry-run',
      ),
    )
    .action(({ to, file, ...options }: Partial<SendOptions> & Partial<SendFileOptions>) => {
      if ((to === undefined) === (file === undefined)) {
        throw wrongUsage(
          'Exactly one of --to and --file is needed.',
          'npx recado send --to 558587654321 --text "Hello"',
        );
      }
      const misplaced = misplacedFlag(options, file !== undefined);
      if (misplaced !== null) throw misplaced;
      if (file !== undefined) return sendFile({ ...options, file }, context);
      return send({ ...options, to: to ?? '' }, context);
    });
};
