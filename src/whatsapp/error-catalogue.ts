import { type Failure, type FailureCode, failureOf } from '../domain/failure.ts';

/** Meta's error codes that sending can meet, by what they mean (meta-facts §5). */
const meanings: readonly (readonly [FailureCode, ...number[]])[] = [
  ['access-token-refused', 0, 190],
  ['unexplained-by-meta', 1, 131000],
  // 2494100 and 131057: maintenance, such as a change of throughput; it lasts minutes.
  ['meta-unavailable', 2, 131016, 131057, 133004, 2494100],
  ['permission-missing', 3, 10, 131005],
  ['call-rate-exceeded', 4, 80007],
  ['phone-number-id-wrong', 33],
  ['request-invalid', 100, 131008, 131009, 131021, 131051, 131052, 131053, 131055],
  ['request-invalid', 131062, 131063, 134100, 135000],
  ['account-restricted', 368, 131031],
  ['recipient-blocked', 130403],
  ['throughput-exceeded', 130429],
  ['withheld-by-meta', 130472, 131049],
  ['country-restricted', 130497],
  ['recipient-unreachable', 131026],
  ['recipient-not-allowed', 131030],
  ['display-name-pending', 131037],
  ['payment-problem', 131042, 131044],
  ['window-closed', 131047],
  ['spam-limited', 131048],
  ['recipient-opted-out', 131050],
  ['pair-rate-exceeded', 131056],
  ['template-parameters-wrong', 132000, 132005, 132007, 132008, 132012, 132018],
  ['template-missing', 132001],
  ['template-unavailable', 132015, 132016, 134102],
  // All of these concern our own number: never registered, half deregistered, or to be verified again.
  ['business-phone-not-registered', 131045, 133000, 133006, 133010],
];

const failureCodes = new Map(
  meanings.flatMap(([failure, ...codes]) => codes.map((code) => [code, failure] as const)),
);

/**
 * What an error of Meta means for a notification, whether it came as the answer of the send call or in a
 * `failed` status.
 *
 * @param error `subcode`: Graph's `error_subcode`; `transient`: Graph's `is_transient`, which says of a code
 *   that is not listed here that the same request may succeed later
 */
export function failureOfMetaError(error: {
  code: number;
  title: string | null;
  details: string | null;
  subcode?: number | null;
  transient?: boolean;
}): Failure {
  return failureOf(meaningOf(error), { code: error.code, details: error.details ?? error.title });
}

/** What a code of Meta's means by itself; null when this version does not know it. */
export function failureCodeOfMeta(code: number): FailureCode | null {
  return code >= 200 && code <= 299 ? 'permission-missing' : (failureCodes.get(code) ?? null);
}

/** Meta's codes that are listed under a failure, ascending; ranges are not listed. */
export function metaCodesOf(failure: FailureCode): number[] {
  return meanings
    .flatMap(([meaning, ...codes]) => (meaning === failure ? codes : []))
    .sort((one, other) => one - other);
}

function meaningOf(error: Parameters<typeof failureOfMetaError>[0]): FailureCode {
  const { code } = error;
  if (code === 100 && namesAMissingObject(error)) return 'phone-number-id-wrong';
  return failureCodeOfMeta(code) ?? (error.transient === true ? 'meta-unavailable' : 'meta-refused');
}

/** Graph answers 100 with subcode 33 when the id in the path names nothing that the token may see. */
function namesAMissingObject(error: Parameters<typeof failureOfMetaError>[0]): boolean {
  return error.subcode === 33 || /\bdoes not exist\b/i.test(`${error.title} ${error.details}`);
}
