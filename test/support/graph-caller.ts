import * as z from 'zod';
import type { Simulator } from '../../src/simulator/simulator.ts';

const jsonObject = z.record(z.string(), z.json());

/** What a call of the pretend Graph API was answered. */
export type GraphAnswer = { status: number; body: z.infer<typeof jsonObject> };

/** What a call carries beside its path. Without `token` it is the simulator's access token; null for none. */
export type GraphRequest = {
  body?: object | URLSearchParams | FormData;
  token?: string | null;
  version?: string;
};

/** Calls the Graph API of a simulator: `call('POST', '200100200100200/register', { body })`. */
export function graphCaller(simulator: Simulator) {
  return async (method: string, path: string, request: GraphRequest = {}): Promise<GraphAnswer> => {
    const token = request.token === undefined ? simulator.settings.accessToken : request.token;
    const { body } = request;
    const raw = body === undefined || body instanceof FormData || body instanceof URLSearchParams;
    const response = await fetch(`${simulator.graphUrl}/${request.version ?? 'v25.0'}/${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(!raw && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: raw ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: jsonObject.parse(await response.json()) };
  };
}
