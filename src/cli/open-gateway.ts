import type { Config } from '../config/config.ts';
import type { SandboxOverrides } from '../sandbox/run-sandbox.ts';

/** Where log lines go; the standard output when left out. */
type LogTarget = { writeLog?: (line: string) => void };

/** A gateway that serves. */
export type OpenGateway = (
  config: Config,
  log?: LogTarget,
) => Promise<{
  /** Where it listens for webhooks. */
  url: string;
  /** The API and the pages. */
  adminUrl: string;
  webhookUrl: string;
  close(): Promise<void>;
}>;

/** How the pretend Meta of a sandbox is. */
export type PretendMeta = NonNullable<SandboxOverrides['simulator']>;

/** A sandbox that serves: gateway, pretend Meta and page in one process. */
export type OpenSandbox = (
  config: Config,
  told?: LogTarget & { simulator?: PretendMeta },
) => Promise<{
  /** The page. */
  url: string;
  /** The pretend Graph API. */
  graphUrl: string;
  /** The gateway's webhook door. */
  webhookUrl: string;
  close(): Promise<void>;
}>;

/** Opens the real gateway. */
export const openGateway: OpenGateway = async (config, log) => {
  const { createGateway } = await import('../app.ts');
  return createGateway(config, log);
};

/** Opens the sandbox. */
export const openSandbox: OpenSandbox = async (config, told) => {
  const { runSandbox } = await import('../sandbox/run-sandbox.ts');
  return runSandbox(config, told);
};
