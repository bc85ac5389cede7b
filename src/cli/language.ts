import { type Language, languageOfTag, languages } from '../domain/language.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import { loadConfig } from './load-config.ts';

/**
 * The language in which a command explains failures: that of its flag, else of RECADO_LANGUAGE, else that of the
 * terminal, where POSIX looks for it: LC_ALL, LC_MESSAGES, LANG. English when it is another one.
 *
 * @throws CommandError for a flag or a setting that names no language of Recado's
 */
export function languageOf(context: CommandContext, flag?: string): Language {
  if (flag !== undefined) {
    const asked = languageOfTag(flag);
    if (asked !== null) return asked;
    throw wrongUsage(
      `--language takes ${languages.join(' or ')}; found "${flag}".`,
      'Write --language pt-BR, or leave it out for the language of RECADO_LANGUAGE or of this terminal.',
    );
  }
  const { config } = loadConfig(context, { only: ['RECADO_LANGUAGE'] });
  return config.language ?? languageOfTerminal(context.environment);
}

function languageOfTerminal(environment: CommandContext['environment']): Language {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return languageOfTag(locale) ?? languages[0];
}
