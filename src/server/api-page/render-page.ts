import { scopeMeanings } from '../../domain/api-key.ts';
import { failureCodes, failureRow } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { problemTable } from '../problem.ts';
import { exampleOf, referredName, type Schemas } from './example.ts';
import { type Html, html, phrases, prose } from './html.ts';
import { type ApiDescription, type Operation, textOf } from './read-document.ts';
import { limitsView, membersView, typeView } from './schema-view.ts';

/**
 * The whole API page as HTML.
 *
 * @param address of this server, for the examples: plain characters that need no quoting in a shell
 */
export function renderPage(api: ApiDescription, address: string): string {
  const schemas = new Map(api.schemas.map(({ name, schema }) => [name, schema]));
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${api.title} API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/page.css">
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top"><a class="name" href="#begin">${api.title}</a> <span>API</span> <a class="document" href="openapi.json">openapi.json</a></header>
<div class="columns">
<nav aria-label="Contents">${navigation(api)}</nav>
<main id="main">
${beginning(api, address)}
${api.tags.map(
  (tag) => html`<section class="tag" id="${anchorOf(tag.name)}">
<h2>${tag.name}</h2>
${prose(tag.about)}
${tag.operations.map((operation) => operationView(operation, schemas, address))}
</section>`,
)}
${schemaSection(api, schemas)}
${problemSection()}
${failureSection()}
</main>
</div>
</body>
</html>
`;
  return page.markup;
}

function navigation(api: ApiDescription): Html {
  const groups = api.tags.map(
    (tag) =>
      html`<details open><summary>${tag.name}</summary><ul>${tag.operations.map(
        ({ id, method, path, summary }) =>
          html`<li><a href="#${id}" title="${method} ${path}">${methodView(method)} <span>${summary}</span></a></li>`,
      )}</ul></details>`,
  );
  const schemas = api.schemas.map(({ name }) => html`<li><a href="#schema-${name}">${name}</a></li>`);
  return html`<ul class="first"><li><a href="#begin">Begin</a></li><li><a href="#problems">Problem codes</a></li><li><a href="#failures">Failure codes</a></li></ul>
${groups}
<details><summary>Shapes</summary><ul>${schemas}</ul></details>`;
}

function beginning(api: ApiDescription, address: string): Html {
  const scopes = Object.entries(scopeMeanings).map(
    ([scope, meaning]) => html`<li><code>${scope}</code> ${meaning}</li>`,
  );
  return html`<section id="begin">
<h1>${api.title} API</h1>
${prose(api.description)}
<h2>Get a key</h2>
<p>On the machine where Recado runs, make a key for your program. Its text is shown once.</p>
${codeBlock("npx recado keys create --name 'My program' --scope read --scope send")}
<p>A scope says what a key may do:</p>
<ul class="scopes">${scopes}</ul>
<p><code>RECADO_ADMIN_KEY</code>, which <code>recado init</code> writes into <code>.env</code>, may do everything. Recado asks for the key in the header <code>Authorization: Bearer …</code></p>
${codeBlock(`export RECADO_KEY=rk_…`)}
<h2>Send your first notification</h2>
${codeBlock(`curl ${address}/v1/notifications \\
  -H "Authorization: Bearer $RECADO_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '{"to": "+55 85 8765-4321", "text": "Hello from Recado"}'`)}
<p>Plain text reaches people who wrote to your number within the last 24 hours; to write first, send a <code>template</code>. The answer has the id of the notification and where it is in its life. Ask for it again to see what became of it, or follow the feed, where everything is told:</p>
${codeBlock(`curl -N ${address}/v1/events/stream \\
  -H "Authorization: Bearer $RECADO_KEY"`)}
<p>In JavaScript the same is <code>import { createClient } from 'recado/client'</code>; its functions have the names of the operations below. To find one, use the contents or your browser’s search.</p>
</section>`;
}

function operationView(operation: Operation, schemas: Schemas, address: string): Html {
  const { id, method, path, summary, description, parameters, body, answers } = operation;
  return html`<article id="${id}">
<h3>${summary} <a class="anchor" href="#${id}" aria-label="Link to ${summary}">#</a></h3>
<p class="route">${methodView(method)} <code>${path}</code></p>
${prose(description)}
<p class="facts">${scopesView(operation)} · <span>In <code>recado/client</code> and OpenAPI: <code>${id}</code></span></p>
${parameters.length === 0 ? null : parametersView(parameters)}
${
  body === null
    ? null
    : html`<h4>Body <span class="type">${typeView(body.schema)}, <code>${body.contentType}</code></span></h4>
${membersView(resolved(body.schema, schemas))}`
}
<h4>Example</h4>
${codeBlock(curlOf(operation, schemas, address))}
<h4>Answers</h4>
<ul class="answers">${answers.map((answer) => answerView(answer, schemas))}</ul>
</article>`;
}

function scopesView({ scopes }: Operation): Html {
  if (scopes === null) return html`<span>Open to everybody</span>`;
  if (scopes.length === 0) return html`<span>Needs a key</span>`;
  const named = scopes.map((scope, index) => html`${index === 0 ? null : ' or '}<code>${scope}</code>`);
  return html`<span>Needs a key with the scope ${named}</span>`;
}

function parametersView(parameters: Operation['parameters']): Html {
  const rows = parameters.map(
    ({ name, place, required, schema, about }) => html`<tr>
<th scope="row"><code>${name}</code>${required ? html` <span class="need">required</span>` : null}</th>
<td class="type">${place}, ${typeView(schema)}</td>
<td>${phrases(about)}${limitsView(schema)}</td></tr>`,
  );
  return html`<h4>Parameters</h4>
<div class="scroll"><table class="members">
<thead><tr><th scope="col">Name</th><th scope="col">Where, type</th><th scope="col">What it is</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function answerView(answer: Operation['answers'][number], schemas: Schemas): Html {
  const { status, about, contentType, schema } = answer;
  const good = status.startsWith('2');
  const head = html`<span class="status ${good ? 'good' : 'bad'}">${status}</span> <span>${phrases(about)}</span>`;
  if (schema === null) return html`<li><p class="answer">${head}</p></li>`;
  if (contentType === 'application/problem+json') {
    return html`<li><p class="answer">${head} ${problemLinks(status)}</p></li>`;
  }
  const shown = exampleOf(schema, schemas);
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown, null, 2);
  return html`<li><details><summary class="answer">${head} <span class="type">${typeView(schema)}</span></summary>
<p class="hint"><code>${contentType}</code></p>
${codeBlock(text)}</details></li>`;
}

function problemLinks(status: string): Html {
  if (status === '422') return html`<a class="codes" href="#failures">failure codes</a>`;
  return html`<a class="codes" href="#problems-${status}">codes with ${status}</a>`;
}

function schemaSection(api: ApiDescription, schemas: Schemas): Html {
  return html`<section id="schemas"><h2>Shapes</h2>
<p>What requests and answers are made of. Answers may have more members in later versions; requests may have no others.</p>
${api.schemas.map(
  ({ name, schema }) => html`<article id="schema-${name}">
<h3>${name} <a class="anchor" href="#schema-${name}" aria-label="Link to ${name}">#</a></h3>
${prose(textOf(schema.description))}
${membersView(schema)}
<details><summary>Example</summary>${codeBlock(JSON.stringify(exampleOf(schema, schemas), null, 2))}</details>
</article>`,
)}</section>`;
}

function problemSection(): Html {
  const statuses = [...new Set(Object.values(problemTable).map(({ status }) => status))].sort();
  const tables = statuses.map((status) => {
    const rows = Object.entries(problemTable).filter(([, row]) => row.status === status);
    return html`<h3 id="problems-${status}">${status}</h3>${codeTable(rows)}`;
  });
  return html`<section id="problems"><h2>Problem codes</h2>
<p>Every error is a problem document with one of these codes in <code>code</code>, and what to do in <code>remedy</code>. Codes are never given a second meaning; more may come.</p>
${tables}</section>`;
}

function failureSection(): Html {
  const rows = failureCodes.map((code): [string, { title: string; remedy: string }] => [
    code,
    failureRow(code),
  ]);
  return html`<section id="failures"><h2>Failure codes</h2>
<p>Why a notification was refused (status 422) or failed later, in <code>failure.code</code> of the notification and of its events.</p>
${codeTable(rows)}</section>`;
}

function codeTable(rows: readonly [string, { title: string; remedy: string }][]): Html {
  return html`<div class="scroll"><table class="codes">
<thead><tr><th scope="col">Code</th><th scope="col">What it means</th><th scope="col">What to do</th></tr></thead>
<tbody>${rows.map(
    ([
      code,
      { title, remedy },
    ]) => html`<tr id="code-${code}"><th scope="row"><code>${code}</code></th><td>${phrases(title)}</td><td>${phrases(remedy)}</td></tr>
`,
  )}</tbody></table></div>`;
}

/** The request as a command for a shell. */
function curlOf(operation: Operation, schemas: Schemas, address: string): string {
  const { method, parameters, body, scopes, answers } = operation;
  const path = parameters
    .filter(({ place }) => place === 'path')
    .reduce(
      (text, { name, schema }) =>
        text.replace(`{${name}}`, encodeURIComponent(String(exampleOf(schema, schemas)))),
      operation.path,
    );
  const streams = answers.some(({ contentType }) => contentType === 'text/event-stream');
  const named = method === 'GET' || (method === 'POST' && body !== null) ? '' : ` -X ${method}`;
  const lines = [`curl${streams ? ' -N' : ''}${named} ${address}${path}`];
  if (scopes !== null) lines.push(`-H "Authorization: Bearer $RECADO_KEY"`);
  if (body !== null) {
    lines.push(`-H 'Content-Type: ${body.contentType}'`);
    lines.push(`-d ${quoted(JSON.stringify(exampleOf(body.schema, schemas)))}`);
  }
  return lines.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function resolved(schema: JsonObject, schemas: Schemas): JsonObject {
  const name = referredName(schema);
  return name === null ? schema : (schemas.get(name) ?? {});
}

function methodView(method: string): Html {
  return html`<span class="method ${method.toLowerCase()}">${method === 'DELETE' ? 'DEL' : method}</span>`;
}

function codeBlock(text: string): Html {
  return html`<pre tabindex="0"><code>${text}</code></pre>`;
}

function anchorOf(tag: string): string {
  return `tag-${tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}
