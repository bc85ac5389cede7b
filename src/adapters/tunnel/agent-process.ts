import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { StartError } from '../../runtime/start-error.ts';
import { addressIn, type Tunnel } from './tunnel.ts';

/** An executable that opens a tunnel and prints its address. */
export type TunnelAgent = {
  /** A name on PATH, or a path. */
  executable: string;
  /** Its words; no shell reads them. */
  words(localUrl: string): readonly string[];
  /** The address among what it prints, on either output. */
  address: RegExp;
  warnings: readonly string[];
  /** What to do when it is not there. */
  cure: string;
};

/** How long an agent may take to print its address, in milliseconds. */
const PATIENCE = 60_000;

/** How long an agent may take to end when it is told to, in milliseconds. */
const END_PATIENCE = 5_000;

/** As much of what an agent printed as an error shows, in lines. */
const SHOWN_LINES = 5;

/** Starts an agent, and waits for the address that it prints. @throws StartError when none comes */
export function openAgent(agent: TunnelAgent, localUrl: string): Promise<Tunnel> {
  return new Promise((resolve, reject) => {
    const child = spawn(agent.executable, agent.words(localUrl), { stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    let closing = false;
    const over = new Promise<string>((ended) => {
      child.on('error', (error) => ended(`${agent.executable} could not be started (${codeOf(error)})`));
      child.on('close', (code, signal) =>
        ended(`${agent.executable} ended (${signal ?? `exit code ${code}`})`),
      );
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(
        failure(`${agent.executable} printed no address within ${PATIENCE / 1000} s.`, lines, agent.cure),
      );
    }, PATIENCE);
    over.then((reason) => {
      clearTimeout(timer);
      reject(failure(`${reason} before it printed an address.`, lines, agent.cure));
    });

    async function close(): Promise<void> {
      closing = true;
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), END_PATIENCE);
      await over;
      clearTimeout(hard);
    }

    for (const output of [child.stdout, child.stderr]) {
      createInterface({ input: output }).on('line', (line) => {
        lines.push(line);
        if (lines.length > SHOWN_LINES) lines.shift();
        const url = addressIn(line, agent.address, localUrl);
        if (url === null) return;
        clearTimeout(timer);
        const ended = new Promise<string>((tell) => {
          over.then((reason) => {
            if (!closing) tell(`${reason}.`);
          });
        });
        resolve({ url, warnings: agent.warnings, ended, close });
      });
    }
  });
}

function failure(found: string, lines: readonly string[], cure: string): StartError {
  const said = lines.length === 0 ? '' : `\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return new StartError(`${found}${said}`, cure);
}

/** The system's word, such as ENOENT. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
