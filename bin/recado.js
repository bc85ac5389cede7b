#!/usr/bin/env node
// Plain JavaScript that old versions of Node can read, so that they get a sentence instead of a syntax error.
// Nothing is imported before the version is known.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`Error: Recado needs Node 22.19 or newer; this is Node ${process.versions.node}.`);
  console.error(
    'Next: install Node 24 or newer from https://nodejs.org. In a checkout, `npm start` and `npx recado ...` bring their own.',
  );
  process.exitCode = 1;
} else {
  // A checkout has the sources and runs them; the published package has dist/.
  const source = new URL('../src/cli/recado.ts', import.meta.url);
  const built = new URL('../dist/cli/recado.js', import.meta.url);
  import('node:fs')
    .then((fs) => import((fs.existsSync(source) ? source : built).href))
    .then((recado) => recado.main(process.argv.slice(2)))
    .then((exitCode) => {
      process.exitCode = exitCode;
    });
}
