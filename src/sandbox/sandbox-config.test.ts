import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Config } from '../config/config.ts';
import { sandboxConfig } from './sandbox-config.ts';

it('takes nothing of the real Meta and not the real database', () => {
  const real: Config = {
    meta: {
      verifyToken: 'real-token',
      appSecrets: ['real-secret'],
      accessToken: 'real-access',
      appId: 'real-app',
      wabaId: 'real-waba',
      phoneNumberId: 'real-phone',
      registrationPin: null,
      graphUrl: 'https://graph.facebook.com',
      graphVersion: 'v25.0',
    },
    metaConfigured: true,
    http: { host: '127.0.0.1', port: 8000 },
    admin: null,
    publicUrl: 'https://real.example',
    database: { file: join('data', 'real.db'), postgres: null },
    media: { folder: null, bucket: null },
    roles: { receive: true, work: false },
    adminKey: 'real-key',
    encryptionKeys: [new Uint8Array(32).fill(7)],
    rateLimit: 600,
    onlyTo: ['real-number'],
    endpointNetworks: ['10.1.0.0/16'],
    recadoUrl: 'https://real.example',
    language: null,
    alerts: {
      webhookUrl: 'https://real.example/alarms',
      mail: { smtpUrl: 'smtp://real.example', from: 'a@real.example', to: ['b@real.example'] },
    },
    log: { level: 'info', format: 'pretty', personalData: false },
    production: true,
  };
  const settings = {
    appSecret: 'pretend-secret',
    verifyToken: 'pretend-token',
    accessToken: 'pretend-access',
    phoneNumberId: '200100200100200',
    displayPhoneNumber: '551132100000',
    wabaId: '300100300100300',
    appId: '500100500100500',
  };
  const config = sandboxConfig(real, { graphUrl: 'http://127.0.0.1:9', settings, adminKey: 'pretend-key' });
  expect(config.encryptionKeys).toHaveLength(1);
  expect(config.encryptionKeys).not.toEqual(real.encryptionKeys);
  expect(JSON.stringify(config)).not.toMatch(/real|facebook/);
  expect(config).toMatchObject({
    database: { file: join('data', 'sandbox.db'), postgres: null },
    media: { folder: null, bucket: null },
    http: { host: '127.0.0.1', port: 8000 },
    meta: {
      graphUrl: 'http://127.0.0.1:9',
      appSecrets: ['pretend-secret'],
      phoneNumberId: '200100200100200',
    },
  });
});
