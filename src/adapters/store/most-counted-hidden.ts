/** Events that a filter hid are counted up to here: counting on would take longer than anybody waits for a page. */
export const MOST_COUNTED_HIDDEN = 10_000;
