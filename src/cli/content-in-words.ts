import { z } from 'zod';
import { isJsonObject } from '../domain/json.ts';

/** As much of what a notification says as a command shows. */
export const shownContentSchema = z.looseObject({ type: z.string() });

/** What a notification says, in a line: its words, or its type with what names it. */
export function contentInWords(content: z.infer<typeof shownContentSchema>): string {
  const { type, body, name, caption, filename, link, emoji, interactive } = content;
  if (type === 'text' && typeof body === 'string') return body;
  const words = isJsonObject(interactive) && isJsonObject(interactive.body) ? interactive.body.text : null;
  const named = [words, emoji, caption, name, filename, link].find(
    (candidate) => typeof candidate === 'string' && candidate !== '',
  );
  return typeof named === 'string' ? `${type}: ${named}` : type;
}
