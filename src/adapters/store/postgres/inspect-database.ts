import type { DatabaseEvidence } from '../../../flows/setup/doctor-ports.ts';
import { StoreFailure } from '../store-failure.ts';
import { openDatabase } from './database.ts';
import { describeEngine } from './operations/describe-engine.ts';

/** There is no such table: the first start makes it. */
const UNDEFINED_TABLE = '42P01';

/**
 * What can be said of a database of PostgreSQL without a gateway. That it takes a commit is proved by one which writes
 * what is there already.
 *
 * @param options as the store is opened with
 */
export async function inspectServer(options: {
  url: string;
  directUrl: string | null;
}): Promise<DatabaseEvidence> {
  const { url, directUrl } = options;
  const database = openDatabase({
    url,
    connections: 1,
    applicationName: 'recado doctor',
    pooled: directUrl !== null,
  });
  const nothing = { engine: 'PostgreSQL', durable: true, space: null, lag: 0 };
  try {
    const { name: engine, durable } = await describeEngine({ database });
    const began = performance.now();
    const begun = await database.run('update installation set created_at = created_at').then(
      () => true,
      (failure: unknown) => {
        if (codeOf(failure) !== UNDEFINED_TABLE) throw failure;
        return false;
      },
    );
    const milliseconds = begun ? performance.now() - began : null;
    return { ...nothing, engine, durable, commit: { done: true, milliseconds } };
  } catch (failure) {
    return { ...nothing, commit: { done: false, code: codeOf(failure) } };
  } finally {
    await database.close();
  }
}

function codeOf(failure: unknown): string {
  return failure instanceof StoreFailure ? failure.code : 'unknown';
}
