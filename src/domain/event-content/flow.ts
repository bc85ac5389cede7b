type Flow = {
  /** Meta's own word, such as `FLOW_STATUS_CHANGE`. */
  event: string | null;
  flowId: string | null;
  /** Meta's sentence. */
  message: string | null;
};

type FlowAlert = Flow & {
  /** `ACTIVATED` when it begins; Meta's word. */
  alertState: string | null;
  /** What must not be exceeded: per cent of an error rate, milliseconds of a latency. */
  threshold: number | null;
};

/** What becomes of a WhatsApp Flow (meta-facts §3.1, `flows`). */
export type FlowContent =
  /** It was published, deprecated, throttled, blocked … */
  | (Flow & { form: 'status'; formerStatus: string | null; status: string | null })
  /** Too many requests of the Flow go wrong, on the person's phone or at the endpoint of the business. */
  | (FlowAlert & {
      form: 'error-rate';
      /** In per cent. */
      errorRate: number | null;
      errors: { type: string | null; rate: number | null; count: number | null }[];
    })
  /** The endpoint of the business takes too long; in milliseconds. */
  | (FlowAlert & {
      form: 'latency';
      p90: number | null;
      p50: number | null;
      requests: number | null;
    })
  /** Its version will soon not be sent any more. */
  | (Flow & { form: 'version-expiry' })
  | (Flow & { form: 'other' });
