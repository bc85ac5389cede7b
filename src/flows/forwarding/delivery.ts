/** One request to an endpoint. */
export type Delivery = {
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
};

/** Why no answer came. */
export type DeliveryFault =
  /** The address lies in a closed network; nothing was sent. */
  | 'address-forbidden'
  | 'name-not-found'
  | 'refused'
  /** No connection in time. */
  | 'connecting-timed-out'
  /** The request was sent and no answer came in time. */
  | 'answering-timed-out'
  /** A certificate that is none of a known authority, has ended, or belongs to another name. */
  | 'tls'
  /** The connection broke, or what came was no HTTP. */
  | 'broken-off';

/** What became of a delivery. Times in milliseconds. */
export type DeliveryResult =
  | {
      outcome: 'answered';
      status: number;
      took: number;
      /** The header `Retry-After` as it came; null without one. */
      retryAfter: string | null;
      /** The beginning of the answer, without control characters. */
      excerpt: string;
    }
  | {
      outcome: 'unanswered';
      fault: DeliveryFault;
      took: number /** What was found, for people. */;
      found: string;
    };

/** Delivers to an endpoint. Never rejects; when `signal` aborts, the delivery counts as broken off. */
export type Deliver = (delivery: Delivery, signal?: AbortSignal) => Promise<DeliveryResult>;
