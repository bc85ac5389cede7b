import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * A database on a disk of its own that is really full, or really mounted for reading only. Needs mounts of its own,
 * which Linux gives to root and, mostly, to everybody by `unshare`; without them the suite is skipped visibly.
 */
const root = process.getuid?.() === 0;
const apart = root ? ['-m'] : ['-U', '-r', '-m'];
const inside = root ? ['-m'] : ['-U', '-m', '--preserve-credentials'];
const possible = spawnSync('unshare', [...apart, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

if (!possible) {
  process.stdout.write('SKIPPED: this process may not mount a disk of its own (unshare -U -r -m mount).\n');
}

const entryFile = fileURLToPath(new URL('../../bin/recado.js', import.meta.url));
const chainSchema = z.looseObject({
  checks: z.array(z.looseObject({ check: z.string(), reason: z.string(), found: z.string() })),
});

describe.skipIf(!possible)('doctor, where the disk of the database', () => {
  let folder = '';
  let holder: ChildProcess;

  beforeEach(async () => {
    folder = temporaryFolder();
    mkdirSync(join(folder, 'disk'));
    const lines = ['DATABASE_URL=sqlite:disk/recado.db', 'HOST=127.0.0.1', 'PORT=0'];
    lines.push('META_WEBHOOK_VERIFY_TOKEN=of-a-small-disk', 'RECADO_ADMIN_KEY=rk_only-for-a-small-disk');
    writeFileSync(join(folder, '.env'), `${lines.join('\n')}\n`);
    const mounted = 'mount -t tmpfs -o size=24m none disk && echo mounted && exec sleep 600';
    holder = spawn('unshare', [...apart, 'sh', '-c', mounted], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (holder.stdout !== null) await once(holder.stdout, 'data');
  });

  /** The words with which a program sees the disk. */
  const seeing = (program: string, ...words: string[]): string[] => [
    ...['-t', String(holder.pid), ...inside, 'sh', '-c', 'cd "$0" && exec "$@"', folder],
    ...[program, ...words],
  ];

  function shell(script: string): void {
    spawnSync('nsenter', seeing('sh', '-c', script));
  }

  function recado(words: readonly string[], environment: Record<string, string> = {}) {
    const { status, stdout, stderr } = spawnSync('nsenter', seeing(process.execPath, entryFile, ...words), {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      timeout: 30_000,
    });
    return { status, stdout, stderr };
  }

  /** Starts the gateway, and answers with its address once it listens. */
  async function serve(): Promise<{ url: string; stop(): Promise<void> }> {
    const child = spawn('nsenter', seeing(process.execPath, entryFile, 'serve', '--json'), {
      cwd: folder,
      env: { NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const closed = once(child, 'close');
    const stop = async () => {
      child.kill('SIGTERM');
      await closed;
    };
    onTestFinished(stop);
    const [line] = await once(child.stdout, 'data');
    const { url } = z.looseObject({ url: z.string() }).parse(JSON.parse(String(line)));
    return { url, stop };
  }

  /** What doctor says of the database. */
  function found(words: readonly string[], environment: Record<string, string> = {}): string | undefined {
    const { stdout } = recado(['doctor', '--json', ...words], environment);
    const { checks } = chainSchema.parse(JSON.parse(stdout));
    return checks.find(({ check }) => check === 'database')?.reason;
  }

  const endHolder = () => onTestFinished(() => void holder.kill('SIGKILL'));

  it('becomes full while the gateway runs, and is given space again', async () => {
    endHolder();
    const { url } = await serve();
    const look = () => found(['--only', 'database'], { RECADO_URL: url });
    shell('head -c 30m /dev/zero > disk/filling');
    expect(look()).toBe('disk-full');
    shell('rm disk/filling');
    // So small a disk is never more than nearly full.
    expect(look()).toBe('disk-nearly-full');
  });

  it('is full before the gateway starts', () => {
    endHolder();
    shell('head -c 30m /dev/zero > disk/filling');
    expect(recado(['serve'], { NODE_ENV: 'production' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('cannot be opened for writing'),
    });
    expect(found(['--offline'])).toBe('disk-full');
  });

  it('is mounted for reading only, and for writing again', async () => {
    endHolder();
    const first = await serve();
    await first.stop();
    shell('mount -o remount,ro disk');
    expect(recado(['serve'], { NODE_ENV: 'production' }).status).toBe(1);
    expect(found(['--offline'])).toBe('database-read-only');
    shell('mount -o remount,rw disk');
    expect(found(['--offline'])).toBe('disk-nearly-full');
    await serve();
  });
});
