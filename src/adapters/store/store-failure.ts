/**
 * Why a store operation failed: `data` when the values themselves cannot be stored, so that another try with
 * the same ones is useless; `infrastructure` for everything else, such as a full disk, or a commit of which nobody
 * knows whether it happened.
 */
export type StoreFailureKind = 'data' | 'infrastructure';

/** A failed store operation, as the callers of the store see it. */
export class StoreFailure extends Error {
  override name = 'StoreFailure';
  readonly kind: StoreFailureKind;
  readonly code: string;
  constructor(kind: StoreFailureKind, code: string, message: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}
