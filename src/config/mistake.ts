import type { Finding } from './finding.ts';
import type { Setting } from './settings.ts';

/** One thing that is wrong with the configuration, in the words that a person reads. Secrets are masked. */
export type Mistake = {
  /** The setting's name. */
  setting: string;
  /** Where the value came from: `.env`, `the environment`, `the command line`, `the file /run/secrets/x`. */
  source: string;
  found: string;
  expected: string;
  /** The next step. */
  next: string;
};

/** The mistake behind a finding about one value. */
export function mistakeFrom(setting: Setting, source: string, value: string, finding: Finding): Mistake {
  const shown = setting.secret ? masked(value) : quoted(value);
  return {
    setting: setting.name,
    source,
    found: finding.found === undefined ? shown : `${shown}: ${finding.found}`,
    expected: finding.expected,
    next: finding.next,
  };
}

/** The mistake as an indented paragraph. */
export function mistakeParagraph(mistake: Mistake): string {
  return [
    `${mistake.setting} (from ${mistake.source})`,
    `  found:    ${mistake.found}`,
    `  expected: ${mistake.expected}`,
    `  next:     ${mistake.next}`,
  ].join('\n');
}

/** The mistake in one sentence, for a warning. */
export function mistakeSentence(mistake: Mistake): string {
  return `${mistake.setting} (from ${mistake.source}): found ${mistake.found}; expected ${mistake.expected}. ${mistake.next}`;
}

function masked(value: string): string {
  return `•••• (${value.length} characters)`;
}

function quoted(value: string): string {
  // Up to the last @: a password may hold any sign, whatever the rules of addresses say.
  const withoutPassword = value.replace(/\/\/.*@/s, '//••••@').replace(/([?&]password=)[^&\s]*/gi, '$1••••');
  const clipped = withoutPassword.length > 80 ? `${withoutPassword.slice(0, 80)}…` : withoutPassword;
  return JSON.stringify(clipped);
}
