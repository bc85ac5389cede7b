import { parseEnv } from 'node:util';

/**
 * The values in the text of a `.env` file. A byte order mark is ignored, and so are spaces after a lone `NAME=`:
 * there `parseEnv` would swallow the next line as the value (Node 26.8).
 */
export function parseEnvText(text: string): Record<string, string> {
  const readable = text.replace(/^\ufeff/, '').replace(/^([^\n#"'`]*=)[^\S\n]+$/gm, '$1');
  return Object.fromEntries(
    Object.entries(parseEnv(readable)).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
