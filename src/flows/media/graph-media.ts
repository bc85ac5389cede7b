import type { Failure } from '../../domain/failure.ts';
import type { MediaFacts } from '../../whatsapp/graph-answers/read-media-facts.ts';
import type { GraphReading } from '../setup/graph-reads.ts';

/** Bytes on their way from Meta, or why there are none; `reason` is a sentence without its full stop. */
export type Download =
  | { got: 'bytes'; bytes: AsyncIterable<Uint8Array> }
  | { got: 'nothing'; reason: string };

/** What became of giving a file to Meta. */
export type GivenFile =
  | { outcome: 'uploaded'; id: string }
  | { outcome: 'refused'; failure: Failure }
  /** Whether Meta has it is not known, and does no harm. `reason`: a sentence without its full stop. */
  | { outcome: 'unanswered'; reason: string };

/** Files as Meta keeps them (meta-facts §7.2). */
export type GraphMedia = {
  /** Asks where a file lies; its address is good for five minutes, and with the access token alone. */
  findFile(request: { mediaId: string; accessToken: string }): Promise<GraphReading<MediaFacts>>;
  /**
   * Gets a file's bytes; never throws, but its bytes may. The address comes from Meta and is not trusted: it must
   * be https outside closed networks, or of the Graph API's own origin.
   */
  download(request: { url: string; accessToken: string; signal: AbortSignal }): Promise<Download>;
  /** Gives a file to Meta, to be sent by its id; never throws for what Meta or the network do, and never retries. */
  uploadFile(request: {
    phoneNumberId: string;
    accessToken: string;
    file: {
      bytes(): AsyncIterable<Uint8Array>;
      size: number;
      mimeType: string;
      filename: string | null;
    };
  }): Promise<GivenFile>;
};
