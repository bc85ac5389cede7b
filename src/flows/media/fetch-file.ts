import { type Failure, type FailureCode, failureOf } from '../../domain/failure.ts';
import type { MediaFile } from '../../domain/media-file.ts';
import { failureOfMetaError } from '../../whatsapp/error-catalogue.ts';
import type { GraphError } from '../../whatsapp/graph-answers/read-graph-error.ts';
import type { MediaFacts } from '../../whatsapp/graph-answers/read-media-facts.ts';
import type { Sender } from '../outbound/send-due.ts';
import type { GraphMedia } from './graph-media.ts';
import { type MediaShelf, type ReceivedFile, ShelfFailure } from './media-shelf.ts';

/** What came of a try to fetch a file. Whoever gets one keeps it, or throws it away. */
export type Fetched = { file: ReceivedFile; mimeType: string | null } | { failure: Failure };

/** What a try needs. `mostBytes`: the largest file that is kept. */
export type FetchParts = {
  graph: GraphMedia;
  shelf: Pick<MediaShelf, 'receive'>;
  sender: Sender;
  mostBytes: number;
  signal: AbortSignal;
};

/** What Meta's error says about every call alike; other codes say only that there is no such file for us. */
const aboutEveryCall: readonly FailureCode[] = [
  'access-token-refused',
  'permission-missing',
  'call-rate-exceeded',
  'meta-unavailable',
  'account-restricted',
];

/**
 * Fetches a file from Meta once: asks where it lies now, takes its bytes in, and looks whether they are what Meta
 * announced. Never throws for what Meta, the network or the disk do.
 */
export async function fetchFile({ id, mimeType }: MediaFile, parts: FetchParts): Promise<Fetched> {
  const { graph, sender, mostBytes } = parts;
  if (!sender.ready) return { failure: failureOf(sender.failure) };
  const { accessToken } = sender;
  const found = await graph.findFile({ mediaId: id, accessToken });
  if (found.got === 'refusal') return { failure: refusalOf(found.error) };
  if (found.got === 'nothing') return unavailable(found.reason);
  const facts = found.value;
  if ((facts.size ?? 0) > mostBytes) return tooLarge(mostBytes);
  const came = await download(facts, accessToken, parts);
  if ('failure' in came) return came;
  return { file: came.file, mimeType: facts.mimeType ?? mimeType };
}

async function download(
  facts: MediaFacts,
  accessToken: string,
  { graph, shelf, mostBytes, signal }: FetchParts,
): Promise<{ file: ReceivedFile } | { failure: Failure }> {
  const download = await graph.download({ url: facts.url, accessToken, signal });
  if (download.got === 'nothing') return unavailable(download.reason);
  let file: ReceivedFile | null;
  try {
    file = await shelf.receive(download.bytes, mostBytes);
  } catch (failure) {
    if (failure instanceof ShelfFailure) return notKept(failure);
    return unavailable('The connection broke before the file was complete');
  }
  if (file === null) return tooLarge(mostBytes);
  const difference = differenceOf(file, facts);
  if (difference === null) return { file };
  await file.discard();
  return { failure: failureOf('media-broken', { code: null, details: difference }) };
}

function differenceOf(file: ReceivedFile, { size, sha256 }: MediaFacts): string | null {
  if (size !== null && size !== file.size) return `${size} bytes were announced, ${file.size} came.`;
  return sha256 !== null && sha256 !== file.sha256 ? 'Another SHA-256 was announced.' : null;
}

function refusalOf(error: GraphError): Failure {
  const { code, subcode, message } = error;
  const failure = failureOfMetaError({ code, subcode, title: message, details: null, transient: false });
  if (aboutEveryCall.includes(failure.code)) return failure;
  return failureOf('media-unavailable', { code, details: message });
}

function unavailable(reason: string): { failure: Failure } {
  return { failure: failureOf('media-unavailable', { code: null, details: `${reason}.` }) };
}

function tooLarge(mostBytes: number): { failure: Failure } {
  const details = `At most ${mostBytes / 1024 / 1024} MB are kept.`;
  return { failure: failureOf('media-too-large', { code: null, details }) };
}

/** The place where files are kept does not do its work. */
export function notKept({ reason }: ShelfFailure): { failure: Failure } {
  return { failure: failureOf('media-not-kept', { code: null, details: `The system said ${reason}.` }) };
}
