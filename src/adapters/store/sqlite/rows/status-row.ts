import { type Status, statusNames } from '../../../../domain/status.ts';
import type { StoreContext } from '../context.ts';
import { all } from '../statement.ts';

type StatusRow = { name: Status['name']; participant: string; at: number; key: string; errors: string };

/**
 * The statuses kept of a message, earliest first, and of one second (Meta gives no finer time) in the order of
 * the ladder. Who received it is not kept with them.
 */
export function readStatuses(context: StoreContext, messageId: string): Status[] {
  return all<StatusRow>(
    context.database,
    'select name, participant, at, key, errors from statuses where message = ? order by at, key',
    context.messageReference(messageId),
  )
    .sort((one, other) => one.at - other.at || rung(one) - rung(other))
    .map((row) => ({
      messageId,
      name: row.name,
      participant: row.participant === '' ? null : row.participant,
      at: row.at,
      key: row.key,
      errors: JSON.parse(row.errors),
      callbackData: null,
      recipient: [],
    }));
}

function rung({ name }: StatusRow): number {
  return statusNames.indexOf(name);
}
