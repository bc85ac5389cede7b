/**
 * A parser for the answers of one connection: reads statuses and skips bodies, as much HTTP as a load generator
 * needs. It understands Content-Length only; an answer of unknown length ends the measurement instead of
 * spoiling it.
 *
 * @param answered called for each complete answer, with its status
 * @returns takes the bytes as they arrive, in any pieces
 */
export function createResponseParser(answered: (status: number) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let status = 0;
  /** Bytes of a body still to come; -1 while the head is awaited. */
  let toCome = -1;

  return (chunk) => {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (toCome === -1) {
        const end = bytes.indexOf('\r\n\r\n');
        if (end === -1) break;
        const head = bytes.toString('latin1', 0, end);
        status = statusOf(head);
        toCome = lengthOf(head, status);
        bytes = bytes.subarray(end + 4);
      }
      const skipped = Math.min(toCome, bytes.length);
      toCome -= skipped;
      bytes = bytes.subarray(skipped);
      if (toCome > 0) break;
      toCome = -1;
      answered(status);
      if (bytes.length === 0) break;
    }
    rest = bytes;
  };
}

function statusOf(head: string): number {
  const status = Number(/^HTTP\/1\.1 (\d{3})(?: |\r|$)/.exec(head)?.[1]);
  if (!Number.isInteger(status)) throw new Error(`This is no answer of HTTP/1.1: ${head.slice(0, 40)}`);
  return status;
}

function lengthOf(head: string, status: number): number {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return Number(length);
  if (status === 204) return 0;
  throw new Error('An answer came without Content-Length, which this load generator cannot measure.');
}
