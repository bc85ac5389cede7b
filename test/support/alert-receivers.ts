import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A place that things come to, and a way to wait for the next one. */
function createInbox<Item>() {
  const items: Item[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  return {
    items,
    add(item: Item) {
      items.push(item);
      for (const { resolve } of waiting.filter(({ count }) => items.length >= count)) resolve();
      waiting = waiting.filter(({ count }) => items.length < count);
    },
    /** Resolves once so many have come. */
    until: (count: number) =>
      items.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            waiting.push({ count, resolve });
          }),
  };
}

/** What an alert webhook is sent. */
export type Alert = {
  type: string;
  text: string;
  gateway: string;
  alarm: {
    id: string;
    code: string;
    subject: string;
    count: number;
    remedy: string;
    resolvedAt: string | null;
  };
};

/** An HTTP server that hears alarms, and answers as it is told; ends with the test. */
export async function alertWebhook() {
  const inbox = createInbox<{ headers: IncomingHttpHeaders; method: string; url: string; body: Alert }>();
  /** What comes next, in order; 200 when there is nothing. `never` keeps the request without an answer. */
  const answers: ({ status: number; headers?: Record<string, string> } | 'never')[] = [];
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers.shift() ?? { status: 200 };
      if (answer !== 'never') response.writeHead(answer.status, answer.headers).end('ok');
      inbox.add({
        headers: request.headers,
        method: request.method ?? '',
        url: request.url ?? '',
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${portOf(server.address())}/alerts?key=a-secret`, inbox, answers };
}

/** A mail as it came over the wire. */
export type ReceivedMail = { from: string; to: string[]; data: string };

/**
 * A small SMTP server (RFC 5321, without TLS) that asks for a user and a password; ends with the test. One that
 * is `silent` takes connections and says nothing.
 */
export async function mailServer(options: { refuse?: boolean; silent?: boolean } = {}) {
  const inbox = createInbox<ReceivedMail>();
  const logins: string[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let mail: ReceivedMail = { from: '', to: [], data: '' };
    let rest = '';
    let inData = false;
    const say = (line: string) => options.silent !== true && socket.write(`${line}\r\n`);
    say('220 mail.test ESMTP');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      rest += chunk;
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        take(line);
      }
    });
    function take(line: string): void {
      if (inData) {
        if (line !== '.') {
          mail.data += `${line.replace(/^\./, '')}\n`;
          return;
        }
        inData = false;
        inbox.add(mail);
        mail = { from: '', to: [], data: '' };
        say('250 kept');
        return;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') say('250-mail.test\r\n250 AUTH PLAIN');
      else if (verb === 'AUTH') {
        logins.push(Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('utf8'));
        say('235 welcome');
      } else if (verb === 'MAIL') {
        mail.from = line;
        say('250 ok');
      } else if (verb === 'RCPT') {
        mail.to.push(line);
        say(options.refuse === true ? '550 nobody here' : '250 ok');
      } else if (verb === 'DATA') {
        inData = true;
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return { url: `smtp://recado:p%40ss@127.0.0.1:${portOf(server.address())}`, inbox, logins, sockets };
}

function portOf(address: ReturnType<ReturnType<typeof createTcpServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return address.port;
}
