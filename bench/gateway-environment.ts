import { benchAppSecret, benchPhone } from './bodies.ts';

/** The key of the API in the bench. */
export const benchAdminKey = 'rk_only-for-the-bench-0000000000000000';

/**
 * The environment of a gateway under test: everything as in production, the log at `error`.
 *
 * @param options.database as DATABASE_URL says it; `graphUrl`: the pretend Graph API; `port`: 0 for any free one
 */
export function gatewayEnvironment(options: {
  database: string;
  graphUrl?: string;
  port?: number;
}): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(options.port ?? 0),
    DATABASE_URL: options.database,
    LOG_LEVEL: 'error',
    LOG_FORMAT: 'json',
    RATE_LIMIT: 'none',
    RECADO_ADMIN_KEY: benchAdminKey,
    META_APP_SECRET: benchAppSecret,
    META_WEBHOOK_VERIFY_TOKEN: 'verify-me-in-the-bench',
    META_ACCESS_TOKEN: `EAA${'b'.repeat(60)}`,
    META_WABA_ID: benchPhone.wabaId,
    META_PHONE_NUMBER_ID: benchPhone.phoneNumberId,
    META_GRAPH_URL: options.graphUrl ?? 'http://127.0.0.1:9',
  };
}
