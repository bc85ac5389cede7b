import type { Status } from '../../../../domain/status.ts';
import { type StatusRow, statusesOfRows } from '../../rows/status-row.ts';
import type { StoreContext } from '../context.ts';
import { all } from '../statement.ts';

/** The statuses kept of a message, in their order. */
export function readStatuses(context: StoreContext, messageId: string): Status[] {
  return statusesOfRows(
    messageId,
    all<StatusRow>(
      context.database,
      'select name, participant, at, key, errors from statuses where message = ? order by at, key',
      context.messageReference(messageId),
    ),
  );
}
