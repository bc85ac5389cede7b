import type { ProblemBody } from '../client/generated.ts';
import { language, say } from './language.ts';
import { problems } from './words/problems.ts';

/** Why something could not be done, in sentences for people. */
export type Problem = Pick<ProblemBody, 'title' | 'detail' | 'remedy'> & { status: number; code: string };

/** An answer of the API, or why there is none. */
export type Answer<Body> = { ok: true; body: Body } | { ok: false; problem: Problem };

/** What the API is asked to do. */
type Asked = { method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'; body?: object; signal?: AbortSignal };

/** Told when the API answers that nobody is logged in any more. */
export const onLoggedOut: { tell: () => void } = { tell: () => {} };

/**
 * Asks the API that this page came from, in the viewer's language. The answer has the form that the contract gives it,
 * since both are of one version. Never throws: no answer is a problem like any other.
 */
export async function ask<Body>(
  path: string,
  { method = 'GET', body, signal }: Asked = {},
): Promise<Answer<Body>> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        'accept-language': language.value,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
    const text = await response.text();
    const parsed = text === '' ? undefined : JSON.parse(text);
    if (response.ok) return { ok: true, body: parsed };
    if (response.status === 401) onLoggedOut.tell();
    return { ok: false, problem: { ...parsed, status: response.status } };
  } catch {
    return { ok: false, problem: { ...unreachable(), status: 0, code: 'unreachable' } };
  }
}

function unreachable() {
  return { title: say(problems.unreachable), detail: '', remedy: say(problems.unreachableRemedy) };
}
