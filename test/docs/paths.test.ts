import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = ['README.md', 'CONTRIBUTING.md'].concat(
  ['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
);

/** What is packed, and with a `!` what of it stays in the repository. */
const packed: string[] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).files;

/** What a page may link to though it is not installed: for who changes Recado, or printed by a command too. */
const onlyInTheRepository = [
  'CONTRIBUTING.md',
  ...packed.flatMap((entry) => (entry.startsWith('!') ? [entry.slice(1)] : [])),
];

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/```.*?```/gs, '');

  it('names only files that exist', () => {
    const named = [...text.matchAll(/`((?:src|test|docs|bench|scripts|examples|bin)\/[\w./@-]+)`/g)].map(
      ([, path]) => String(path),
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('links only to files that exist, and that are installed with it or known to stay in the repository', () => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, path]) =>
      normalize(join(dirname(page), String(path))),
    );
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const installed = (path: string) =>
      [...packed, ...onlyInTheRepository].some((entry) => path === entry || path.startsWith(`${entry}/`));
    expect(links.filter((path) => !installed(path))).toEqual([]);
  });
});
