import type { Language } from '../domain/language.ts';

/** A command ends here, with a sentence and the next step for the person who gave it. */
export class CommandError extends Error {
  override name = 'CommandError';
  /** The next step; null for the help of the command that was given. */
  readonly remedy: string | null;
  /** 1: it went wrong. 2: the command was given wrongly. */
  readonly exitCode: 1 | 2;
  /**
   * A stable word for programs: `usage-wrong`, `configuration-wrong`, `gateway-missing` (nobody to talk to),
   * `gateway-unreachable` (no answer), the code of a problem document when the gateway refused, else `command-failed`.
   */
  readonly code: string;
  /** That of the sentences; the words around them follow it. */
  readonly language: Language;

  constructor(
    message: string,
    remedy: string | null,
    options: ErrorOptions & { exitCode?: 1 | 2; code?: string; language?: Language } = {},
  ) {
    super(message, options);
    this.remedy = remedy;
    this.exitCode = options.exitCode ?? 1;
    this.code = options.code ?? 'command-failed';
    this.language = options.language ?? 'en';
  }
}

/** A command that was given wrongly. */
export function wrongUsage(message: string, remedy: string): CommandError {
  return new CommandError(message, remedy, { exitCode: 2, code: 'usage-wrong' });
}

/** The system's word for what went wrong, such as ENOENT; null when the error has none. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
