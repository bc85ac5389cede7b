import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiKeyScope } from '../domain/api-key.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scopes of which a caller needs one; `manage` when left out, so that nothing is open by forgetting. */
    scopes?: readonly ApiKeyScope[];
  }
}

/** Fastify with types taken from the contract's schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
