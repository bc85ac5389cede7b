import { handle, keepOnce, readSignedEvent } from '../../../signed-event.ts';

// The signature needs node:crypto.
export const runtime = 'nodejs';

export async function POST(request: Request): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer());
  const secret = process.env.RECADO_WEBHOOK_SECRET;
  const event = readSignedEvent(body, (name) => request.headers.get(name), secret);
  if (event === null) return new Response(null, { status: 401 });
  // What throws here becomes a 500, and Recado comes again.
  const isNew = keepOnce(request.headers.get('webhook-id') ?? '', event);
  // In Next itself: `after(() => handle(event))` of 'next/server'.
  if (isNew) setImmediate(() => handle(event));
  return new Response(null, { status: 204 });
}
