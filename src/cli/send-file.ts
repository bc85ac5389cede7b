import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { JsonObject } from '../domain/json.ts';
import { batchRows, type RowFlags } from './batch-rows.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, wrongUsage } from './command-error.ts';
import { confirmCommand } from './confirm-check.ts';
import { type ContentFlags, givenContent } from './content-flags.ts';
import { callGateway, findGateway, type GatewayAddress } from './gateway-client.ts';
import { askGateway, readAnswer } from './read-answer.ts';
import { readTable, type Table, writeTable } from './read-table.ts';
import { uploadGiven } from './upload-file.ts';

/** The flags of `send --file`. */
export type SendFileOptions = Omit<RowFlags, 'content'> &
  ContentFlags & {
    file: string;
    /** Only says what would become of the rows. */
    dryRun?: boolean;
    /** Where the result goes; beside the file when left out. */
    result?: string;
    idempotencyKey?: string;
    json?: boolean;
  };

const batchSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  total: z.number(),
  waiting: z.number(),
  invalid: z.number(),
  states: z.record(z.string(), z.number()),
});
type ShownBatch = z.infer<typeof batchSchema>;

const failureSchema = z
  .looseObject({ code: z.string(), title: z.string(), remedy: z.string(), check: z.string().nullish() })
  .nullable();
const rowPageSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      row: z.number(),
      notificationId: z.string().nullable(),
      state: z.string().nullable(),
      because: z.string().nullable(),
      failure: failureSchema,
    }),
  ),
  next: z.string().nullable(),
});
const previewSchema = z.looseObject({
  decisions: z.array(z.looseObject({ decision: z.string(), failure: failureSchema, count: z.number() })),
});

/** How much goes into one request: the gateway takes 1,000 rows and 1 MiB. */
const MOST_ROWS = 500;
const MOST_BYTES = 700_000;

/** How often it looks how far the batch is, in milliseconds. */
const GLANCE = 500;

/**
 * Sends a message to everybody in a file, or says what would become of it. The same file with the same words is one
 * batch: who runs it again after an interruption goes on where it ended, and nobody is written to twice.
 *
 * @throws CommandError when the file cannot be read or meant, or the batch was cancelled
 */
export async function sendFile(options: SendFileOptions, context: CommandContext): Promise<void> {
  const table = tableOf(options.file, context);
  const { content: _, ...flags } = options;
  const given = givenContent(options, context.folder);
  // What is wrong with the flags is said before anything is uploaded.
  const drafts = batchRows(table, given === null ? flags : { ...flags, content: given.members });
  const gateway = findGateway(context);
  const how = { json: options.json === true, context };
  const show = how.json ? () => undefined : context.print;
  if (gateway.sandbox) show(`Sandbox at ${gateway.url}: nothing leaves this machine.`);
  const rows =
    given === null || given.file === null || options.dryRun === true
      ? drafts
      : batchRows(table, {
          ...flags,
          content: await uploadGiven(gateway, given, { ...how, businessPhone: options.businessPhone }),
        });
  const repeated = rows.length - new Set(rows.map(({ to }) => to)).size;
  if (repeated > 0)
    context.remark(`${repeated} of ${rows.length} rows are for a number that stands in the file twice.`);
  if (options.dryRun === true) {
    await previewRows(gateway, rows, how);
    return;
  }

  const key =
    options.idempotencyKey ?? `file:${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`;
  const begun = await begin(gateway, rows, key, how);
  show(`Batch ${begun.id}: ${begun.total} rows. Ctrl+C leaves it going; the same command follows it again.`);
  const ended = await follow(gateway, begun, how);
  const file = resolve(context.folder, options.result ?? `${options.file.replace(/\.\w+$/, '')}.result.csv`);
  await writeResult(gateway, ended.id, { table, file }, how);
  if (how.json) context.print(JSON.stringify({ ...ended, result: file }, null, 2));
  show(`${sentenceOf(ended)}. Each row with its reason and remedy: ${file}`);
  if (ended.state === 'cancelled') {
    throw new CommandError(
      `The batch ${ended.id} was cancelled.`,
      'To send it all the same, give another --idempotency-key.',
    );
  }
}

function tableOf(file: string, context: CommandContext): Table {
  let text: string;
  try {
    text = readFileSync(resolve(context.folder, file), 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw wrongUsage(
      `${file} cannot be read: ${reason}.`,
      'Give a file of comma-separated values that is there.',
    );
  }
  const table = readTable(text);
  if (typeof table === 'string') {
    throw wrongUsage(
      `${file} is no table: ${table}`,
      'Save it as CSV with one line for each person, and the names of the columns first.',
    );
  }
  if (table.rows.length === 0)
    throw wrongUsage(`${file} has no rows below its columns.`, 'Add a line for each person.');
  return table;
}

/** The rows in parts that one request can hold, each with the number of its first row. */
function partsOf(rows: readonly JsonObject[]): { firstRow: number; notifications: JsonObject[] }[] {
  const parts: { firstRow: number; notifications: JsonObject[] }[] = [];
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    const size = Buffer.byteLength(JSON.stringify(row)) + 1;
    const part = parts.at(-1);
    if (part === undefined || part.notifications.length >= MOST_ROWS || bytes + size > MOST_BYTES) {
      parts.push({ firstRow: index + 1, notifications: [row] });
      bytes = size;
    } else {
      part.notifications.push(row);
      bytes += size;
    }
  }
  return parts;
}

type How = { json: boolean; context: CommandContext };

async function previewRows(gateway: GatewayAddress, rows: readonly JsonObject[], how: How): Promise<void> {
  const counts = new Map<
    string,
    { decision: string; why: string | null; remedy: string | null; confirm: string | null; count: number }
  >();
  for (const { notifications } of partsOf(rows)) {
    const answer = await callGateway(gateway, '/v1/batches/preview', {
      method: 'POST',
      body: { notifications },
    });
    for (const { decision, failure, count } of readAnswer(answer, previewSchema, how).decisions) {
      const key = `${decision} ${failure?.code ?? ''}`;
      const known = counts.get(key) ?? {
        decision,
        why: failure?.title ?? null,
        remedy: failure?.remedy ?? null,
        confirm: confirmCommand(failure?.check),
        count: 0,
      };
      counts.set(key, { ...known, count: known.count + count });
    }
  }
  const decisions = [...counts.values()].sort((one, other) => other.count - one.count);
  if (how.json) {
    how.context.print(JSON.stringify({ total: rows.length, decisions }, null, 2));
    return;
  }
  how.context.print(`${rows.length} rows; nothing was sent.`);
  for (const { decision, why, remedy, confirm, count } of decisions) {
    how.context.print(
      printable(`${String(count).padStart(7)}  ${decision}${why === null ? '' : `: ${why}`}`),
    );
    if (remedy !== null) how.context.print(printable(`         ${remedy}`));
    if (confirm !== null) how.context.print(`         Confirm: ${confirm}`);
  }
}

/** Makes the batch with all its rows, or finds the one that was made before, and starts it. */
async function begin(
  gateway: GatewayAddress,
  rows: readonly JsonObject[],
  key: string,
  how: How,
): Promise<ShownBatch> {
  const [first, ...others] = partsOf(rows);
  const made = await callGateway(gateway, '/v1/batches', {
    method: 'POST',
    body: { notifications: first?.notifications ?? [], start: false },
    headers: { 'idempotency-key': key },
  });
  const batch = readAnswer(made, batchSchema, how);
  const path = `/v1/batches/${encodeURIComponent(batch.id)}`;
  if (batch.state === 'open') {
    for (const part of others) {
      readAnswer(
        await callGateway(gateway, `${path}/rows`, { method: 'POST', body: part }),
        batchSchema,
        how,
      );
    }
  }
  if (batch.state !== 'open' && batch.state !== 'paused') return askGateway(gateway, path, batchSchema, how);
  return readAnswer(await callGateway(gateway, `${path}/resume`, { method: 'POST' }), batchSchema, how);
}

/** Looks at the batch until nothing of it waits; on a terminal with a bar. */
async function follow(gateway: GatewayAddress, begun: ShownBatch, how: How): Promise<ShownBatch> {
  const path = `/v1/batches/${encodeURIComponent(begun.id)}`;
  let latest = begun;
  let shown = false;
  for (;;) {
    if (how.context.terminal && !how.json) {
      how.context.remark(`${shown ? '\u001b[1A\u001b[2K' : ''}${barOf(latest)}`);
      shown = true;
    }
    if (latest.state === 'done' || latest.state === 'cancelled') return latest;
    await pause(GLANCE);
    latest = await askGateway(gateway, path, batchSchema, how);
  }
}

const BAR = 30;

function barOf(batch: ShownBatch): string {
  const done = batch.total === 0 ? 1 : (batch.total - stillWaiting(batch)) / batch.total;
  const filled = Math.floor(done * BAR);
  const state = batch.state === 'paused' ? ' (paused)' : '';
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${Math.floor(done * 100)} %  ${sentenceOf(batch)}${state}`;
}

function stillWaiting({ waiting, states }: ShownBatch): number {
  return waiting + (states.queued ?? 0) + (states.sending ?? 0);
}

function sentenceOf(batch: ShownBatch): string {
  const states = Object.entries(batch.states).map(([state, count]) => `${count} ${state}`);
  const waiting = batch.waiting > 0 ? [`${batch.waiting} to come`] : [];
  const invalid = batch.invalid > 0 ? [`${batch.invalid} invalid`] : [];
  return `${batch.total} rows: ${[...states, ...invalid, ...waiting].join(', ') || 'nothing yet'}`;
}

/** Writes the file again, with what became of each row beside it. */
async function writeResult(
  gateway: GatewayAddress,
  id: string,
  { table, file }: { table: Table; file: string },
  how: How,
): Promise<void> {
  const results = new Map<number, string[]>();
  let after = '0';
  for (;;) {
    const path = `/v1/batches/${encodeURIComponent(id)}/rows?limit=500&after=${after}`;
    const page = await askGateway(gateway, path, rowPageSchema, how);
    for (const { row, notificationId, state, because, failure } of page.data) {
      const reason = failure?.title ?? because ?? '';
      results.set(row, [
        state ?? (failure === null ? 'waiting' : 'invalid'),
        failure?.code ?? '',
        reason,
        failure?.remedy ?? '',
        notificationId ?? '',
      ]);
    }
    if (page.next === null) break;
    after = page.next;
  }
  const rows = table.rows.map(({ values }, index) => [
    ...values,
    ...(results.get(index + 1) ?? ['', '', '', '', '']),
  ]);
  const columns = [...table.columns, 'state', 'failure', 'reason', 'remedy', 'notification'];
  // For its owner's eyes: it says who was written to, and why somebody could not be.
  writeFileSync(file, writeTable(columns, rows), { mode: 0o600 });
}
