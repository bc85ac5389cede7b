import type { Json, JsonObject } from '../../domain/json.ts';
import type { Media, MediaContent } from '../../domain/message-content/media.ts';
import { readFlag, readObject, readText } from '../wire-values.ts';

/** A picture, film or file (meta-facts §4.2). */
export function readFile(type: 'image' | 'video' | 'document', element: JsonObject): MediaContent {
  return { type, media: readMedia(element[type]) };
}

/** Sound. The old type `voice` is a recording by its name. */
export function readAudio(element: JsonObject): MediaContent {
  const audio = readObject(element.audio);
  return { type: 'audio', media: readMedia(audio ?? undefined), voice: readFlag(audio?.voice) ?? false };
}

/** A recording, as the platform before the Cloud API said it (meta-facts §4.2, notes). */
export function readVoice(element: JsonObject): MediaContent {
  return { type: 'audio', media: readMedia(element.voice), voice: true };
}

/** A sticker. */
export function readSticker(element: JsonObject): MediaContent {
  const sticker = readObject(element.sticker);
  return {
    type: 'sticker',
    media: readMedia(sticker ?? undefined),
    animated: readFlag(sticker?.animated) ?? false,
  };
}

function readMedia(value: Json | undefined): Media {
  const media = readObject(value);
  return {
    id: readText(media?.id),
    url: readText(media?.url),
    mimeType: readText(media?.mime_type),
    sha256: readText(media?.sha256),
    caption: readText(media?.caption),
    filename: readText(media?.filename),
  };
}
