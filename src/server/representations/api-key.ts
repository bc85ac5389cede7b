import type { ApiKey } from '../../domain/api-key.ts';
import type { ApiKeyBody } from '../contract/api-key.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

/** An API key as the API shows it. */
export function apiKeyBody(key: ApiKey): ApiKeyBody {
  return {
    id: key.id,
    name: key.name,
    scopes: key.scopes,
    prefix: key.prefix,
    createdAt: isoTime(key.createdAt),
    lastUsedAt: isoTimeOrNull(key.lastUsedAt),
    revokedAt: isoTimeOrNull(key.revokedAt),
  };
}
