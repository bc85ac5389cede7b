import { describe, expect, it } from 'vitest';
import type { Situation } from '../check.ts';
import type { DatabaseEvidence } from '../doctor-ports.ts';
import { checkDatabase } from './database.ts';

const gibibyte = 1024 ** 3;

const good: DatabaseEvidence = {
  engine: 'SQLite 3.53.4, write-ahead log',
  durable: true,
  space: { free: 20 * gibibyte, total: 100 * gibibyte },
  lag: 3,
  commit: { done: true, milliseconds: 1.25 },
};

const situation: Situation = {
  installation: {
    verifyToken: 'x',
    appId: null,
    webhookUrl: 'https://api.example.com/webhooks/whatsapp/',
    publicUrlSet: true,
    listensAt: 'http://127.0.0.1:8000',
    graphUrl: 'https://graph.facebook.com',
    simulated: false,
    databaseFile: 'data/recado.db',
    registrationPinSet: false,
  },
  phones: [],
};

describe('what the database’s evidence means', () => {
  it.each([
    ['all is well', {}, 'database-good'],
    ['there is none yet', { commit: { done: true, milliseconds: null } }, 'database-new'],
    ['a backup reads from it', { engine: 'PostgreSQL 18.1', pinnedSeconds: 3_600 }, 'server-good'],
    ['somebody forgot a transaction', { engine: 'PostgreSQL 18.1', pinnedSeconds: 3_601 }, 'snapshot-pinned'],
    ['it is a server', { engine: 'PostgreSQL 18.1', space: null }, 'server-good'],
    ['it is read-only', { commit: { done: false, code: 'SQLITE_READONLY' } }, 'database-read-only'],
    [
      'its folder was mounted so',
      { commit: { done: false, code: 'SQLITE_READONLY_DBMOVED' } },
      'database-read-only',
    ],
    ['its disk is mounted so', { commit: { done: false, code: 'EROFS' } }, 'database-read-only'],
    ['the disk is full', { commit: { done: false, code: 'SQLITE_FULL' } }, 'disk-full'],
    [
      'the disk is so full that no memory can be shared',
      {
        space: { free: 0, total: 100 * gibibyte },
        commit: { done: false, code: 'SQLITE_IOERR_SHMSIZE' },
      },
      'disk-full',
    ],
    [
      'the disk is full, but the log is still written over',
      { space: { free: 0, total: 100 * gibibyte } },
      'disk-full',
    ],
    [
      'the server has gone away',
      { engine: 'PostgreSQL', space: null, commit: { done: false, code: 'ECONNREFUSED' } },
      'server-refuses',
    ],
    [
      'the disk of the server is full',
      { engine: 'PostgreSQL 18.1', space: null, commit: { done: false, code: '53100' } },
      'disk-full',
    ],
    ['another program holds it', { commit: { done: false, code: 'SQLITE_BUSY' } }, 'database-refuses'],
    ['it does not flush', { durable: false }, 'database-not-durable'],
    ['little is free', { space: { free: gibibyte, total: 100 * gibibyte } }, 'disk-nearly-full'],
    ['the disk cannot be asked', { space: null }, 'database-good'],
    ['it is far behind', { lag: 10_001 }, 'database-lags'],
  ] satisfies [string, Partial<DatabaseEvidence>, string][])('%s', (_name, change, reason) => {
    expect(checkDatabase.judge({ ...good, ...change }, situation).reason).toBe(reason);
  });
});
