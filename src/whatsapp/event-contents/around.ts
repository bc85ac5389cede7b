import type { JsonObject } from '../../domain/json.ts';

/** What stands around an element in its webhook, as far as it helps to read it. */
export type Around = {
  /** The webhook field of its change; null when Meta tells none. */
  field: string | null;
  /** The list that it is an element of, such as `statuses`; null for a whole value. */
  list: string | null;
  /** The change value that it stands in, with the contacts; null when there is none. */
  value: JsonObject | null;
  /** Why there is no element to read; null when there is one. */
  unreadable: 'not-json' | 'nested-too-deep' | null;
};

/** For an element that came from nowhere. */
export const nothingAround: Around = { field: null, list: null, value: null, unreadable: null };
