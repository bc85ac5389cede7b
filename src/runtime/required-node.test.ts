import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusalOfNode } from './required-node.ts';

describe('refusalOfNode', () => {
  for (const version of ['22.19.0', '22.20.1', '23.0.0', '24.1.0', '100.0.0-nightly']) {
    it(`takes Node ${version}`, () => expect(refusalOfNode(version)).toBeNull());
  }
  for (const version of ['18.20.8', '20.20.2', '22.18.0', '9.0.0']) {
    it(`refuses Node ${version}, naming it and what is needed`, () => {
      expect(refusalOfNode(version)).toMatch(
        new RegExp(`^Recado needs Node 22\\.19 or newer; this is Node ${version}\\. Install `),
      );
    });
  }

  it('says what package.json and the command say', () => {
    const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    expect(JSON.parse(read('package.json')).engines.node).toBe('>=22.19');
    expect(read('bin/recado.js')).toContain('Recado needs Node 22.19 or newer; this is Node');
  });

  for (const entry of ['index', 'webhooks', 'simulator/simulator', 'client/client']) {
    it(`stands before every other import of ${entry}.ts`, () => {
      const source = readFileSync(new URL(`../${entry}.ts`, import.meta.url), 'utf8');
      const first = source.match(/^(import|export) .*$/m)?.[0];
      expect(first).toMatch(/^import '\.{1,2}\/runtime\/required-node\.ts';$/);
    });
  }
});
