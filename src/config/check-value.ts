import { type Finding, mistake, type OtherValues } from './finding.ts';
import type { Setting } from './settings.ts';

/** Everything that is wrong or unusual about one value, as text. `others` are the other settings' values. */
export function checkValue(setting: Setting, text: string, others: OtherValues): Finding[] {
  if (/^(["'`]).*\1$/s.test(text)) {
    return [
      mistake(
        'the value without quotes around it',
        'Remove the quotes: outside .env they become part of the value.',
      ),
    ];
  }
  if (setting.kind === 'choice' && !setting.choices?.includes(text)) {
    const expected = (setting.choices ?? []).join(', ');
    return [mistake(`one of ${expected}`, `Write ${setting.name}=${setting.example}, or remove it.`)];
  }
  if (setting.kind === 'yes or no' && yesOrNo(text) === null) {
    return [mistake('true or false', `Write ${setting.name}=true, or remove it.`)];
  }
  const entries = setting.kind === 'list' ? listEntries(text) : [text];
  if (entries.length === 0) {
    return [mistake('at least one entry', `Write ${setting.name}=${setting.example}, or remove it.`)];
  }
  return entries.flatMap((entry) => setting.check?.(entry, others) ?? []);
}

/** The entries of a comma-separated list. */
export function listEntries(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** What a person means by yes or no; null when it is neither. */
export function yesOrNo(text: string): boolean | null {
  if (/^(true|yes|1|on)$/i.test(text)) return true;
  if (/^(false|no|0|off)$/i.test(text)) return false;
  return null;
}
