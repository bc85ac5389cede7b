import type { SettingBody } from '../../client/generated.ts';

/**
 * What somebody typed, as the API takes it; nothing typed gives the default back. Undefined for what should be JSON
 * and is none.
 */
export function readTyped(kind: SettingBody['kind'], typed: string): unknown {
  const text = typed.trim();
  if (text === '') return null;
  switch (kind) {
    case 'number':
      return Number(text);
    case 'template':
    case 'prices':
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    default:
      return text;
  }
}
