import type { Failure } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { type SetupProblem, type SetupProblemCode, setupProblem } from '../../domain/setup-problem.ts';
import type { ConnectedApp, SetupApi } from '../../flows/setup/connect.ts';
import type { Callback, Found } from '../../flows/setup/connection-plan.ts';
import type { GraphAnswer } from '../../whatsapp/graph-answer.ts';
import {
  phoneSetupFields,
  readAccountSubscriptions,
  readAppSubscription,
  readPhoneSetup,
} from '../../whatsapp/setup-answers.ts';
import type { GraphApi, GraphCall } from './graph-api.ts';

/** Meta's calls about setup (meta-facts §7.2), over the Graph API. */
export function createSetupApi({ call }: Pick<GraphApi, 'call'>): SetupApi {
  /** Calls as the app itself, with each of its secrets until one is taken. */
  async function callAsApp(app: ConnectedApp, request: Omit<GraphCall, 'accessToken'>): Promise<GraphAnswer> {
    let answer: GraphAnswer = { outcome: 'unanswered', reason: 'there is no app secret' };
    for (const secret of app.secrets) {
      answer = await call({ ...request, accessToken: `${app.id}|${secret}` });
      if (answer.outcome !== 'refused' || answer.failure.code !== 'access-token-refused') return answer;
    }
    return answer;
  }

  return {
    async readApp(app) {
      const answer = await callAsApp(app, { method: 'GET', path: `${idIn(app.id)}/subscriptions` });
      return foundIn(answer, readAppSubscription, asApp);
    },
    async readAccount({ id, token }) {
      const answer = await call({ method: 'GET', path: `${idIn(id)}/subscribed_apps`, accessToken: token });
      return foundIn(answer, readAccountSubscriptions);
    },
    async readPhone({ id, token }) {
      const query = { fields: phoneSetupFields };
      const answer = await call({ method: 'GET', path: idIn(id), accessToken: token, query });
      const read = foundIn(answer, readPhoneSetup);
      if ('problem' in read) return read;
      return read.found === null ? { problem: setupProblem('meta-unanswered') } : { found: read.found };
    },
    async setAppCallback(app, { callback, fields }) {
      const body = {
        object: 'whatsapp_business_account',
        callback_url: callback.url,
        verify_token: callback.verifyToken,
        fields: fields.join(','),
        include_values: true,
      };
      const answer = await callAsApp(app, { method: 'POST', path: `${idIn(app.id)}/subscriptions`, body });
      return problemIn(answer, (failure) => asApp(failure) ?? withCallback(failure));
    },
    async subscribeAccount({ id, token }, override) {
      const answer = await call({
        method: 'POST',
        path: `${idIn(id)}/subscribed_apps`,
        accessToken: token,
        ...(override === null ? {} : { body: overrideBody(override) }),
      });
      return problemIn(answer, override === null ? undefined : withCallback);
    },
    async overridePhone({ id, token }, override) {
      const configuration = override === null ? { override_callback_uri: '' } : overrideBody(override);
      const body = { webhook_configuration: configuration };
      const answer = await call({ method: 'POST', path: idIn(id), accessToken: token, body });
      return problemIn(answer, override === null ? undefined : withCallback);
    },
  };
}

/** What a refusal means where the call says more than Meta's number does; null when it says no more. */
type Meaning = (failure: Failure) => SetupProblemCode | null;

const asApp: Meaning = ({ code }) => (code === 'access-token-refused' ? 'app-secret-wrong' : null);

/** Meta names no code for a callback that fails the handshake, so whatever is known to be another is not one. */
const withCallback: Meaning = (failure) =>
  problemCodeOf(failure) === 'meta-refused' ? 'callback-refused' : null;

function foundIn<Value>(
  answer: GraphAnswer,
  read: (body: JsonObject) => Value,
  meaning?: Meaning,
): Found<Value> {
  if (answer.outcome === 'answered') return { found: read(answer.body) };
  return { problem: problemOf(answer, meaning) };
}

function problemIn(answer: GraphAnswer, meaning?: Meaning): SetupProblem | null {
  if (answer.outcome !== 'answered') return problemOf(answer, meaning);
  // Meta says `{"success":true}`; an answer that says nothing is held against what is read back.
  return answer.body.success === false ? setupProblem('meta-refused') : null;
}

function problemOf(answer: Exclude<GraphAnswer, { outcome: 'answered' }>, meaning?: Meaning): SetupProblem {
  if (answer.outcome === 'unanswered') return setupProblem('meta-unanswered', `${answer.reason}.`);
  const { metaCode, details } = answer.failure;
  return { code: meaning?.(answer.failure) ?? problemCodeOf(answer.failure), metaCode, details };
}

function problemCodeOf({ code }: Failure): SetupProblemCode {
  switch (code) {
    case 'access-token-refused':
    case 'permission-missing':
      return code;
    case 'phone-number-id-wrong':
      return 'id-unknown-to-meta';
    case 'meta-unavailable':
    case 'unexplained-by-meta':
    case 'call-rate-exceeded':
      return 'meta-unanswered';
    default:
      return 'meta-refused';
  }
}

function overrideBody({ url, verifyToken }: Callback): JsonObject {
  return { override_callback_uri: url, verify_token: verifyToken };
}

/** An id as a part of a path; one that is no id cannot leave its place. */
function idIn(id: string): string {
  return encodeURIComponent(id);
}
