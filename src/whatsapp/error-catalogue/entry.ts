import type { Appearance, ErrorFamilyName, Fault } from '../../domain/error-facts.ts';
import type { FailureCode } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';

/**
 * A command or a call of Recado's that does the cure's decisive step. What a person fills in stands in
 * `<angle brackets>`, or in `{braces}` in an address.
 */
type FixAction = `recado ${string}` | `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /v1/${string}`;

/** What an error means and what to do, in one language. */
export type ErrorText = {
  /** What happened, in whole sentences. */
  meaning: string;
  /** The cure in order; each step can be done before the next is read. */
  steps: readonly [string, ...string[]];
};

/**
 * Whether the same call helps later, for errors that no row of the failure table speaks of. `after` is in
 * milliseconds, and null where only `details` of the error says how long to wait.
 */
type OwnRetry = { help: 'never' } | { help: 'after-cure' } | { help: 'later'; after: number | null };

/** One error of Meta's, or a range of them that mean the same. Facts are those of meta-facts §5. */
export type CatalogueEntry = Readonly<Record<Language, ErrorText>> & {
  code: number;
  /** The end of a range that begins with `code`. */
  lastCode?: number;
  /** Meta's own title; null where none is known. */
  title: string | null;
  /** The HTTP status of Meta's answer; null where none is known, or where it comes in webhooks alone. */
  httpStatus: number | null;
  /** False for what is known from users of the platform, and not from Meta's own list. */
  documented: boolean;
  appears: readonly Appearance[];
  fault: Fault;
  fixAction?: FixAction;
} & (
    | {
        /** What it means for a notification; the failure table says whether Recado tries again. */
        failure: FailureCode;
      }
    | { failure: null; retry: OwnRetry }
  );

/** The errors of one subject. */
export type ErrorFamily = {
  name: ErrorFamilyName;
  /** The subject as a heading. */
  title: Readonly<Record<Language, string>>;
  entries: readonly CatalogueEntry[];
};
