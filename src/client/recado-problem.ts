import type { MistakeBody, ProblemBody } from './generated.ts';

/** What is known of a problem: a problem document of the API, or as much of one as there is. */
export type ProblemFacts = Pick<ProblemBody, 'status' | 'code' | 'title' | 'remedy'> &
  Partial<Pick<ProblemBody, 'detail' | 'errors' | 'notificationId' | 'reference'>>;

/**
 * The one error that the client throws. `code` is a stable word for programs: one of the API's, or, with status
 * 0 or that of whoever answered, `unreachable` (nobody answered, or not in time) and `not-recado` (somebody else
 * did). After `unreachable` it is not known whether a request was taken: repeat it with its idempotency key.
 */
export class RecadoProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** The problem in general. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
  /** This occurrence of the problem. */
  readonly detail: string;
  /** Every mistake of a malformed request. */
  readonly errors: readonly MistakeBody[];
  /** The notification that was refused, or that an idempotency key belongs to. */
  readonly notificationId: string | null;
  /** Where to look in Recado's log, when Recado itself failed. */
  readonly reference: string | null;
  /** Seconds to wait before asking again, when there was too much at once. */
  readonly retryAfter: number | null;

  constructor(facts: ProblemFacts, options: { cause?: unknown; retryAfter?: number | null } = {}) {
    const detail = facts.detail ?? facts.title;
    super(`${detail} ${facts.remedy}`, 'cause' in options ? { cause: options.cause } : {});
    this.name = 'RecadoProblem';
    this.status = facts.status;
    this.code = facts.code;
    this.title = facts.title;
    this.remedy = facts.remedy;
    this.detail = detail;
    this.errors = facts.errors ?? [];
    this.notificationId = facts.notificationId ?? null;
    this.reference = facts.reference ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** The problem of an answer that is no good one: its problem document, when it is Recado's. */
export function problemOf(
  base: string,
  { status, headers }: Response,
  document: Partial<ProblemBody> | null,
): RecadoProblem {
  const { code, title, remedy, ...more } = document ?? {};
  if (typeof code !== 'string' || typeof title !== 'string' || typeof remedy !== 'string') {
    return notRecado(base, status);
  }
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return new RecadoProblem(
    { ...more, code, title, remedy, status },
    { retryAfter: Number.isFinite(seconds) ? seconds : null },
  );
}

/** Nobody answered, or not in time. */
export function unreachable(base: string, cause: unknown): RecadoProblem {
  return new RecadoProblem(
    {
      status: 0,
      code: 'unreachable',
      title: `${base} did not answer.`,
      remedy:
        'Check the address, and that the gateway runs (`recado serve`). Repeat a notification with the same idempotency key.',
    },
    { cause },
  );
}

/** Somebody answered who is not Recado. */
export function notRecado(base: string, status: number): RecadoProblem {
  return new RecadoProblem({
    status,
    code: 'not-recado',
    title: `${base} answers (HTTP ${status}), but not as Recado does.`,
    remedy: 'Check the address, and what stands between: another program or a proxy answered.',
  });
}
