import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './serve.ts';

let arrivals: number[] = [];
let delay = 0;

const orders = {
  /** Answers every send with 200 and a message id of its own. */
  async listen(): Promise<number> {
    const server = createServer(async (request, response) => {
      arrivals.push(performance.now());
      const { to } = await bodyOf(request);
      const answer = JSON.stringify({
        messaging_product: 'whatsapp',
        contacts: [{ input: to, wa_id: to?.replace('+', '') }],
        messages: [{ id: `wamid.HBgM${arrivals.length.toString(16).padStart(40, 'B')}` }],
      });
      const reply = () => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length });
        response.end(answer);
      };
      if (delay === 0) reply();
      else setTimeout(reply, delay);
    });
    server.keepAliveTimeout = 75_000;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  },
  /** Forgets what arrived, and answers after so many milliseconds from now on. */
  begin(milliseconds: number): void {
    arrivals = [];
    delay = milliseconds;
  },
  /** Sends per second after the first quarter, which is for warming up. */
  arrived(): { count: number; perSecond: number } {
    const from = arrivals[Math.floor(arrivals.length / 4)] ?? 0;
    const to = arrivals.at(-1) ?? 0;
    const counted = arrivals.length - 1 - Math.floor(arrivals.length / 4);
    return { count: arrivals.length, perSecond: (counted * 1000) / Math.max(1, to - from) };
  },
};

function bodyOf(request: IncomingMessage): Promise<{ to?: string }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
  });
}

/** A pretend Graph API of the least effort; the simulator would measure itself. */
export type GraphApiServer = typeof orders;

serve(orders);
