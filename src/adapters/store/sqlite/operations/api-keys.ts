import { type ApiKey, apiKeyScopes } from '../../../../domain/api-key.ts';
import type { Actor } from '../../../../domain/audit.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { appendAudit } from './audit.ts';

type ApiKeyRow = {
  number: number;
  id: string;
  name: string;
  scopes: string;
  digest: Buffer;
  prefix: string;
  created_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
};

/** Keeps a new API key by its digest, with its entry in the audit log. */
export function insertApiKey(
  context: StoreContext,
  insert: { key: ApiKey; digest: Uint8Array; actor: Actor },
): null {
  const { key, digest, actor } = insert;
  return inTransaction(context, () => {
    run(
      context.database,
      'insert into api_keys (id, name, scopes, digest, prefix, created_at) values (?, ?, ?, ?, ?, ?)',
      key.id,
      key.name,
      JSON.stringify(key.scopes),
      digest,
      key.prefix,
      key.createdAt,
    );
    appendAudit(context, {
      at: key.createdAt,
      actor,
      action: 'api-key.created',
      subject: key.id,
      detail: { name: key.name, scopes: key.scopes },
    });
    return null;
  });
}

/**
 * Revokes an API key for ever, with its entry in the audit log. A key that was revoked before stays as it is.
 *
 * @returns the key as it is now, or null when there is none with this id
 */
export function revokeApiKey(
  context: StoreContext,
  revocation: { id: string; at: number; actor: Actor },
): ApiKey | null {
  const { id, at, actor } = revocation;
  return inTransaction(context, () => {
    const row = get<ApiKeyRow>(context.database, 'select * from api_keys where id = ?', id);
    if (row === undefined) return null;
    if (row.revoked_at !== null) return apiKeyOfRow(row);
    run(context.database, 'update api_keys set revoked_at = ? where id = ?', at, id);
    appendAudit(context, {
      at,
      actor,
      action: 'api-key.revoked',
      subject: id,
      detail: { name: row.name },
    });
    return apiKeyOfRow({ ...row, revoked_at: at });
  });
}

/** Notes when keys were last used. A time that is older than the one that is kept changes nothing. */
export function touchApiKeys(context: StoreContext, uses: readonly { id: string; at: number }[]): null {
  return inTransaction(context, () => {
    for (const { id, at } of uses) {
      run(
        context.database,
        'update api_keys set last_used_at = max(coalesce(last_used_at, 0), ?) where id = ?',
        at,
        id,
      );
    }
    return null;
  });
}

/** A page of API keys, revoked ones too, in the order in which they were made. */
export function listApiKeys(context: StoreContext, query: { after: string | null; limit: number }): ApiKey[] {
  return all<ApiKeyRow>(
    context.database,
    `select * from api_keys where number > coalesce((select number from api_keys where id = ?), 0)
     order by number limit ?`,
    query.after,
    query.limit,
  ).map(apiKeyOfRow);
}

/** The API key with this digest and the digest as it is kept, for the caller to compare; null without one. */
export function findApiKey(
  context: StoreContext,
  digest: Uint8Array,
): { key: ApiKey; digest: Uint8Array } | null {
  const row = get<ApiKeyRow>(context.database, 'select * from api_keys where digest = ?', digest);
  return row === undefined ? null : { key: apiKeyOfRow(row), digest: Uint8Array.from(row.digest) };
}

/** True when at least one API key is good. */
export function anyApiKey(context: StoreContext): boolean {
  return get(context.database, 'select 1 from api_keys where revoked_at is null limit 1') !== undefined;
}

function apiKeyOfRow(row: ApiKeyRow): ApiKey {
  const words: unknown = JSON.parse(row.scopes);
  return {
    id: row.id,
    name: row.name,
    // A word of a later version allows nothing in this one.
    scopes: apiKeyScopes.filter((scope) => Array.isArray(words) && words.includes(scope)),
    prefix: row.prefix,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
