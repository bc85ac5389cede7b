/**
 * Builds what is published: `dist/` from `src/`.
 *
 *   npm run build [-- <folder>]
 *
 * The compiler writes JavaScript and declarations; what is neither (pages, styles) is copied as it is.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src');
const target = resolve(process.argv[2] ?? join(root, 'dist'));

rmSync(target, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', target],
  {
    cwd: root,
    stdio: 'inherit',
  },
);

for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
  if (entry.name.endsWith('.d.ts')) pointAtBuiltFiles(join(entry.parentPath, entry.name));
}
cpSync(source, target, { recursive: true, filter: (from) => !isOnlyForUs(from) });

/** The compiler rewrites the imports of JavaScript to `.js`, but not those of declarations. */
function pointAtBuiltFiles(file: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/((?:from|import)\s*\(?\s*["']\.{1,2}\/[^"']+)\.ts(["'])/g, '$1.js$2'));
}

/** Sources, which the compiler has written already, and what only an editor reads. */
function isOnlyForUs(file: string): boolean {
  return extname(file) === '.ts' || file.endsWith('tsconfig.json');
}
