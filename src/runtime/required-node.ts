/**
 * Every entry of the package imports this file first. Modules are evaluated in the order of their imports, so an
 * older Node gets one sentence here, before a dependency that it cannot run is evaluated. The syntax stays what such
 * a Node can read; a file with newer syntax anywhere behind an entry would be refused before this one speaks.
 */

/** As `engines` in package.json says, and bin/recado.js. */
const NEEDED = { major: 22, minor: 19 };

/** The sentence for a Node that is too old; null when this version of Node will do. */
export function refusalOfNode(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor)) return null;
  return `Recado needs Node ${NEEDED.major}.${NEEDED.minor} or newer; this is Node ${version}. Install Node 24 or newer from https://nodejs.org.`;
}

// The client also runs where there is no Node: in workers, Deno and Bun, of which some claim a version of Node.
const versions: Readonly<Record<string, string | undefined>> = globalThis.process?.versions ?? {};
if (versions.node !== undefined && versions.deno === undefined && versions.bun === undefined) {
  const refusal = refusalOfNode(versions.node);
  if (refusal !== null) throw new Error(refusal);
}
