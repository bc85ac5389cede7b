import type { Command } from 'commander';

/** The flags of `serve` and `sandbox`. */
export type ServeOptions = {
  host?: string;
  port?: string;
  dotenv?: string;
  logLevel?: string;
  logFormat?: string;
};

/**
 * Adds the flags of `serve` and `sandbox` to a command. The file has no flag `--env-file`, because Node takes that
 * one for itself wherever it stands, and ends when the file is missing (tried with Node 26.8).
 */
export function addServeOptions(command: Command): Command {
  return command
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <number>', 'port to listen on (PORT)')
    .option('--dotenv <file>', 'read this file instead of .env')
    .option('--log-level <level>', 'debug, info, warn or error (LOG_LEVEL)')
    .option('--log-format <format>', 'pretty or json (LOG_FORMAT)');
}

/** Flags by the name of the setting that they set. */
export function settingsOf({
  host,
  port,
  logLevel,
  logFormat,
}: ServeOptions): Record<string, string | undefined> {
  return { HOST: host, PORT: port, LOG_LEVEL: logLevel, LOG_FORMAT: logFormat };
}
