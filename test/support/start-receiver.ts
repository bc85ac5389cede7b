import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** A receiver to start: in any language, as its README says. */
export type ReceiverCommand = {
  command: readonly [string, ...string[]];
  folder: string;
  environment?: Record<string, string>;
  port: number;
  /** What it prints when it has started, or is just about to listen. */
  started: RegExp;
};

/** Starts a receiver on a port and resolves once it can be asked. The end of the test ends it. */
export async function startReceiver({
  command,
  folder,
  environment = {},
  port,
  started,
}: ReceiverCommand): Promise<void> {
  const [program, ...words] = command;
  const child = spawn(program, words, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1', ...environment },
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (text: string) => {
      printed += text;
      if (started.test(printed)) resolve();
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    ended.then(() => reject(new Error(`${program} ended before it could be asked:\n${printed}`)), reject);
  });
  while (child.exitCode === null && !(await answers(port)));
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** A port of the loopback on which nobody listens now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}
