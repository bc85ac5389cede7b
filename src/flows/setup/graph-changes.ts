import type { JsonObject } from '../../domain/json.ts';
import type { GraphError } from '../../whatsapp/graph-answers/read-graph-error.ts';
import type { Callback } from './connection-plan.ts';

/** What came of one change at Meta; never thrown, never tried twice. Shows no secret. */
export type GraphChange =
  | { outcome: 'done' }
  /** Meta answered with its error envelope. */
  | { outcome: 'refused'; error: GraphError }
  /** Nobody answered, or not as Meta does; `reason` is a sentence without its full stop. */
  | { outcome: 'unanswered'; reason: string };

/** What Recado changes in Meta's books (meta-facts §7.2). Where a callback is named, Meta calls it meanwhile. */
export type GraphChanges = {
  /** The app's webhook; only the app's own token, made of its id and secret, may set it. */
  setAppCallback(change: {
    appId: string;
    appSecret: string;
    callback: Callback;
    fields: readonly string[];
  }): Promise<GraphChange>;
  /** Tells the token's app of a WhatsApp account, by a callback of its own or, with null, by the app's. */
  subscribeAccount(change: {
    wabaId: string;
    accessToken: string;
    override: Callback | null;
  }): Promise<GraphChange>;
  /** Submits a template for approval. */
  createTemplate(change: { wabaId: string; accessToken: string; template: JsonObject }): Promise<GraphChange>;
  /** Submits other parts, or another category, of a template for approval. */
  editTemplate(change: {
    templateId: string;
    accessToken: string;
    template: JsonObject;
  }): Promise<GraphChange>;
  /** Deletes a template in all of its languages. */
  deleteTemplate(change: { wabaId: string; accessToken: string; name: string }): Promise<GraphChange>;
  /** Sets the callback of one business phone; null takes it away. */
  overridePhone(change: {
    phoneNumberId: string;
    accessToken: string;
    override: Callback | null;
  }): Promise<GraphChange>;
};
