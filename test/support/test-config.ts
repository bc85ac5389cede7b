import { join } from 'node:path';
import type { Config } from '../../src/config/config.ts';

/** Our business phone in tests. */
export const businessPhoneId = '200100200100200';

/** The app secret in tests; pretend, as every value here. */
export const appSecret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';

/** The key of the API in tests. */
export const adminKey = 'rk_only-for-tests';

/** The business phone as the pretend Meta knows it. */
export const businessPhone = {
  phoneNumberId: businessPhoneId,
  displayPhoneNumber: '551132100000',
  wabaId: '300100300100300',
  verifiedName: 'Padaria Aurora',
  registered: true,
};

/** A configuration that listens on any free port of the loopback and keeps everything in one folder. */
export function testConfig(folder: string, changes: Partial<Config> = {}): Config {
  return {
    meta: {
      verifyToken: 'verify-me-in-tests',
      appSecrets: [appSecret],
      accessToken: 'EAAtests',
      appId: null,
      wabaId: '300100300100300',
      phoneNumberId: businessPhoneId,
      registrationPin: null,
      graphUrl: 'http://127.0.0.1:9',
      graphVersion: 'v25.0',
    },
    metaConfigured: true,
    http: { host: '127.0.0.1', port: 0 },
    admin: null,
    publicUrl: null,
    database: { file: join(folder, 'recado.db'), postgres: null },
    media: { folder: null, bucket: null },
    roles: { receive: true, work: true },
    adminKey,
    encryptionKeys: [new Uint8Array(32).fill(7)],
    rateLimit: null,
    onlyTo: [],
    endpointNetworks: ['127.0.0.0/8'],
    recadoUrl: null,
    language: null,
    alerts: { webhookUrl: null, mail: null },
    log: { level: 'debug', format: 'pretty', personalData: false },
    production: false,
    ...changes,
  };
}
