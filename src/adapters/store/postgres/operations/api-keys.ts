import { type ApiKey, apiKeyScopes } from '../../../../domain/api-key.ts';
import type { Actor } from '../../../../domain/audit.ts';
import type { PostgresContext } from '../context.ts';
import { appendAudit } from './audit.ts';
import { putAudit } from './note-applied.ts';

type ApiKeyRow = {
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
export async function insertApiKey(
  { database }: PostgresContext,
  insert: { key: ApiKey; digest: Uint8Array; actor: Actor },
): Promise<null> {
  const { key, digest, actor } = insert;
  const entry = {
    at: key.createdAt,
    actor,
    action: 'api-key.created',
    subject: key.id,
    detail: { name: key.name, scopes: key.scopes },
  };
  await database.commit([
    {
      sql: 'insert into api_keys (id, name, scopes, digest, prefix, created_at) values ($1, $2, $3, $4, $5, $6)',
      values: [key.id, key.name, JSON.stringify(key.scopes), digest, key.prefix, key.createdAt],
    },
    ...putAudit([entry]),
  ]);
  return null;
}

/**
 * Revokes an API key for ever, with its entry in the audit log. A key that was revoked before stays as it is.
 *
 * @returns the key as it is now, or null when there is none with this id
 */
export async function revokeApiKey(
  { database }: PostgresContext,
  revocation: { id: string; at: number; actor: Actor },
): Promise<ApiKey | null> {
  const { id, at, actor } = revocation;
  return database.transaction(async (statements) => {
    const revoked = await statements.get<ApiKeyRow>(
      'update api_keys set revoked_at = $1 where id = $2 and revoked_at is null returning *',
      at,
      id,
    );
    if (revoked !== undefined) {
      const detail = { name: revoked.name };
      await appendAudit(statements, [{ at, actor, action: 'api-key.revoked', subject: id, detail }]);
      return apiKeyOfRow(revoked);
    }
    const row = await statements.get<ApiKeyRow>('select * from api_keys where id = $1', id);
    return row === undefined ? null : apiKeyOfRow(row);
  });
}

/** Notes when keys were last used. A time that is older than the one that is kept changes nothing. */
export async function touchApiKeys(
  { database }: PostgresContext,
  uses: readonly { id: string; at: number }[],
): Promise<null> {
  // Always in one order: two processes that note the same keys would wait for each other.
  const inOrder = [...uses].sort((one, other) => (one.id < other.id ? -1 : 1));
  await database.commit(
    inOrder.map(({ id, at }) => ({
      sql: 'update api_keys set last_used_at = greatest(coalesce(last_used_at, 0), $1) where id = $2',
      values: [at, id],
    })),
    'later',
  );
  return null;
}

/** A page of API keys, revoked ones too, in the order in which they were made. */
export async function listApiKeys(
  { database }: PostgresContext,
  query: { after: string | null; limit: number },
): Promise<ApiKey[]> {
  const rows = await database.all<ApiKeyRow>(
    `select * from api_keys where number > coalesce((select number from api_keys where id = $1), 0)
     order by number limit $2`,
    query.after,
    query.limit,
  );
  return rows.map(apiKeyOfRow);
}

/** The API key with this digest and the digest as it is kept, for the caller to compare; null without one. */
export async function findApiKey(
  { database }: PostgresContext,
  digest: Uint8Array,
): Promise<{ key: ApiKey; digest: Uint8Array } | null> {
  const row = await database.get<ApiKeyRow>('select * from api_keys where digest = $1', digest);
  return row === undefined ? null : { key: apiKeyOfRow(row), digest: Uint8Array.from(row.digest) };
}

/** True when at least one API key is good. */
export async function anyApiKey({ database }: PostgresContext): Promise<boolean> {
  return (await database.get('select 1 from api_keys where revoked_at is null limit 1')) !== undefined;
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
