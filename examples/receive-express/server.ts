import express from 'express';
import { handle, keepOnce, readSignedEvent } from '../signed-event.ts';

const app = express();

// `raw` keeps the bytes that were signed. An `express.json()` for the rest of your application comes after this route.
app.post('/recado', express.raw({ type: () => true, limit: '4mb' }), (request, response) => {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const event = readSignedEvent(body, (name) => request.get(name), process.env.RECADO_WEBHOOK_SECRET);
  if (event === null) {
    response.sendStatus(401);
    return;
  }
  // What throws here becomes a 500, and Recado comes again.
  const isNew = keepOnce(request.get('webhook-id') ?? '', event);
  response.sendStatus(204);
  if (isNew) handle(event);
});

app.use(express.json());

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log('Listening on', server.address());
});
