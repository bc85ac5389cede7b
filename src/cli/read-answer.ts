import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { JsonObject } from '../domain/json.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';
import { confirmCommand } from './confirm-check.ts';
import { callGateway, type GatewayAddress, type GatewayAnswer } from './gateway-client.ts';

/** As much of a problem document (RFC 9457) as commands show. */
const problemSchema = z.looseObject({
  title: z.string(),
  code: z.string().optional(),
  detail: z.string().optional(),
  remedy: z.string().optional(),
  check: z.string().optional(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
});

/** Problems whose remedy speaks of requests, which nobody who types a command has written. */
const aboutRequests = ['request-malformed', 'cursor-invalid'];

/**
 * The error of a command that the gateway refused, with every mistake and the remedy that the gateway names. HTTP 400
 * means that what was typed is wrong: then the exit code is 2, and the next step the command's own help.
 */
export function problemError(body: JsonObject, status: number): CommandError {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) {
    return new CommandError(`The gateway answered HTTP ${status}.`, 'Look in the gateway’s log.');
  }
  const { title, code, detail, remedy, check, errors = [] } = problem.data;
  const confirm = confirmCommand(check);
  // With mistakes listed, `detail` only counts them and repeats the first.
  const isNews = detail !== undefined && detail !== title && errors.length === 0;
  const lines = [
    `${title}${code === undefined ? '' : ` (${code})`}`,
    ...(isNews ? [`  ${detail}`] : []),
    ...errors.map(({ message }) => `  ${message}`),
    ...(confirm === null ? [] : [`  Confirm: ${confirm}`]),
  ];
  const next = aboutRequests.includes(code ?? '') ? null : (remedy ?? 'Look in the gateway’s log.');
  return new CommandError(lines.map(printable).join('\n'), next, {
    ...(code === undefined ? {} : { code: printable(code) }),
    exitCode: status === 400 ? 2 : 1,
  });
}

/**
 * What an answer holds. With `json` a problem document is printed as well, so that a script can read it.
 *
 * @throws CommandError when it is a problem document, or nothing that this version knows
 */
export function readAnswer<Schema extends z.ZodType>(
  answer: GatewayAnswer,
  schema: Schema,
  { json, context }: { json: boolean; context: CommandContext },
): z.infer<Schema> {
  if (answer.status >= 400) {
    if (json) context.print(JSON.stringify(answer.body, null, 2));
    throw problemError(answer.body, answer.status);
  }
  const read = schema.safeParse(answer.body);
  if (read.success) return read.data;
  throw new CommandError(
    `The gateway answered HTTP ${answer.status}, but with something that this command does not know.`,
    'Check that the gateway and this command are of the same version.',
  );
}

/** One call of the API, read: `callGateway` and `readAnswer` in one. */
export async function askGateway<Schema extends z.ZodType>(
  gateway: GatewayAddress,
  path: string,
  schema: Schema,
  how: { json: boolean; context: CommandContext },
): Promise<z.infer<Schema>> {
  return readAnswer(await callGateway(gateway, path), schema, how);
}
