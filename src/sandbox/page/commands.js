// @ts-check

/** @import { Setup } from './gateway.js' */

/**
 * A word for a POSIX shell: as it is when harmless, else in single quotes.
 *
 * @param {string} word
 */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * The curl command that asks for the same notification as the button does.
 *
 * @param {Setup} setup
 * @param {Record<string, unknown>} request body of POST /v1/notifications
 */
export function curlCommand(setup, request) {
  return [
    `curl ${quoted(`${setup.url}/v1/notifications`)} \\`,
    `  -H ${authorization(setup)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quoted(JSON.stringify(request))}`,
  ].join('\n');
}

/**
 * The command that shows the feed as it grows.
 *
 * @param {Setup} setup
 */
export function feedCommand(setup) {
  return `curl -N ${quoted(`${setup.url}/v1/events/stream`)} \\\n  -H ${authorization(setup)}`;
}

/** A configured key is not shown on a screen; the shell has it under this name. @param {Setup} setup */
function authorization(setup) {
  return setup.pretendAdminKey === null
    ? '"Authorization: Bearer $RECADO_ADMIN_KEY"'
    : `'Authorization: Bearer ${setup.pretendAdminKey}'`;
}

/**
 * The same notification with the command line.
 *
 * @param {any} request body of POST /v1/notifications
 */
export function recadoCommand(request) {
  const template = request.template ?? request.fallback;
  const words = ['npx', 'recado', 'send', '--to', request.to];
  if (request.text !== undefined) words.push('--text', request.text);
  if (request.template !== undefined) words.push('--template', request.template.name);
  if (request.fallback !== undefined) words.push('--fallback', request.fallback.name);
  if (template !== undefined) words.push('--language', template.language);
  for (const { text } of template?.components?.[0]?.parameters ?? []) words.push('--parameter', text);
  return words.map(quoted).join(' ');
}
