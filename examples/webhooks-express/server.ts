import express from 'express';
import { answerHandshake, createWebhookReader } from 'recado/webhooks';
import { keepEvents, workOn } from '../keep-events.ts';

const webhooks = createWebhookReader({ appSecret: process.env.META_APP_SECRET });
const app = express();

app.get('/webhooks/whatsapp', async (request, response) => {
  const answer = answerHandshake({ url: request.originalUrl }, process.env.META_WEBHOOK_VERIFY_TOKEN);
  response
    .status(answer.status)
    .type('text/plain')
    .send(await answer.text());
});

// `raw` keeps the bytes that Meta signed. An `express.json()` for the rest of your application comes after this
// route: before it, it would parse the body, and every signature would be wrong. The usual limit of 100 kB is too
// small for a batch.
app.post('/webhooks/whatsapp', express.raw({ type: () => true, limit: '4mb' }), (request, response) => {
  // Without a body there is nothing for `raw` to read.
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const webhook = webhooks.read(body, request.headers);
  if (!webhook.ok) {
    response.sendStatus(webhook.status);
    return;
  }
  // What throws here becomes a 500, and Meta comes again.
  const fresh = keepEvents(webhook.events);
  response.end();
  workOn(fresh);
});

app.use(express.json());

const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.log('Listening on', server.address());
});
