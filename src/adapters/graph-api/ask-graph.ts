import type { Dispatcher } from 'undici';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import type { GraphReading } from '../../flows/setup/graph-reads.ts';
import { readGraphError } from '../../whatsapp/graph-answers/read-graph-error.ts';
import { exchange } from './exchange.ts';

/** How long one answer about a setup may take, in milliseconds. */
const ANSWER_TIMEOUT = 15_000;

/** As much of an answer as people are shown, in characters. */
const SHOWN = 700;

/** One GET of the Graph API. */
type GraphQuestion = {
  /** Behind the version, such as `debug_token`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Null to ask as nobody. */
  accessToken: string | null;
  /** Further secrets that neither the call nor the answer may show. */
  secrets?: readonly string[];
};

/** Asks one question and reads the answer; `read` gives null for what is no such answer. Never throws. */
export type AskGraph = <Value>(
  question: GraphQuestion,
  read: (body: JsonObject) => Value | null,
) => Promise<GraphReading<Value>>;

/** Asks over a pool of connections. `root`: the path of the version, such as `/v25.0`. */
export function createAskGraph(pool: Dispatcher, origin: string, root: string): AskGraph {
  return async ({ path, query = {}, accessToken, secrets = [] }, read) => {
    const search = new URLSearchParams(query).toString();
    const target = `${root}/${path}${search === '' ? '' : `?${search}`}`;
    const masked = (text: string) => maskSecrets(text, [...secrets, accessToken ?? '']);
    const call = masked(`GET ${decodeURIComponent(`${origin}${target}`)}`);
    const headers: Record<string, string> =
      accessToken === null ? {} : { authorization: `Bearer ${accessToken}` };
    const result = await exchange(pool, { method: 'GET', path: target, headers }, ANSWER_TIMEOUT);
    if (result.got === 'nothing') {
      const { reason } = result;
      return { call, answer: `No answer: ${reason}.`, metaTime: null, got: 'nothing', reason };
    }
    const answer = `HTTP ${result.status} ${clipped(masked(result.body))}`;
    const body = parseObject(result.body);
    const metaTime = timeOf(result.date);
    const said = { call, answer, metaTime };
    if (body === null)
      return { ...said, got: 'nothing', reason: `HTTP ${result.status} with no JSON object` };
    const error = readGraphError(body);
    if (error !== null) {
      return { ...said, got: 'refusal', error: { ...error, message: masked(error.message) } };
    }
    const value = read(body);
    return value === null
      ? { ...said, got: 'nothing', reason: `HTTP ${result.status} with JSON of another form` }
      : { ...said, got: 'value', value };
  };
}

function timeOf(date: string | null): number | null {
  const time = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? null : time;
}

/** What a long secret leaves: how it begins, where that says what it is, and how long it is. */
function maskSecrets(text: string, secrets: readonly string[]): string {
  let masked = text;
  for (const secret of secrets.filter((one) => one !== '').sort((one, other) => other.length - one.length)) {
    const kind = secret.startsWith('EAA') ? 'EAA' : (/^(\d+\|)/.exec(secret)?.[1] ?? '');
    masked = masked.replaceAll(secret, `${kind}…(${secret.length} characters)`);
  }
  return masked;
}

function clipped(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
