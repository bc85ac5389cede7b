/**
 * The gateway cannot start, for a reason that a person can remove: a port in use, a folder that cannot be
 * written, a damaged or newer database, a second process. `message` says what was found, `remedy` is the next step.
 */
export class StartError extends Error {
  override name = 'StartError';
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}
