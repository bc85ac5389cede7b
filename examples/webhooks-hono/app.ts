import { Hono } from 'hono';
import { answerHandshake, createWebhookReader } from 'recado/webhooks';
import { keepEvents, workOn } from '../keep-events.ts';

const webhooks = createWebhookReader({ appSecret: process.env.META_APP_SECRET });
const app = new Hono({ strict: false });

app.get('/webhooks/whatsapp', (context) =>
  answerHandshake(context.req.raw, process.env.META_WEBHOOK_VERIFY_TOKEN),
);

// `context.req.raw` is the web Request with its body unread. Let no middleware before this call `req.json()`.
app.post('/webhooks/whatsapp', async (context) => {
  const webhook = await webhooks.readRequest(context.req.raw);
  if (!webhook.ok) return new Response(null, { status: webhook.status });
  // What throws here becomes a 500, and Meta comes again.
  const fresh = keepEvents(webhook.events);
  setImmediate(() => workOn(fresh));
  return new Response();
});

export default app;
