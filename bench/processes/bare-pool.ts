import { Pool } from 'undici';
import { waIdOf } from '../bodies.ts';
import { serve } from './serve.ts';

const orders = {
  /** Sends so many messages with undici's pool alone, `inFlight` at a time; nothing is kept. */
  async send(options: { port: number; count: number; inFlight: number }): Promise<void> {
    const pool = new Pool(`http://127.0.0.1:${options.port}`, { connections: options.inFlight });
    let next = 0;
    const sendInTurn = async () => {
      while (next < options.count) {
        next += 1;
        const { body } = await pool.request({
          method: 'POST',
          path: '/v25.0/200100200100200/messages',
          headers: { authorization: 'Bearer EAAbench', 'content-type': 'application/json' },
          body: JSON.stringify({
            messaging_product: 'whatsapp',
            recipient_type: 'individual',
            to: `+${waIdOf(next)}`,
            type: 'template',
            template: { name: 'hello_world', language: { code: 'en_US' } },
            biz_opaque_callback_data: `nt_${next}`,
          }),
        });
        await body.json();
      }
    };
    await Promise.all(Array.from({ length: options.inFlight }, sendInTurn));
    await pool.close();
  },
};

export type BarePool = typeof orders;

serve(orders);
