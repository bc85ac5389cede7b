import type { Json, JsonObject } from '../../domain/json.ts';
import type { AccessToken } from '../accounts/access-token.ts';
import type { GraphProblem } from './graph-error.ts';

/** A file of a multipart body. */
export type UploadedFile = { name: string; mimeType: string; bytes: Uint8Array };

/** What a route is given: a call whose token is right and whose object exists. */
export type GraphCall = {
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  /** The parsed JSON body; null when there was none, or it was not JSON. */
  body: Json;
  /** Query, form and JSON body as one, without `access_token`; the body wins. */
  parameters: JsonObject;
  files: ReadonlyMap<string, UploadedFile>;
  token: AccessToken;
};

/** What is answered. `silence` breaks the connection off without a byte, whatever has been done. */
export type GraphReply = { body: JsonObject } | { refusal: GraphProblem } | { silence: true };

/** One call of the Graph API: `{method} /{version}/{object id}[/{edge}]`. */
export type GraphRoute = {
  method: 'GET' | 'POST' | 'DELETE';
  /** Null for the object itself. */
  edge: string | null;
  /** The permissions that the token must have; `app` for calls that take the app's own token only. */
  needs: readonly string[] | 'app';
  /** Whether it counts for the budget of management calls (meta-facts §6). */
  counts?: false;
  /** Where it can be synchronous it is, so that the answer leaves before anything that the call sets off. */
  answer(call: GraphCall): GraphReply | Promise<GraphReply>;
};

/** Something that has an id in the Graph API, with its calls. */
export type GraphObject = {
  /** Whose permissions count; null for what belongs to no WhatsApp account. */
  wabaId: string | null;
  /** The app that it is; null for anything else. */
  appId: string | null;
  routes: readonly GraphRoute[];
};

/** What most calls that change something are answered. */
export const success: GraphReply = { body: { success: true } };
