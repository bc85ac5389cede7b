/**
 * Builds what is published: `dist/` from `src/`.
 *
 *   npm run build [-- <folder>]
 *
 * The dashboard is bundled and minified for browsers, the sandbox's page is compressed. The compiler writes JavaScript
 * without comments, and declarations with them: who uses the package reads these in the editor, who wants the reasons
 * reads the source. What is neither is copied as it is. Comments and the compiler's four spaces were a fifth of the
 * package.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundleDashboard } from '../src/adapters/dashboard-files/bundle-dashboard.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src');
const published = resolve(process.argv[2] ?? join(root, 'dist'));
/** Outside the project, for the formatter would take the project's own configuration inside it. */
const target = mkdtempSync(join(tmpdir(), 'recado-build-'));
process.on('exit', () => rmSync(target, { recursive: true, force: true }));

runTool('typescript/bin/tsc', [...compilation(), '--declaration', 'false', '--removeComments']);
runTool('typescript/bin/tsc', [...compilation(), '--emitDeclarationOnly']);
indentByTabs();

for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
  if (entry.name.endsWith('.d.ts')) pointAtBuiltFiles(join(entry.parentPath, entry.name));
}
keepDeclarationsOf(entryDeclarations());
cpSync(source, target, { recursive: true, filter: (from) => !isOnlyForUs(from) });
compressPage(join(target, 'sandbox', 'page'));
for (const [path, content] of await bundleDashboard()) {
  const file = join(target, 'dashboard', `${path}.gz`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(content, { level: 9 }));
}
rmSync(published, { recursive: true, force: true });
cpSync(target, published, { recursive: true });

/** The files of the sandbox's page, but the words, which the gateway reads too, and the markup that they go into. */
function compressPage(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name === 'texts.js' || name.endsWith('.html')) continue;
    writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
    rmSync(join(folder, name));
  }
}

function compilation(): string[] {
  return ['-p', 'tsconfig.build.json', '--outDir', target];
}

/** Runs a program of a dependency of ours; what it says goes to stderr, for stdout is read by whoever packs. */
function runTool(program: string, words: readonly string[]): void {
  execFileSync(process.execPath, [join(root, 'node_modules', program), ...words], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
}

function indentByTabs(): void {
  const configuration = join(target, 'biome.json');
  writeFileSync(
    configuration,
    JSON.stringify({
      root: true,
      files: { maxSize: 4 * 1024 * 1024 },
      formatter: { indentStyle: 'tab', lineWidth: 320 },
      linter: { enabled: false },
      assist: { enabled: false },
    }),
  );
  runTool('@biomejs/biome/bin/biome', [
    'format',
    '--write',
    '--log-level=error',
    `--config-path=${target}`,
    target,
  ]);
  rmSync(configuration);
}

/** The compiler rewrites the imports of JavaScript to `.js`, but not those of declarations. */
function pointAtBuiltFiles(file: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/((?:from|import)\s*\(?\s*["']\.{1,2}\/[^"']+)\.ts(["'])/g, '$1.js$2'));
}

/** The declarations that `exports` of package.json names, which is all that a program can import. */
function entryDeclarations(): string[] {
  const { exports }: { exports: Record<string, unknown> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return [...JSON.stringify(exports).matchAll(/"\.\/dist\/([^"]+\.d\.ts)"/g)].map(([, path]) =>
    join(target, String(path)),
  );
}

/** Deletes the declarations that no entry leads to: two thirds of them, which nobody's compiler ever reads. */
function keepDeclarationsOf(entries: readonly string[]): void {
  const needed = new Set(entries);
  for (const file of needed) {
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/["'](\.{1,2}\/[^"']+)\.js["']/g)) {
      needed.add(join(dirname(file), `${path}.d.ts`));
    }
  }
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (file.endsWith('.d.ts') && !needed.has(file)) rmSync(file);
  }
}

/** Sources, which the compiler has written already, and what only an editor reads. */
function isOnlyForUs(file: string): boolean {
  return extname(file) === '.ts' || file.endsWith('tsconfig.json') || file === join(source, 'dashboard');
}
