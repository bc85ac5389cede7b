import { fastify } from 'fastify';
import { answerHandshake, createWebhookReader } from 'recado/webhooks';
import { keepEvents, workOn } from '../keep-events.ts';

const webhooks = createWebhookReader({ appSecret: process.env.META_APP_SECRET });
const app = fastify({ routerOptions: { ignoreTrailingSlash: true } });

// A plugin has content type parsers of its own: the rest of your application keeps its JSON.
app.register(async (whatsapp) => {
  whatsapp.removeAllContentTypeParsers();
  // As a buffer the body stays what Meta signed. The usual limit of 1 MiB is too small for a batch.
  whatsapp.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 4 * 1024 * 1024 }, (_, body, done) => {
    done(null, body);
  });

  whatsapp.get('/webhooks/whatsapp', async (request, reply) => {
    const answer = answerHandshake(request, process.env.META_WEBHOOK_VERIFY_TOKEN);
    return reply
      .code(answer.status)
      .type('text/plain')
      .send(await answer.text());
  });

  whatsapp.post<{ Body: Buffer | undefined }>('/webhooks/whatsapp', async (request, reply) => {
    const webhook = webhooks.read(request.body ?? Buffer.alloc(0), request.headers);
    if (!webhook.ok) return reply.code(webhook.status).send();
    // What throws here becomes a 500, and Meta comes again.
    const fresh = keepEvents(webhook.events);
    reply.raw.once('finish', () => workOn(fresh));
    return reply.send();
  });
});

await app.listen({ port: Number(process.env.PORT ?? 3000) });
console.log('Listening on', app.server.address());
