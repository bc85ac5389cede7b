import type { JsonObject } from '../../domain/json.ts';
import { readFlag, readList, readMilliseconds, readObject, readText } from '../wire-values.ts';

/** What `GET /debug_token` says of an access token (meta-facts §7.2). */
export type TokenFacts = {
  valid: boolean;
  appId: string | null;
  /** `SYSTEM_USER`, `USER`, `APP`, `PAGE`; null when Meta does not say. */
  type: string | null;
  /** Milliseconds; `never` for a token without an end, null when Meta does not say. */
  expiresAt: number | 'never' | null;
  scopes: string[];
  /** The ids to which a scope is narrowed, by scope; a scope that is not here reaches all of its business. */
  targets: Record<string, string[]>;
  /** Meta's sentence about a token that is not valid. */
  problem: string | null;
};

/** Reads the answer of `debug_token`; null when it holds no facts. */
export function readTokenFacts(body: JsonObject): TokenFacts | null {
  const data = readObject(body.data);
  if (data === null) return null;
  const targets: Record<string, string[]> = {};
  for (const entry of readList(data.granular_scopes)) {
    const granular = readObject(entry);
    const scope = readText(granular?.scope);
    const ids = readList(granular?.target_ids).flatMap((id) => readText(id) ?? []);
    if (scope !== null && ids.length > 0) targets[scope] = ids;
  }
  return {
    valid: readFlag(data.is_valid) === true,
    appId: readText(data.app_id),
    type: readText(data.type),
    expiresAt: readText(data.expires_at) === '0' ? 'never' : readMilliseconds(data.expires_at),
    scopes: readList(data.scopes).flatMap((scope) => readText(scope) ?? []),
    targets,
    problem: readText(readObject(data.error)?.message),
  };
}
