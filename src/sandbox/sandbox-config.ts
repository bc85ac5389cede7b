import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Simulator } from '../simulator/simulator.ts';

/** Where a sandbox keeps its database: `sandbox.db` in the folder of the configured one. */
export function sandboxDatabase(config: Config): string {
  return join(dirname(config.database.file), 'sandbox.db');
}

/**
 * The configuration of the sandbox's gateway: nothing of the real Meta, nothing of the real database. What
 * remains of the given one is where to listen and how to log.
 */
export function sandboxConfig(
  config: Config,
  pretend: Pick<Simulator, 'graphUrl' | 'settings'> & { adminKey: string },
): Config {
  const { appSecret, verifyToken, accessToken, phoneNumberId, wabaId } = pretend.settings;
  return {
    meta: {
      verifyToken,
      appSecrets: [appSecret],
      accessToken,
      appId: null,
      wabaId,
      phoneNumberId,
      registrationPin: null,
      graphUrl: pretend.graphUrl,
      graphVersion: config.meta.graphVersion,
    },
    metaConfigured: true,
    http: config.http,
    admin: config.admin,
    publicUrl: null,
    database: { file: sandboxDatabase(config), postgres: null },
    media: { folder: null, bucket: null },
    roles: { receive: true, work: true },
    adminKey: pretend.adminKey,
    // Its database does not outlive it.
    encryptionKeys: [Uint8Array.from(randomBytes(32))],
    rateLimit: config.rateLimit,
    onlyTo: [],
    // Whoever tries it has their application on this machine.
    endpointNetworks: ['127.0.0.0/8', '::1/128', ...config.endpointNetworks],
    recadoUrl: null,
    language: config.language,
    // What happens in the sandbox is pretence: nobody is called out of bed for it.
    alerts: { webhookUrl: null, mail: null },
    log: config.log,
    production: false,
  };
}
