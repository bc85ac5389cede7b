import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * The folders on the way to one that are not there, the outermost first, to be made one by one: Node's own recursive
 * mkdir never ends where the system refuses to make any, as under /proc.
 */
export function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.unshift(path);
  return missing;
}
