import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator/simulator.ts';
import { pageHeaders } from './page-files.ts';
import { refuse } from './refuse.ts';

/** What a browser may show as it is. Anything else, such as SVG or HTML, could run; it can only be saved. */
const shown = /^(image\/(jpeg|png|gif|webp)|audio\/[\w.+-]+|video\/(mp4|3gpp|webm))$/;

/**
 * `GET /sandbox/media/{id}`: the bytes of a picture, recording or document on a pretend phone, out of the
 * simulator's memory. Nothing is fetched from anywhere, and what is answered can run nothing.
 */
export function mediaRoute(scope: FastifyInstance, media: Simulator['media']): void {
  scope.get<{ Params: { id: string } }>('/sandbox/media/:id', async (request, reply) => {
    const stored = media.find(request.params.id);
    if (stored === null) return refuse(reply, 'media-unknown');
    const type = stored.mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
    const isShown = shown.test(type);
    return reply
      .headers({
        ...pageHeaders,
        'content-security-policy': "default-src 'none'; sandbox",
        'content-type': isShown ? type : 'application/octet-stream',
        'content-disposition': isShown ? 'inline' : 'attachment',
      })
      .send(Buffer.from(stored.bytes));
  });
}
