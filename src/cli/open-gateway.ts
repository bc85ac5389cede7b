import type { Config } from '../config/config.ts';

/** A gateway that serves. */
export type OpenGateway = (config: Config) => Promise<{ close(): Promise<void> }>;

/** A sandbox that serves: gateway, pretend Meta and page in one process. */
export type OpenSandbox = (config: Config) => Promise<{
  /** The page. */
  url: string;
  /** The pretend Graph API. */
  graphUrl: string;
  close(): Promise<void>;
}>;

/** Opens the real gateway. */
export const openGateway: OpenGateway = async (config) => {
  const { createGateway } = await import('../app.ts');
  return createGateway(config);
};

/** Opens the sandbox. */
export const openSandbox: OpenSandbox = async (config) => {
  const { runSandbox } = await import('../sandbox/run-sandbox.ts');
  return runSandbox(config);
};
