/** What Meta believes happened in a chat that an advertisement began (meta-facts §3.1, `automatic_events`). */
export type TrackingContent = {
  /** Meta's own word, such as `LeadSubmitted`. */
  event: string | null;
  /** The message that tells so. */
  messageId: string | null;
  /** Meta's `ctwa_clid`, with which conversions are reported. */
  clickId: string | null;
};
