import type { SharedClock } from '../../../runtime/clock.ts';
import type { Database } from './database.ts';

/** The clock of a database, measured again and again until it is closed. */
type DatabaseClock = SharedClock & { close(): void };

const MEASURE_EVERY = 30_000;

/**
 * PostgreSQL's clock, by the difference from this machine's that is measured now and again. It never runs backwards.
 * A measurement that took long says little: of the last few the quickest counts.
 */
export async function openDatabaseClock(database: Database): Promise<DatabaseClock> {
  const measured: { offset: number; took: number }[] = [];
  let latest = 0;

  async function measure(): Promise<void> {
    const before = Date.now();
    const row = await database.get<{ now: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
    );
    const after = Date.now();
    if (row === undefined) return;
    measured.push({ offset: row.now - (before + after) / 2, took: after - before });
    if (measured.length > 4) measured.shift();
  }

  function offset(): number {
    return measured.reduce((best, one) => (one.took <= best.took ? one : best), { offset: 0, took: Infinity })
      .offset;
  }

  for (let round = 0; round < 3; round += 1) await measure();
  const timer = setInterval(() => {
    // Without an answer the last measurement stands.
    measure().catch(() => {});
  }, MEASURE_EVERY);
  timer.unref();

  return {
    now() {
      latest = Math.max(latest, Math.round(Date.now() + offset()));
      return latest;
    },
    skew: () => Math.round(-offset()),
    close: () => clearInterval(timer),
  };
}
