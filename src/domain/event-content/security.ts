/** Something about the PIN of a business phone (meta-facts §3.1, `security`). */
export type SecurityContent = {
  /** `PIN_CHANGED`, `PIN_RESET_REQUEST` or `PIN_REQUEST_SUCCESS`; Meta's own word. */
  event: string | null;
  displayNumber: string | null;
  /** The id of who asked for it. */
  requester: string | null;
};
