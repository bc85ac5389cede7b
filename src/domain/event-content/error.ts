/** A trouble that Meta reports beside messages, such as a rate that was exceeded (meta-facts §4.2). */
export type ErrorContent = {
  /** Meta's number for it; null when it gives none. */
  code: number | null;
  title: string | null;
  details: string | null;
  /** Where Meta explains it; sometimes without the host. */
  href: string | null;
};
