/** A file that has come whole, and that nobody can ask for yet. */
export type ReceivedFile = {
  /** Of its bytes, in hexadecimal digits. */
  sha256: string;
  /** In bytes. */
  size: number;
  /** Puts it where its hash leads, for good. Rejects with ShelfFailure. */
  keep(): Promise<void>;
  /** Its bytes once more. */
  bytes(): AsyncIterable<Uint8Array>;
  /** Throws away what was received; what is kept stays. */
  discard(): Promise<void>;
};

/** Where the bytes of files are kept, each once, under their hash. */
export type MediaShelf = {
  /**
   * Takes in bytes as they come.
   *
   * @returns null when they are more than `most`
   * @throws ShelfFailure when they cannot be written; what their source throws passes through
   */
  receive(bytes: AsyncIterable<Uint8Array>, most: number): Promise<ReceivedFile | null>;
  /**
   * The bytes of a kept file, or a part of them, both ends included; null when it is not here. Rejects with
   * ShelfFailure when it cannot be read.
   */
  read(
    file: { sha256: string; size: number },
    part?: { first: number; last: number },
  ): Promise<AsyncIterable<Uint8Array> | null>;
  /** Deletes a file's bytes; it is no mistake when they are not here. Rejects with ShelfFailure. */
  remove(sha256: string): Promise<void>;
};

/** The place where files are kept does not do its work. `reason`: a code of the system, such as `ENOSPC`. */
export class ShelfFailure extends Error {
  override name = 'ShelfFailure';
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The place of files did not do its work: ${reason}.`, options);
    this.reason = reason;
  }
}
