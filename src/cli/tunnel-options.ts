import type { Command } from 'commander';
import { CommandError } from './command-error.ts';

/** The flags of `tunnel`. */
export type TunnelFlags = { agent?: string; domain?: string; connect?: boolean; json?: boolean };

/** The flags that `tunnel` and `serve --tunnel` share. */
export function addTunnelOptions(command: Command): Command {
  return command
    .option(
      '--agent <agent>',
      'ngrok, cloudflared, or an executable that gets the local address as its word and prints the public one',
    )
    .option('--domain <domain>', 'a domain of your ngrok account, which stays the same at each start');
}

/** The tunnel is gone while Meta still calls it. */
export function endedByItself(reason: string): CommandError {
  return new CommandError(
    `The tunnel has ended: ${reason}`,
    'Meta keeps trying for days what it could not hand over. Run `npx recado tunnel --connect` again.',
    { code: 'tunnel-ended' },
  );
}
