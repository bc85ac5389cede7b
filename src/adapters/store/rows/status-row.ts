import { type Status, statusNames } from '../../../domain/status.ts';

/** A row of `statuses`. */
export type StatusRow = {
  name: Status['name'];
  participant: string;
  at: number;
  key: string;
  errors: string;
};

/**
 * The statuses kept of a message, earliest first, and of one second (Meta gives no finer time) in the order of
 * the ladder. Who received it is not kept with them.
 *
 * @param rows ordered by time and key
 */
export function statusesOfRows(messageId: string, rows: readonly StatusRow[]): Status[] {
  return rows
    .toSorted((one, other) => one.at - other.at || rung(one) - rung(other))
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
