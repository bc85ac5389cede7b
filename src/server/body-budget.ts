/**
 * The bytes of webhooks that were received and are not yet committed, counted across all connections, so that
 * no crowd of senders can fill the memory.
 */
export type BodyBudget = {
  /**
   * Opens the share of one request before its body is read. `expected` is the number of bytes it announces, or
   * 1 when it does not say. Null when so many do not fit now; nothing is reserved for bytes that were only
   * announced, or liars would use the budget up for nothing.
   */
  open(expected: number): BodyShare | null;
  /** Bytes held at this moment; `unverified` are a part of `total`. */
  held(): { total: number; unverified: number };
};

/** What one request holds of the budget. */
export type BodyShare = {
  /** Counts bytes that arrived. False, and nothing counted, when they do not fit. */
  take(bytes: number): boolean;
  /** The signature matched: these bytes no longer count as a stranger's. */
  verified(): void;
  /** Gives everything back; again does nothing. */
  release(): void;
};

const mebibyte = 1024 * 1024;

/**
 * A budget of `total` bytes (64 MiB), of which at most `unverified` (half of it) may be held by requests whose
 * signature has not been checked. So strangers who send slowly cannot shut out what Meta signed and a slow disk
 * still holds back.
 */
export function createBodyBudget(options: { total?: number; unverified?: number } = {}): BodyBudget {
  const total = options.total ?? 64 * mebibyte;
  const unverified = options.unverified ?? Math.floor(total / 2);
  let held = 0;
  let heldUnverified = 0;

  const fits = (bytes: number) => held + bytes <= total && heldUnverified + bytes <= unverified;

  function open(expected: number): BodyShare | null {
    if (!fits(expected)) return null;
    let own = 0;
    let ownUnverified = 0;
    return {
      take: (bytes) => {
        if (!fits(bytes)) return false;
        held += bytes;
        heldUnverified += bytes;
        own += bytes;
        ownUnverified += bytes;
        return true;
      },
      verified: () => {
        heldUnverified -= ownUnverified;
        ownUnverified = 0;
      },
      release: () => {
        held -= own;
        heldUnverified -= ownUnverified;
        own = 0;
        ownUnverified = 0;
      },
    };
  }

  return { open, held: () => ({ total: held, unverified: heldUnverified }) };
}
