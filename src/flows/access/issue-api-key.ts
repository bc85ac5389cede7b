import { randomBytes } from 'node:crypto';
import type { ApiKey, ApiKeyScope } from '../../domain/api-key.ts';
import type { Actor } from '../../domain/audit.ts';
import { idFromKey } from '../../domain/id.ts';
import { apiKeyDigest, apiKeyPrefix, newApiKeyText } from './api-key-text.ts';

/** What making an API key needs. */
export type IssueApiKeyPorts = {
  /** Keeps the key and its entry in the audit log, in one transaction. */
  insertApiKey(insert: { key: ApiKey; digest: Uint8Array; actor: Actor }): Promise<unknown>;
  clock: { now(): number };
};

/** Makes an API key. Its text is in this answer and nowhere else. */
export type IssueApiKey = (request: {
  name: string;
  scopes: readonly ApiKeyScope[];
  actor: Actor;
}) => Promise<{ key: ApiKey; text: string }>;

/** Making API keys: the key is kept by the digest of its text before anybody learns the text. */
export function createIssueApiKey(ports: IssueApiKeyPorts): IssueApiKey {
  return async ({ name, scopes, actor }) => {
    const createdAt = ports.clock.now();
    const text = newApiKeyText();
    const key: ApiKey = {
      id: newApiKeyId(createdAt),
      name,
      scopes: [...scopes],
      prefix: apiKeyPrefix(text),
      createdAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    await ports.insertApiKey({ key, digest: apiKeyDigest(text), actor });
    return { key, text };
  };
}

function newApiKeyId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return idFromKey('ak_', seconds + randomBytes(6).toString('hex'));
}
