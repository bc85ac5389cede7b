import type { SettingBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { settings as words } from '../words/settings.ts';

type Value = SettingBody['value'];

/** A value as people read it. */
export function shownValue(value: Value): string {
  if (value === null) return say(words.nothing);
  if (typeof value === 'boolean') return say(value ? words.on : words.off);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value as it stands in the field to change it. */
export function typedValue(value: Value): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
