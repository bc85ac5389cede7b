import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyBinaries, type PostgresMajor, type SystemUser } from './binaries.ts';
import { claimFolder, folderPrefix, removeLeftovers } from './leftovers.ts';
import { becomeSynchronous, copyRunning } from './replica.ts';

/** A PostgreSQL of the tests' own, in a folder of its own, on the loopback. */
export type PostgresServer = {
  /** Of its superuser and the database `postgres`. */
  url: string;
  port: number;
  /** The cluster's own files. */
  dataFolder: string;
  /** Stops it as told and starts it again on the same port: `immediate` is a crash, `fast` is an orderly stop. */
  restart(mode: StopMode): Promise<void>;
  /** Starts a replica that follows it, without which no commit succeeds any more; once. */
  addReplica(): Promise<{ port: number }>;
  /** Crashes it for good. */
  crash(): Promise<void>;
  /** Stops it and removes all it has written. */
  remove(): Promise<void>;
};

export type StopMode = 'fast' | 'immediate';

/** Durable as in production, and with everything that people set otherwise than the tests' author. */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  fsync: 'on',
  synchronous_commit: 'on',
  // Enough for tests side by side, and small enough for a container's shared memory.
  shared_buffers: '64MB',
  dynamic_shared_memory_type: 'mmap',
  wal_level: 'replica',
  TimeZone: 'Asia/Kathmandu',
  DateStyle: 'SQL, DMY',
  log_min_messages: 'warning',
};

/**
 * Starts a PostgreSQL and waits until it answers.
 *
 * @param more settings of postgresql.conf beside the usual ones
 * @throws Error with what PostgreSQL said when it does not start
 */
export async function startServer(
  major: PostgresMajor,
  more: Record<string, string> = {},
): Promise<PostgresServer> {
  removeLeftovers();
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), folderPrefix));
  claimFolder(folder);
  if (user !== null) chownSync(folder, user.uid, user.gid);
  try {
    return await startIn(folder, major, more, user);
  } catch (failure) {
    rmSync(folder, { recursive: true, force: true });
    throw failure;
  }
}

async function startIn(
  folder: string,
  major: PostgresMajor,
  more: Record<string, string>,
  user: SystemUser | null,
): Promise<PostgresServer> {
  const programs = copyBinaries(major, join(folder, 'programs'), user);
  const dataFolder = join(folder, 'data');
  mkdirSync(dataFolder, { mode: 0o700 });
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== null) for (const path of [dataFolder, passwordFile]) chownSync(path, user.uid, user.gid);
  // Sorted as people sort, as most databases are: what relies on the order of bytes has to say so.
  const options = [
    '--username=recado',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
  ];
  options.push(
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=en-US',
    '--no-sync',
    `--pgdata=${dataFolder}`,
  );
  run(join(programs, 'initdb'), options, folder, user);
  const lines = Object.entries({ ...settings, ...more }).map(([name, value]) => `${name} = '${value}'\n`);
  writeFileSync(join(dataFolder, 'postgresql.auto.conf'), lines.join(''));

  let port = await freePort();
  let running = await start(programs, dataFolder, port, folder, user).catch(async () => {
    // Another took the port between asking and taking: rare, and not twice.
    port = await freePort();
    return start(programs, dataFolder, port, folder, user);
  });
  async function stop(mode: StopMode): Promise<void> {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }
  const url = `postgres://recado:${password}@127.0.0.1:${port}/postgres`;
  let replica: ChildProcess | null = null;

  async function addReplica(): Promise<{ port: number }> {
    const replicaFolder = join(folder, 'replica');
    await copyRunning(url, dataFolder, replicaFolder, user);
    const source = `host=127.0.0.1 port=${port} user=recado password=${password} application_name=replica`;
    appendFileSync(join(replicaFolder, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
    writeFileSync(join(replicaFolder, 'standby.signal'), '');
    const replicaPort = await freePort();
    replica = await start(programs, replicaFolder, replicaPort, folder, user);
    await becomeSynchronous(url);
    return { port: replicaPort };
  }

  return {
    url,
    addReplica,
    crash: () => stop('immediate'),
    port,
    dataFolder,
    async restart(mode) {
      await stop(mode);
      running = await start(programs, dataFolder, port, folder, user);
    },
    async remove() {
      // Nothing of it is needed again, so there is nothing to wait for.
      replica?.kill('SIGQUIT');
      await stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; `nobody` is on every system. */
function unprivileged(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const id = (kind: string) => Number(execFileSync('id', [kind, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function run(program: string, values: string[], folder: string, user: SystemUser | null): void {
  try {
    execFileSync(program, values, { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: plain });
  } catch (failure) {
    const said = failure instanceof Error && 'stderr' in failure ? String(failure.stderr) : '';
    throw new Error(`${program} failed: ${said || failure}${hint(said)}`);
  }
}

/** No PGDATA, no LANG and nothing else of whoever runs the tests. */
const plain = { PATH: process.env['PATH'] ?? '', TZ: 'UTC', LC_ALL: 'C' };

function hint(said: string): string {
  return /permission denied/i.test(said)
    ? ` As root the tests run PostgreSQL as nobody: set TMPDIR to a folder that everybody may enter.`
    : '';
}

function start(
  programs: string,
  dataFolder: string,
  port: number,
  folder: string,
  user: SystemUser | null,
): Promise<ChildProcess> {
  const child = spawn(join(programs, 'postgres'), ['-D', dataFolder, '-p', String(port)], {
    ...user,
    cwd: folder,
    env: plain,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      // Kept short: after the start only its last words are of interest, in a failure's sentence.
      said = (said + text).slice(-4000);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}${hint(said)}`)));
    const look = setInterval(() => {
      // Its own word: the last line of its file says so once connections are taken.
      if (!isReady(dataFolder, child.pid)) return;
      clearInterval(look);
      resolve(child);
    }, 20);
    child.once('exit', () => clearInterval(look));
  });
}

function isReady(dataFolder: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n');
    // After a crash the file of the one before may still be there.
    return lines[0] === String(pid) && lines.some((line) => line.trim() === 'ready');
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('The system gave no port.'));
        else resolve(address.port);
      });
    });
  });
}
