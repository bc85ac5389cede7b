import type { MetaError } from '../status.ts';

/** A trouble that Meta reports beside messages, such as a rate that was exceeded (meta-facts §4.2). */
export type ErrorContent = MetaError & {
  /** Where Meta explains it; sometimes without the host. */
  href: string | null;
};
