import { DatabaseError } from 'pg';
import { LeaseLost } from '../../../runtime/lease.ts';
import { StartError } from '../../../runtime/start-error.ts';
import { StoreFailure } from '../store-failure.ts';

/** The SQLSTATE with which `hold_lease` refuses; its message is the unit. */
const LEASE_LOST = 'RC001';

/** Classes of SQLSTATE that say that the values cannot be stored: data exception, constraint, a limit of the program. */
const dataClasses = ['22', '23', '54'];

/**
 * Any failure of PostgreSQL or of the way to it as the callers of the store know it. A commit of which nobody knows
 * whether it happened is one of the infrastructure, so that whoever waits for it asks again.
 */
export function asStoreFailure(failure: unknown): Error {
  if (failure instanceof StoreFailure || failure instanceof StartError || failure instanceof LeaseLost)
    return failure;
  if (failure instanceof DatabaseError) {
    const code = failure.code ?? 'UNKNOWN';
    if (code === LEASE_LOST) return new LeaseLost(failure.message);
    const kind = dataClasses.some((start) => code.startsWith(start)) ? 'data' : 'infrastructure';
    return new StoreFailure(kind, code, failure.message);
  }
  const message = failure instanceof Error ? failure.message : String(failure);
  // A value that cannot be serialised is a fault of the data, whatever class it is thrown as.
  if (failure instanceof TypeError || failure instanceof RangeError)
    return new StoreFailure('data', 'UNEXPECTED', message);
  return new StoreFailure('infrastructure', codeOf(failure), message);
}

function codeOf(failure: unknown): string {
  if (failure instanceof Error && 'code' in failure && typeof failure.code === 'string') return failure.code;
  return 'CONNECTION';
}
