/**
 * Meta's error codes (meta-facts §5): one entry each, by families, with what it means for a notification and its
 * cure for people. A new code is an entry in `error-catalogue/`.
 */
import { type Failure, type FailureCode, failureOf } from '../domain/failure.ts';
import { accessErrors } from './error-catalogue/access.ts';
import { accountErrors } from './error-catalogue/account.ts';
import type { CatalogueEntry, ErrorFamily } from './error-catalogue/entry.ts';
import { incomingErrors } from './error-catalogue/incoming.ts';
import { limitErrors } from './error-catalogue/limits.ts';
import { recipientErrors } from './error-catalogue/recipient.ts';
import { registrationErrors } from './error-catalogue/registration.ts';
import { requestErrors } from './error-catalogue/request.ts';
import { serviceErrors } from './error-catalogue/service.ts';
import { templateErrors } from './error-catalogue/template.ts';
import { templateServiceErrors } from './error-catalogue/template-service.ts';
import { withheldErrors } from './error-catalogue/withheld.ts';

/** Every family, those that people meet first at the beginning. */
export const errorFamilies: readonly ErrorFamily[] = [
  registrationErrors,
  recipientErrors,
  withheldErrors,
  templateErrors,
  requestErrors,
  accessErrors,
  limitErrors,
  accountErrors,
  serviceErrors,
  incomingErrors,
  templateServiceErrors,
];

const entries = errorFamilies.flatMap((family) => family.entries);
const ranges = entries.filter(({ lastCode }) => lastCode !== undefined);
const entriesByCode = new Map(entries.map((entry) => [entry.code, entry]));

/** The entry of a code, whose range it may be in; null when this version does not know it. */
export function entryOfMetaCode(code: number): CatalogueEntry | null {
  const ofRange = ranges.find((range) => code > range.code && code <= (range.lastCode ?? range.code));
  return entriesByCode.get(code) ?? ofRange ?? null;
}

/**
 * What an error of Meta means for a notification, whether it came as the answer of the send call or in a
 * `failed` status.
 *
 * @param error `subcode`: Graph's `error_subcode`; `transient`: Graph's `is_transient`, which says of a code
 *   that is not listed here that the same request may succeed later
 */
export function failureOfMetaError(error: {
  code: number | null;
  title: string | null;
  details: string | null;
  subcode?: number | null;
  transient?: boolean;
}): Failure {
  return failureOf(meaningOf(error), { code: error.code, details: error.details ?? error.title });
}

/** What a code of Meta's means for a notification by itself; null when nothing is known of that. */
export function failureCodeOfMeta(code: number): FailureCode | null {
  return entryOfMetaCode(code)?.failure ?? null;
}

/** Meta's codes that are listed under a failure, ascending; ranges are not listed. */
export function metaCodesOf(failure: FailureCode): number[] {
  return entries
    .filter((entry) => entry.failure === failure && entry.lastCode === undefined)
    .map(({ code }) => code)
    .sort((one, other) => one - other);
}

function meaningOf(error: Parameters<typeof failureOfMetaError>[0]): FailureCode {
  const { code } = error;
  if (code === null) return 'refused-without-code';
  if (code === 100 && namesAMissingObject(error)) return 'phone-number-id-wrong';
  return failureCodeOfMeta(code) ?? (error.transient === true ? 'meta-unavailable' : 'meta-refused');
}

/** Graph answers 100 with subcode 33 when the id in the path names nothing that the token may see. */
function namesAMissingObject(error: Parameters<typeof failureOfMetaError>[0]): boolean {
  return error.subcode === 33 || /\bdoes not exist\b/i.test(`${error.title} ${error.details}`);
}
