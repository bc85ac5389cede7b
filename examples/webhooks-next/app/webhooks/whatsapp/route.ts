import { answerHandshake, createWebhookReader, type WebhookReader } from 'recado/webhooks';
import { keepEvents, workOn } from '../../../../keep-events.ts';

// The signature needs node:crypto.
export const runtime = 'nodejs';

// Not while the module is loaded: `next build` loads it where there is no secret.
let webhooks: WebhookReader | undefined;

export function GET(request: Request): Response {
  return answerHandshake(request, process.env.META_WEBHOOK_VERIFY_TOKEN);
}

export async function POST(request: Request): Promise<Response> {
  webhooks ??= createWebhookReader({ appSecret: process.env.META_APP_SECRET });
  const webhook = await webhooks.readRequest(request);
  if (!webhook.ok) return new Response(null, { status: webhook.status });
  // What throws here becomes a 500, and Meta comes again.
  const fresh = keepEvents(webhook.events);
  // In Next itself: `after(() => workOn(fresh))` of 'next/server'.
  setImmediate(() => workOn(fresh));
  return new Response();
}
