import { type BatchRow, isOver } from '../../domain/batch.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import type { BatchStory } from '../../flows/outbound/batches.ts';
import type { ConsiderNotification } from '../../flows/outbound/take-contract.ts';
import type { BatchBody, BatchPreviewBody, BatchRowPageBody } from '../contract/batch.ts';
import { failureBody } from './notification.ts';
import { isoTime } from './time.ts';

/** A batch as the API shows it. */
export function batchBody({ batch, counts }: BatchStory): BatchBody {
  const { id, name, state } = batch;
  const { total, waiting, invalid } = counts;
  const shown = state !== 'cancelled' && isOver(batch, counts) ? 'done' : state;
  return {
    id,
    name,
    state: shown,
    total,
    waiting,
    invalid,
    states: Object.fromEntries(Object.entries(counts.states)),
    createdAt: isoTime(batch.createdAt),
    updatedAt: isoTime(batch.updatedAt),
  };
}

/** A row of a batch as the API shows it. */
export function batchRowBody(row: BatchRow, language: Language): BatchRowPageBody['data'][number] {
  const { number, to, reference, notificationId, state, because, failure } = row;
  return {
    row: number,
    to,
    reference,
    notificationId,
    state,
    because,
    failure: failureBody(failure, language),
  };
}

/** How many numbers of alike rows are told. */
const ROWS_TOLD = 20;

/** What would become of rows, alike ones together. */
export function batchPreviewBody(
  considered: readonly Awaited<ReturnType<ConsiderNotification>>[],
  language: Language,
): BatchPreviewBody {
  const groups = new Map<
    string,
    { decision: BatchPreviewBody['decisions'][number]['decision']; failure: Failure | null; rows: number[] }
  >();
  for (const [index, one] of considered.entries()) {
    const decision = one.outcome === 'invalid' ? 'invalid' : one.admission.decision;
    const failure =
      one.outcome === 'invalid'
        ? one.failure
        : one.admission.decision === 'refuse'
          ? one.admission.failure
          : null;
    const key = `${decision} ${failure?.code ?? ''}`;
    const group = groups.get(key) ?? { decision, failure, rows: [] };
    group.rows.push(index + 1);
    groups.set(key, group);
  }
  return {
    total: considered.length,
    decisions: [...groups.values()]
      .sort((one, other) => other.rows.length - one.rows.length)
      .map(({ decision, failure, rows }) => ({
        decision,
        failure: failureBody(failure, language),
        count: rows.length,
        rows: rows.slice(0, ROWS_TOLD),
      })),
  };
}
