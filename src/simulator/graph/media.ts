import type { JsonObject } from '../../domain/json.ts';
import { messagingScope } from '../accounts/access-token.ts';
import type { BusinessPhoneRecord } from '../accounts/business-phone.ts';
import type { StoredMedia } from '../accounts/media-store.ts';
import type { GraphContext } from './graph-context.ts';
import { type GraphProblem, invalidParameter, problem } from './graph-error.ts';
import { type GraphReply, type GraphRoute, success, type UploadedFile } from './graph-route.ts';

const KB = 1024;
const MB = 1024 * KB;

/** The largest file of a kind, in bytes; of a sticker the animated one (meta-facts §7.2). */
export const sizeLimits = {
  image: 5 * MB,
  audio: 16 * MB,
  video: 16 * MB,
  sticker: 500 * KB,
  document: 100 * MB,
};

/** What a file can be sent as, by its MIME type. */
function mediaKindOf(mimeType: string): keyof typeof sizeLimits {
  const family = mimeType.split('/')[0];
  if (mimeType === 'image/webp') return 'sticker';
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
}

/** `POST /{phone-number-id}/media`, multipart (meta-facts §7.2). */
export function mediaUploadRoutes(phone: BusinessPhoneRecord, { media }: GraphContext): GraphRoute[] {
  function answer(parameters: JsonObject, file: UploadedFile | undefined): GraphReply {
    if (parameters.messaging_product !== 'whatsapp') {
      return { refusal: invalidParameter('The parameter messaging_product is required.') };
    }
    if (file === undefined) return { refusal: invalidParameter('The parameter file is required.') };
    const mimeType = typeof parameters.type === 'string' ? parameters.type : file.mimeType;
    const refusal = refuseFile(mimeType, file.bytes.byteLength);
    if (refusal !== null) return { refusal };
    const owner = { phoneNumberId: phone.phoneNumberId };
    return { body: { id: media.put({ bytes: file.bytes, mimeType, owner }).id } };
  }
  return [
    {
      method: 'POST',
      edge: 'media',
      needs: [messagingScope],
      counts: false,
      answer: ({ parameters, files }) => answer(parameters, files.get('file')),
    },
  ];
}

/** `GET` and `DELETE /{media-id}` (meta-facts §7.2). Each `GET` makes a new address, of five minutes. */
export function mediaRoutes(stored: StoredMedia, { media, graphUrl }: GraphContext): GraphRoute[] {
  function answerGet(phoneNumberId: string | null): GraphReply {
    if (phoneNumberId !== null && phoneNumberId !== stored.phoneNumberId) {
      return { refusal: invalidParameter('Param phone_number_id is not the phone that has this media.') };
    }
    return {
      body: {
        url: `${graphUrl()}${media.address(stored)}`,
        mime_type: stored.mimeType,
        sha256: stored.sha256,
        file_size: stored.size,
        id: stored.id,
        messaging_product: 'whatsapp',
      },
    };
  }
  return [
    {
      method: 'GET',
      edge: null,
      needs: [messagingScope],
      counts: false,
      answer: ({ query }) => answerGet(query.get('phone_number_id')),
    },
    {
      method: 'DELETE',
      edge: null,
      needs: [messagingScope],
      counts: false,
      answer: () => {
        media.delete(stored.id);
        return success;
      },
    },
  ];
}

function refuseFile(mimeType: string, size: number): GraphProblem | null {
  if (!/^[\w.+-]+\/[\w.+-]+(?:\s*;.*)?$/.test(mimeType)) {
    return invalidParameter('Param type must be a MIME type, such as image/jpeg.');
  }
  const kind = mediaKindOf(mimeType);
  const limit = sizeLimits[kind];
  if (size <= limit) return null;
  return problem(131053, `A file of the kind ${kind} may have ${limit} bytes; found ${size}.`);
}
