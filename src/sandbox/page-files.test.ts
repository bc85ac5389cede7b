import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageFileNames, pageHeaders, readPageFile } from './page-files.ts';

const folder = new URL('./page/', import.meta.url);
const contentOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const { texts }: { texts: Record<string, unknown> } = await import(new URL('texts.js', folder).href);

describe('the files of the page', () => {
  it('are exactly those of the folder that a browser can use', () => {
    const files = readdirSync(folder).filter((name) =>
      ['.css', '.html', '.js', '.svg'].includes(extname(name)),
    );
    expect([...pageFileNames].sort()).toEqual(files.sort());
  });

  it('are served with their content type', async () => {
    const types = {
      '.css': 'text/css',
      '.html': 'text/html',
      '.js': 'text/javascript',
      '.svg': 'image/svg+xml',
    };
    for (const name of pageFileNames) {
      const { headers } = await readPageFile(name);
      const expected = Object.entries(types).find(([ending]) => name.endsWith(ending))?.[1];
      expect(headers['content-type']?.split(';')[0]).toBe(expected);
    }
  });

  it('load each other only from this server, and only files that are served', () => {
    for (const name of pageFileNames) {
      const references = [
        ...contentOf(name).matchAll(/(?:from|import) '\.\/([^']+)'|(?:src|href)="\/sandbox\/page\/([^"]+)"/g),
      ];
      for (const [, imported, linked] of references) expect(pageFileNames).toContain(imported ?? linked);
      expect(contentOf(name).replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/|url\(/);
    }
  });
});

describe('words', () => {
  it.each(['index.html', 'login.html'] as const)('%s has every word filled in', async (name) => {
    const { body } = await readPageFile(name);
    expect(String(body)).not.toMatch(/%\w+%/);
    expect(String(body)).toContain('SANDBOX · nothing leaves this machine · a pretend Meta');
  });

  it('are all used', () => {
    const everything = pageFileNames
      .filter((name) => name !== 'texts.js')
      .map(contentOf)
      .join('\n');
    const unused = Object.keys(texts).filter(
      (name) => !everything.includes(`%${name}%`) && !everything.includes(`texts.${name}`),
    );
    expect(unused).toEqual([]);
  });
});

describe('what could run', () => {
  it.each(['index.html', 'login.html'])('%s has no inline script, style or handler', (name) => {
    expect(contentOf(name)).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:/i);
  });

  it('nothing turns text into markup or code', () => {
    for (const name of pageFileNames.filter((file) => file.endsWith('.js'))) {
      expect(contentOf(name)).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|eval\(|new Function|srcdoc/,
      );
    }
  });

  it('the policy allows nothing inline, nothing from elsewhere, no frames, and no markup from text', () => {
    const policy = pageHeaders['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});
