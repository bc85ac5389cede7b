import { Buffer } from 'node:buffer';
import { DatabaseError, Pool, type PoolClient, type QueryResult, types } from 'pg';
import { StoreFailure } from '../store-failure.ts';
import { asStoreFailure } from './as-store-failure.ts';
import { originalText, safeText } from './safe-text.ts';

/** A value of a statement. Rows go as `rowsParameter`. */
export type SqlValue =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | readonly (string | number | boolean | null)[]
  | { toPostgres(): string };

/** A statement with its values. */
export type Statement = { sql: string; values: SqlValue[] };

/** Runs statements: each by itself, or within the transaction that it was made for. */
export type Statements = {
  /** All rows. The row type is the query's own: each query states what it selects. */
  all<Row>(sql: string, ...values: SqlValue[]): Promise<Row[]>;
  /** The first row, or undefined. */
  get<Row>(sql: string, ...values: SqlValue[]): Promise<Row | undefined>;
  /** Runs a statement that gives no rows; answers how many it changed. */
  run(sql: string, ...values: SqlValue[]): Promise<number>;
};

/** Connections to PostgreSQL. Every method rejects with StoreFailure. */
export type Database = Statements & {
  /**
   * Runs statements as one transaction in a single round trip, so that no lock is held while one waits for the other.
   * Answers with the rows of each.
   */
  commit(statements: readonly Statement[], durability?: Durability): Promise<unknown[][]>;
  /** Runs work as one transaction, statement by statement. It must wait for nothing but this database. */
  transaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/** `later`: the next transaction carries it to the disk. Only for what can be made again from what is there. */
type Durability = 'now' | 'later';

/** How long things may take, in milliseconds: beyond, PostgreSQL gives up, and what was begun is undone. */
const limits = { statement: 15_000, lock: 5_000, idleInTransaction: 10_000, connect: 5_000 };

/**
 * Where PostgreSQL warns that somebody told a commit to wait for its replica no longer. It then calls the commit a
 * success, which it is on that machine alone: a failover loses it.
 */
const WAITING_FOR_REPLICA = 'SyncRepWaitForLSN';

/** What every connection of a pool has in common. */
export type DatabaseOptions = {
  url: string;
  connections: number;
  applicationName: string;
  /**
   * Whether PgBouncer in transaction mode may stand in between: then limits are set in each transaction, because it
   * lets through no other settings of a connection.
   */
  pooled: boolean;
};

/** Opens a pool. No connection is made before the first statement. */
export function openDatabase({ url, connections, applicationName, pooled }: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: applicationName,
    connectionTimeoutMillis: limits.connect,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A connection that is dead without having been closed: no answer ever comes.
    query_timeout: limits.statement + 5_000,
    pipeline: true,
    types: { getTypeParser },
    ...(pooled
      ? {}
      : {
          statement_timeout: limits.statement,
          lock_timeout: limits.lock,
          idle_in_transaction_session_timeout: limits.idleInTransaction,
        }),
  });
  // A connection that breaks while nobody uses it is replaced; without a listener the process would end.
  pool.on('error', () => {});
  const setLimits = pooled
    ? `; set local statement_timeout = ${limits.statement}; set local lock_timeout = ${limits.lock}` +
      `; set local idle_in_transaction_session_timeout = ${limits.idleInTransaction}`
    : '';

  async function connected<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    let client: PoolClient;
    try {
      client = await pool.connect();
    } catch (failure) {
      throw asStoreFailure(failure);
    }
    let broken = false;
    // While it is in use it has no listener of the pool.
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    let unreplicated = false;
    const onNotice = ({ routine }: { routine?: string | undefined }) => {
      unreplicated ||= routine === WAITING_FOR_REPLICA;
    };
    client.on('notice', onNotice);
    try {
      const result = await work(client);
      if (unreplicated) {
        throw new StoreFailure(
          'infrastructure',
          'NOT_REPLICATED',
          'A commit waited for no replica any longer.',
        );
      }
      return result;
    } catch (failure) {
      if (!(failure instanceof DatabaseError)) broken = true;
      throw asStoreFailure(failure);
    } finally {
      client.removeListener('error', onError);
      client.removeListener('notice', onNotice);
      client.release(broken);
    }
  }

  const begin = (durability: Durability) =>
    `begin isolation level read committed${setLimits}` +
    (durability === 'later' ? '; set local synchronous_commit = off' : '');

  return {
    ...statementsOn((sql, values) => connected((client) => send(client, sql, values))),
    commit: (statements, durability = 'now') =>
      connected(async (client) => {
        const sent = [
          client.query(begin(durability)),
          ...statements.map(({ sql, values }) => send(client, sql, values)),
          client.query('commit'),
        ];
        const results = await Promise.allSettled(sent);
        const failed = results.find(({ status }) => status === 'rejected');
        if (failed?.status === 'rejected') {
          // PostgreSQL has undone it: a commit of what failed is a rollback.
          throw failed.reason;
        }
        return results.slice(1, -1).map((result) => (result.status === 'fulfilled' ? result.value.rows : []));
      }),
    transaction: (work) =>
      connected(async (client) => {
        await client.query(begin('now'));
        let result: Awaited<ReturnType<typeof work>>;
        try {
          result = await work(statementsOn((sql, values) => send(client, sql, values)));
        } catch (failure) {
          // When this fails too, the first failure says more, and the connection is given up.
          await client.query('rollback').catch(() => client.end());
          throw failure;
        }
        await client.query('commit');
        return result;
      }),
    close: () => pool.end(),
  };
}

function statementsOn(query: (sql: string, values: readonly SqlValue[]) => Promise<QueryResult>): Statements {
  return {
    all: async (sql, ...values) => (await query(sql, values)).rows,
    get: async (sql, ...values) => (await query(sql, values)).rows[0],
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
  };
}

/** Never by a name: PgBouncer in transaction mode would look for the prepared statement on another connection. */
function send(client: PoolClient, sql: string, values: readonly SqlValue[]): Promise<QueryResult> {
  return client.query(sql, values.map(prepared));
}

function prepared(value: SqlValue): unknown {
  if (typeof value === 'string') return safeText(value);
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? safeText(item) : item));
  return value;
}

const INT8 = 20;
const TEXT = 25;

/** Like those of `pg`, but with numbers for bigint and with the original text. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8) return safeNumber;
  if (oid === TEXT) return originalText;
  return types.getTypeParser(oid, format);
}

/** @throws RangeError for what a number cannot hold: nothing here ever counts that far. */
function safeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`The database holds ${text}, which is too large.`);
  return number;
}
