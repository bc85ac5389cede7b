import { describe, expect, it } from 'vitest';
import { readDocument } from './read-document.ts';
import { renderPage } from './render-page.ts';

const hostile = '<script>alert("1")</script>';

describe('the API page of a document', () => {
  it('repeats no markup of the document', () => {
    const page = renderPage(
      readDocument({
        info: { title: hostile, description: hostile },
        tags: [{ name: hostile, description: hostile }],
        paths: {
          [`/v1/${hostile}`]: {
            post: {
              operationId: hostile,
              summary: hostile,
              description: hostile,
              tags: [hostile],
              security: [{ key: [hostile] }],
              parameters: [{ name: hostile, in: hostile, description: hostile, schema: { enum: [hostile] } }],
              requestBody: { content: { [hostile]: { schema: { $ref: '#/components/schemas/Loop' } } } },
              responses: {
                [hostile]: { description: hostile, content: { [hostile]: { schema: { const: hostile } } } },
              },
            },
          },
        },
        components: {
          schemas: {
            Loop: {
              type: 'object',
              description: hostile,
              properties: {
                [hostile]: { default: hostile, type: [hostile] },
                next: { $ref: '#/components/schemas/Loop' },
              },
            },
            [hostile]: { type: 'object', properties: {} },
          },
        },
      }),
      'http://127.0.0.1:8000',
    );
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script/i);
  });

  it('is written of an empty document, too', () => {
    expect(renderPage(readDocument({}), 'http://127.0.0.1:8000')).toContain('Problem codes');
  });

  it('writes examples that a shell takes as they are', () => {
    const schema = { type: 'object', properties: { text: { type: 'string', examples: ["it's"] } } };
    const page = renderPage(
      readDocument({
        paths: {
          '/v1/things/{id}': {
            patch: {
              operationId: 'changeThing',
              parameters: [{ name: 'id', in: 'path', schema: { type: 'string', examples: ['a/b'] } }],
              requestBody: { content: { 'application/json': { schema } } },
            },
          },
        },
      }),
      'https://recado.example',
    );
    expect(page).toContain('curl -X PATCH https://recado.example/v1/things/a%2Fb \\');
    expect(page).toContain(`-d &#39;{&quot;text&quot;:&quot;it&#39;\\&#39;&#39;s&quot;}&#39;`);
  });
});
