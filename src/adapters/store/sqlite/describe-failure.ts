import Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';
import { StoreFailure, type StoreFailureKind } from '../store-failure.ts';

/** The plain form of a failure that can cross between threads. */
export type DescribedFailure = {
  kind: StoreFailureKind;
  code: string;
  message: string;
  remedy: string | null;
};

const dataCodes = ['SQLITE_CONSTRAINT', 'SQLITE_MISMATCH', 'SQLITE_TOOBIG', 'SQLITE_RANGE'];

/** Turns anything thrown inside a store thread into plain data. */
export function describeFailure(failure: unknown): DescribedFailure {
  if (failure instanceof StoreFailure) {
    return { kind: failure.kind, code: failure.code, message: failure.message, remedy: null };
  }
  if (failure instanceof StartError) {
    return { kind: 'infrastructure', code: 'START', message: failure.message, remedy: failure.remedy };
  }
  if (failure instanceof Database.SqliteError) {
    const data = dataCodes.some((code) => failure.code.startsWith(code));
    return {
      kind: data ? 'data' : 'infrastructure',
      code: failure.code,
      message: failure.message,
      remedy: null,
    };
  }
  // A value that cannot be bound or serialised is a fault of the data, whatever class it is thrown as.
  const data = failure instanceof TypeError || failure instanceof RangeError;
  const message = failure instanceof Error ? failure.message : String(failure);
  return { kind: data ? 'data' : 'infrastructure', code: 'UNEXPECTED', message, remedy: null };
}

/** The opposite of `describeFailure`, on the other side. */
export function revivedFailure(described: DescribedFailure): Error {
  return described.remedy === null
    ? new StoreFailure(described.kind, described.code, described.message)
    : new StartError(described.message, described.remedy);
}
