import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes an executable that behaves as a tunnel's agent: it opens a port that leads to the address in its words,
 * prints the address in a line among others, and goes on until SIGTERM.
 *
 * @param options `line`: what it prints, with `URL` where the address stands; `page`: answers with a page of its own
 *   instead of leading on, as an interstitial does; `ends`: ends at once after it has printed the line
 */
export function writeFakeAgent(
  folder: string,
  options: { name?: string; line?: string; page?: boolean; ends?: boolean } = {},
): string {
  const { name = 'agent', line = 'your address is URL today', page = false, ends = false } = options;
  const path = join(folder, name);
  const program = `#!${process.execPath}
const http = require('node:http');
const local = new URL(process.argv.find((word) => word.startsWith('http://')));
const server = http.createServer((request, response) => {
  if (${page}) return response.setHeader('content-type', 'text/html').end('<html>You are about to visit</html>');
  const { method, url: path, rawHeaders: headers } = request;
  const on = http.request({ host: local.hostname, port: local.port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(response);
  });
  on.on('error', () => response.destroy());
  request.pipe(on);
});
server.listen(0, '127.0.0.1', () => {
  console.error('starting');
  const url = 'http://127.0.0.1:' + server.address().port;
  console.log(${JSON.stringify(line)}.replace('URL', url));
  if (${ends}) process.exit(3);
});
process.on('SIGTERM', () => process.exit(0));
`;
  writeFileSync(path, program, { mode: 0o755 });
  return path;
}
