import { describe, expect, it } from 'vitest';
import { preferredLanguage } from './language.ts';

describe('the language that a request prefers', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['pt-BR', 'pt-BR'],
    ['pt', 'pt-BR'],
    ['PT-br', 'pt-BR'],
    ['pt-PT,pt;q=0.9', 'pt-BR'],
    ['en', 'en'],
    ['en-US,en;q=0.5', 'en'],
    ['*', 'en'],
    ['fr-CA, de;q=0.9', 'en'],
    ['fr, pt;q=0.2', 'pt-BR'],
    ['en;q=0.7, pt-BR;q=0.8', 'pt-BR'],
    ['pt-BR;q=0.5, en;q=0.5', 'pt-BR'],
    ['pt;q=0, *;q=0.1', 'en'],
    ['pt-BR;q=0', 'en'],
    ['pt-BR;q=much', 'en'],
    ['pt-BR ; Q = 0.4 , en ; q=0.3', 'pt-BR'],
    ['ptx', 'en'],
    [',;,', 'en'],
  ])('%j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
