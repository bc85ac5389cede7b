import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, phrases, prose } from './html.ts';

describe('html', () => {
  it('escapes whatever is not markup of its own', () => {
    const hostile = `<img src=x onerror="alert('1')">&`;
    expect(html`<p title="${hostile}">${hostile}${[hostile, html`<b>${1}</b>`, null]}</p>`.markup).toBe(
      `<p title="${escaped}">${escaped}${escaped}<b>1</b></p>`,
    );
  });

  it('lets no text become markup, in an element or an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.markup).not.toMatch(/[<>"']/);
        expect(phrases(text).markup.replaceAll(/<\/?code>/g, '')).not.toMatch(/[<>"']/);
      }),
    );
  });

  it('turns backticks into code, and empty lines into paragraphs', () => {
    expect(prose('Take `a<b`.\n\nThen rest.').markup).toBe(
      '<p>Take <code>a&lt;b</code>.</p><p>Then rest.</p>',
    );
  });
});

const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;';
