import { Agent, request } from 'undici';
import { alarmFacts } from '../../flows/upkeep/alarm-event.ts';
import { type AlarmRecipient, RecipientFailure } from '../../flows/upkeep/tellings.ts';
import { alertSubject, alertText } from './alert-text.ts';

/** How long connecting, and then the answer, may take, in milliseconds. */
const CONNECT_TIMEOUT = 5_000;
const ANSWER_TIMEOUT = 10_000;

/** An answer is not read beyond this, in bytes: only its status counts. */
const ANSWER_MAX_BYTES = 64 * 1024;

/**
 * Tells alarms to ALERT_WEBHOOK_URL with a POST of JSON: `type` such as `alarm.raised`, `alarm` with its facts,
 * `gateway`, and `text`, which chat tools such as Slack and Mattermost show as it is.
 *
 * The URL is the operator's own setting, so private addresses are allowed; redirects are not followed, so that
 * nobody else can choose where it goes. It may hold a secret and appears in no message.
 *
 * @param options.url an http or https URL
 */
export function createAlertWebhook(options: { url: string; gateway: string }): AlarmRecipient & {
  close(): Promise<void>;
} {
  const agent = new Agent({
    connectTimeout: CONNECT_TIMEOUT,
    headersTimeout: ANSWER_TIMEOUT,
    bodyTimeout: ANSWER_TIMEOUT,
    maxResponseSize: ANSWER_MAX_BYTES,
    pipelining: 0,
  });
  return {
    name: 'ALERT_WEBHOOK_URL',
    async tell(notice, signal) {
      const body = JSON.stringify({
        type: `alarm.${notice.news}`,
        text: `${alertSubject(notice)}\n${alertText(notice)}`,
        alarm: alarmFacts(notice),
        gateway: options.gateway,
      });
      const status = await post({ dispatcher: agent, url: options.url, body, signal });
      if (status < 200 || status > 299) throw new RecipientFailure(explain(status));
    },
    close: () => agent.destroy(),
  };
}

async function post(options: {
  dispatcher: Agent;
  url: string;
  body: string;
  signal: AbortSignal;
}): Promise<number> {
  try {
    const { dispatcher, url, body } = options;
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(CONNECT_TIMEOUT + ANSWER_TIMEOUT)]);
    const headers = { 'content-type': 'application/json', 'user-agent': 'recado' };
    const answer = await request(url, { method: 'POST', dispatcher, headers, body, signal });
    await answer.body.dump();
    return answer.statusCode;
  } catch (failure) {
    // Messages of network errors hold addresses; their codes and names are fixed words.
    const code = failure instanceof Error && 'code' in failure ? failure.code : null;
    const name = failure instanceof Error ? failure.name : 'unknown';
    throw new RecipientFailure(`it could not be reached (${typeof code === 'string' ? code : name})`);
  }
}

function explain(status: number): string {
  return status >= 300 && status < 400
    ? `it answered with the redirect ${status}, which is not followed; set the address that it leads to`
    : `it answered ${status}`;
}
