import type { Deliver } from './delivery.ts';

/**
 * Where deliveries go: an HTTP address or a broker. `deliver` never rejects, and may be called again before the one
 * before has ended. It answers 200 to 299 only when the delivery is taken for good: by HTTP's own answer, or when the
 * broker has confirmed that it keeps the message. A connection is opened when one is needed, and anew after it broke.
 */
export type Destination = { deliver: Deliver; close(): Promise<void> };
