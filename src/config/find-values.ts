import type { Mistake } from './mistake.ts';
import { parseEnvText } from './parse-env-text.ts';
import { type Setting, type SettingName, settings } from './settings.ts';

/** Where configuration comes from. Flags beat the process environment, which beats `.env`, which beats defaults. */
export type ConfigSources = {
  environment: Readonly<Record<string, string | undefined>>;
  /** The text of `.env`; null when there is none. */
  dotenv: string | null;
  /** Flags of the command line by the setting's name, such as `{ PORT: '9000' }`. */
  flags?: Readonly<Record<string, string | undefined>>;
  /** Reads the file of a NAME_FILE setting as text; throws when it cannot, with a `code` of the system or a sentence. */
  readFile: (path: string) => string;
  /** People are reading the log: a terminal, or the sandbox. False when left out. */
  terminal?: boolean;
  /** Defaults that differ from the table's. */
  defaults?: Partial<Record<SettingName, string>>;
  /** Settings to look at; all others keep their defaults, unread and unchecked. All when left out. */
  only?: readonly SettingName[];
};

/** A value as text, and where it came from. */
export type FoundValue = { text: string; source: string };

/**
 * Move one of reading the configuration: the text of every setting that is set, from the strongest source that
 * has it. An empty string counts as unset. What cannot be read is a mistake.
 */
export function findValues(sources: ConfigSources): {
  values: Map<SettingName, FoundValue>;
  mistakes: Mistake[];
} {
  const values = new Map<SettingName, FoundValue>();
  const mistakes: Mistake[] = [];
  const dotenv = sources.dotenv === null ? {} : parseEnvText(sources.dotenv);
  const layers = [
    { name: 'the command line', record: sources.flags ?? {} },
    { name: 'the environment', record: sources.environment },
    { name: '.env', record: dotenv },
  ];
  const looked = settings.filter(
    (setting) => sources.only === undefined || sources.only.includes(setting.name),
  );
  for (const setting of looked) {
    for (const layer of layers) {
      const found = findInLayer(setting, layer, sources.readFile);
      if (found === null) continue;
      if ('mistake' in found) mistakes.push(found.mistake);
      else values.set(setting.name, found);
      break;
    }
  }
  return { values, mistakes };
}

function findInLayer(
  setting: Setting,
  layer: { name: string; record: Readonly<Record<string, string | undefined>> },
  readFile: (path: string) => string,
): FoundValue | { mistake: Mistake } | null {
  const text = layer.record[setting.name]?.trim() ?? '';
  const fileName = `${setting.name}_FILE`;
  const path = layer.record[fileName]?.trim() ?? '';
  if (path === '') return text === '' ? null : { text, source: layer.name };
  const wrong = (found: string, expected: string, next: string) => ({
    mistake: { setting: fileName, source: layer.name, found: `${path}: ${found}`, expected, next },
  });
  if (text !== '') {
    return wrong(
      `${setting.name} is set as well`,
      'one of the two',
      `Remove ${setting.name} or ${fileName}.`,
    );
  }
  try {
    const content = readFile(path).trim();
    if (content !== '') return { text: content, source: `the file ${path}` };
    return wrong(
      'this file is empty',
      'a file that holds the value',
      `Write the value into it, or remove ${fileName}.`,
    );
  } catch (error) {
    const reason =
      error instanceof Error ? ('code' in error ? String(error.code) : error.message) : 'unreadable';
    return wrong(
      `this file cannot be read (${reason})`,
      'a file that holds the value',
      'Correct the path or the permissions; a relative path starts at the working folder.',
    );
  }
}
