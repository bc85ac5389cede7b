import { contact, envelope, messagesChange, statusOf, textBody, textMessage } from '../bodies.ts';
import { type Check, notTaken } from '../check.ts';

/** The way in which Meta delivers: batches, repetitions, crowds, broken connections (meta-facts §2.3, §2.4). */
export const deliveryChecks: readonly Check[] = [
  {
    id: 'delivery-batch',
    group: 'delivery',
    title: 'A batch of several entries, changes and messages is taken',
    why: 'One POST may hold up to 1,000 updates, of several accounts, numbers and fields. Who reads `entry[0].changes[0].value.messages[0]` loses all others, without a trace; that a receiver kept them all only you can see.',
    cure: 'Walk over all of `entry`, `changes`, `messages` and `statuses`.',
    async run(receiver, facts) {
      const text = (name: string) => textMessage(facts, name, `This is number ${name}.`);
      const first = envelope(
        facts,
        messagesChange(facts, { contacts: [contact], messages: [text('1'), text('2')] }),
        messagesChange(facts, { statuses: [statusOf(facts, 'out', 'sent'), statusOf(facts, 'b', 'read')] }),
      );
      const second = envelope(facts, messagesChange(facts, { contacts: [contact], messages: [text('3')] }));
      const entry = [first, second].flatMap((body) => (Array.isArray(body.entry) ? body.entry : []));
      return notTaken(
        await receiver.deliver(JSON.stringify({ object: 'whatsapp_business_account', entry })),
        'A batch of two entries',
      );
    },
  },
  {
    id: 'delivery-large',
    group: 'delivery',
    title: 'A body of 3 MB with 1,000 updates is taken',
    why: 'Bodies may have 3 MB. Most frameworks and proxies take 100 kB to 1 MB and answer 413 to more; Meta sends it again until it gives up, and a thousand updates are lost.',
    cure: 'Raise the limit to 4 MB in the framework (`express.raw({ limit: "4mb" })`, `DATA_UPLOAD_MAX_MEMORY_SIZE` in Django) and in the proxy (`client_max_body_size 4m` in nginx).',
    async run(receiver, facts) {
      const words = 'Por favor, podem confirmar o horário? '.repeat(73);
      const messages = Array.from({ length: 1_000 }, (_, index) => textMessage(facts, `b${index}`, words));
      const body = JSON.stringify(envelope(facts, messagesChange(facts, { contacts: [contact], messages })));
      const megabytes = (Buffer.byteLength(body) / 1_000_000).toFixed(1);
      return notTaken(await receiver.deliver(body), `A batch of ${megabytes} MB`);
    },
  },
  {
    id: 'delivery-repeated',
    group: 'delivery',
    title: 'The same body again, later and at the same moment, is taken',
    why: 'Meta delivers at least once: the same bytes come again after a slow answer, or for no reason. An error on a duplicate makes them come for days. That a duplicate counts once only you can see.',
    cure: 'Remember the message id (for statuses: id and status) under a unique key, and answer 200 when it is there already.',
    async run(receiver, facts) {
      const body = JSON.stringify(textBody(facts, 'repeated', 'Once only, please.'));
      const findings = notTaken(await receiver.deliver(body), 'A body');
      findings.push(...notTaken(await receiver.deliver(body), 'The same body again'));
      const together = await Promise.all(Array.from({ length: 8 }, () => receiver.deliver(body)));
      const refused = together.find(({ status }) => status !== 200);
      if (refused !== undefined) findings.push(...notTaken(refused, 'One of eight at the same moment'));
      return findings;
    },
  },
  {
    id: 'delivery-crowd',
    group: 'delivery',
    title: 'Fifty deliveries at the same moment are taken',
    why: 'Meta does not wait for one answer before it sends the next webhook: a campaign brings three statuses for each message.',
    cure: 'Keep the body and answer; work on it afterwards. Raise the number of workers or connections of the server and of the database.',
    async run(receiver, facts) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          receiver.deliver(JSON.stringify(textBody(facts, `crowd ${index}`, 'Oi'))),
        ),
      );
      const refused = answers.filter(({ status }) => status !== 200);
      const [first] = refused;
      return first === undefined ? [] : [`${refused.length} of 50: ${notTaken(first, 'one').join()}`];
    },
  },
  {
    id: 'delivery-broken-off',
    group: 'delivery',
    title: 'A delivery that breaks off harms nobody else',
    why: 'Connections break in the middle of a body. The next one has to be answered as if nothing had happened.',
    cure: 'Give every request a time limit for its body, and let an error of one connection end that connection only.',
    async run(receiver, facts) {
      await receiver.breakOff(JSON.stringify(textBody(facts, 'half', 'x'.repeat(20_000))));
      const whole = JSON.stringify(textBody(facts, 'whole', 'Still there?'));
      return notTaken(await receiver.deliver(whole), 'The body after one that broke off');
    },
  },
];
