/**
 * A receiver as many tutorials show it. Do not use it: it is here for `recado certify` to say what becomes of it.
 * What to do instead stands in ../webhooks-express/server.ts.
 */
import express from 'express';

const app = express();
app.use(express.json());

app.get('/webhooks/whatsapp', (request, response) => {
  if (request.query['hub.verify_token'] === process.env.META_WEBHOOK_VERIFY_TOKEN) {
    response.send(request.query['hub.challenge']);
  } else {
    response.sendStatus(403);
  }
});

app.post('/webhooks/whatsapp', (request, response) => {
  const message = request.body.entry[0].changes[0].value.messages[0];
  console.log(`${message.from} wrote: ${message.text.body}`);
  response.sendStatus(200);
});

const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.log('Listening on', server.address());
});
