import type { JsonObject } from '../../domain/json.ts';
import { readObject, readText } from '../wire-values.ts';

/** An app that is told of a WhatsApp Business Account, and the callback that stands in for its own (meta-facts §7.2). */
export type SubscribedApp = { id: string | null; name: string | null; overrideCallback: string | null };

/** Reads the answer of `GET /{waba}/subscribed_apps`; null when it is no list. */
export function readSubscribedApps(body: JsonObject): SubscribedApp[] | null {
  if (!Array.isArray(body.data)) return null;
  return body.data.flatMap((value) => {
    const entry = readObject(value);
    if (entry === null) return [];
    const app = readObject(entry.whatsapp_business_api_data) ?? entry;
    return [
      {
        id: readText(app.id),
        name: readText(app.name),
        overrideCallback: readText(entry.override_callback_uri),
      },
    ];
  });
}
