import { signBody } from '../../src/whatsapp/signature.ts';
import { benchAppSecret, createBodies } from '../bodies.ts';

/** Makes signed webhooks ready to be written to a socket: each call gives new ones, never one twice. */
export function createPreparedRequests(): (count: number) => Buffer[] {
  const bodyAt = createBodies();
  let next = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const body = Buffer.from(JSON.stringify(bodyAt(next)));
      next += 1;
      const head = [
        'POST /webhooks/whatsapp/ HTTP/1.1',
        'Host: 127.0.0.1',
        'Accept: */*',
        'User-Agent: facebookexternalua',
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        `X-Hub-Signature-256: ${signBody(body, benchAppSecret)}`,
        '\r\n',
      ].join('\r\n');
      return Buffer.concat([Buffer.from(head, 'latin1'), body]);
    });
}
