import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Another site can post a form without being asked, as text or form fields, but never JSON. */
export function acceptJsonOnly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => {
      try {
        return JSON.parse(body);
      } catch {
        // The schema of the route refuses it, with a sentence about what it wants.
        return undefined;
      }
    },
  );
}
