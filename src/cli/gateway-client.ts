import { resolve } from 'node:path';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import type { Language } from '../domain/language.ts';
import { reachableHost } from '../runtime/reachable-host.ts';
import { readSandboxFile } from '../sandbox/sandbox-file.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, errorCode } from './command-error.ts';
import { languageOf } from './language.ts';
import { loadConfig } from './load-config.ts';

/** The gateway that a command talks to, and in which language. */
export type GatewayAddress = { url: string; adminKey: string | null; sandbox: boolean; language: Language };

/** How long a gateway may take to answer, in milliseconds. */
const PATIENCE = 15_000;

/**
 * The gateway to talk to: RECADO_URL, else the one on this machine's PORT (or ADMIN_PORT) when there is a key
 * for it, else the sandbox that runs in this folder.
 *
 * @throws CommandError when there is none of these
 */
export function findGateway(context: CommandContext): GatewayAddress {
  const { config } = loadConfig(context, {
    only: ['RECADO_URL', 'PORT', 'ADMIN_PORT', 'ADMIN_HOST', 'RECADO_ADMIN_KEY'],
  });
  const { adminKey, recadoUrl, http, admin } = config;
  const language = languageOf(context);
  if (recadoUrl !== null) return { url: recadoUrl, adminKey, sandbox: false, language };
  const local =
    admin === null ? `http://127.0.0.1:${http.port}` : `http://${reachableHost(admin.host)}:${admin.port}`;
  if (adminKey !== null) return { url: local, adminKey, sandbox: false, language };
  const sandbox = readSandboxFile(resolve(context.folder, 'data/sandbox.json'));
  if (sandbox !== null) return { url: sandbox.url, adminKey: sandbox.adminKey, sandbox: true, language };
  throw new CommandError(
    'There is no gateway to talk to: RECADO_ADMIN_KEY is not set, and no sandbox runs in this folder.',
    'To try it out, run `npx recado sandbox` here in another terminal; for the real gateway, `npx recado init`.',
    { code: 'gateway-missing' },
  );
}

/** An answer of the API: its HTTP status and the JSON object. */
export type GatewayAnswer = { status: number; body: JsonObject };

/**
 * One call of the API.
 *
 * @param path such as `/v1/notifications`
 * @throws CommandError when nobody answers, or somebody who is not Recado
 */
export async function callGateway(
  gateway: GatewayAddress,
  path: string,
  request: {
    method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
    body?: JsonObject;
    /** Sent as it is, under its own type, in the place of `body`. */
    file?: Blob;
    headers?: Record<string, string>;
    /** Milliseconds to wait for the answer. */
    patience?: number;
  } = {},
): Promise<GatewayAnswer> {
  const { method = 'GET', body, file, headers = {}, patience = PATIENCE } = request;
  const key: Record<string, string> =
    gateway.adminKey === null ? {} : { authorization: `Bearer ${gateway.adminKey}` };
  const content: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  let response: Response;
  let text: string;
  try {
    response = await fetch(gateway.url + path, {
      method,
      headers: {
        accept: 'application/json',
        'accept-language': gateway.language,
        ...key,
        ...content,
        ...headers,
      },
      body: file ?? (body === undefined ? null : JSON.stringify(body)),
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    text = await response.text();
  } catch (error) {
    throw unreachable(gateway, error, patience);
  }
  const answer = parseObject(text);
  if (answer === null) {
    throw new CommandError(
      `${gateway.url} answers (HTTP ${response.status}), but not as Recado does.`,
      'Check RECADO_URL and PORT: another program may listen there.',
      { code: 'gateway-missing' },
    );
  }
  return { status: response.status, body: answer };
}

function unreachable(gateway: GatewayAddress, error: unknown, patience: number): CommandError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = errorCode(cause) ?? (cause instanceof Error ? cause.message : 'unknown reason');
  if (code === 'ECONNREFUSED') {
    return new CommandError(
      `No gateway listens at ${gateway.url}.`,
      'Start it with `npx recado serve`, or `npx recado sandbox` to try it out; if it runs elsewhere, set RECADO_URL.',
      { cause: error, code: 'gateway-unreachable' },
    );
  }
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return new CommandError(
    timedOut
      ? `${gateway.url} did not answer within ${patience / 1000} s; whether it took the request is not known.`
      : `${gateway.url} could not be reached (${code}).`,
    'Check RECADO_URL and the gateway’s log; repeat a send with the same --idempotency-key, so that nobody is written to twice.',
    { cause: error, code: 'gateway-unreachable' },
  );
}

/** The JSON object that a text is, or null. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
