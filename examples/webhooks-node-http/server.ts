import { createServer, type IncomingMessage } from 'node:http';
import { answerHandshake, createWebhookReader } from 'recado/webhooks';
import { keepEvents, workOn } from '../keep-events.ts';

const webhooks = createWebhookReader({ appSecret: process.env.META_APP_SECRET });

const server = createServer(async (request, response) => {
  try {
    const { method, url = '/', headers } = request;
    if (!/^\/webhooks\/whatsapp\/?(\?|$)/.test(url)) {
      response.writeHead(404).end();
    } else if (method === 'GET') {
      const answer = answerHandshake({ url }, process.env.META_WEBHOOK_VERIFY_TOKEN);
      response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(await answer.text());
    } else if (method === 'POST') {
      const body = await bytesOf(request);
      const webhook = body === null ? ({ ok: false, status: 413 } as const) : webhooks.read(body, headers);
      if (!webhook.ok) {
        response.writeHead(webhook.status, { connection: 'close' }).end();
        return;
      }
      const fresh = keepEvents(webhook.events);
      response.end();
      workOn(fresh);
    } else {
      response.writeHead(405, { allow: 'GET, POST' }).end();
    }
  } catch (error) {
    // Nothing is kept, so Meta must come again.
    console.error(error);
    if (!response.headersSent) response.writeHead(503);
    response.end();
  }
});

/** The bytes as they came; null when there are more than Meta ever sends. */
async function bytesOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > 4 * 1024 * 1024) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

server.listen(Number(process.env.PORT ?? 3000), () => console.log('Listening on', server.address()));
