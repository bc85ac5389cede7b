import { Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { type AlarmRecipient, RecipientFailure } from '../../flows/upkeep/tellings.ts';
import { alertSubject, alertText } from './alert-text.ts';

/** How long each step of an SMTP conversation may take, in milliseconds. */
const STEP_TIMEOUT = 10_000;

/** How long a whole mail may take, in milliseconds. */
const MAIL_TIMEOUT = 30_000;

/**
 * Tells alarms by mail, each on a connection of its own. No address, user name or password appears in a message.
 *
 * @param options.smtpUrl `smtp://user:password@host:587`, or `smtps://…` for TLS from the first byte; `smtp`
 *   uses STARTTLS where the server offers it
 */
export function createAlertMail(options: {
  smtpUrl: string;
  from: string;
  to: readonly string[];
}): AlarmRecipient {
  return {
    name: 'ALERT_EMAIL',
    async tell(notice, signal) {
      const socket = new Socket();
      const transport = createTransport({
        url: options.smtpUrl,
        // A socket of ours, because the library keeps its own open when a mail is given up.
        socket,
        connectionTimeout: STEP_TIMEOUT,
        greetingTimeout: STEP_TIMEOUT,
        socketTimeout: STEP_TIMEOUT,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const sent = transport.sendMail({
        from: options.from,
        to: [...options.to],
        subject: alertSubject(notice),
        text: `${alertText(notice)}\n`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      try {
        await within(MAIL_TIMEOUT, sent, signal);
      } catch (failure) {
        throw new RecipientFailure(reasonOf(failure));
      } finally {
        transport.close();
        socket.destroy();
      }
    },
  };
}

/** What the work comes to, unless the time is over or the signal comes first. */
function within<Result>(time: number, work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const ended = AbortSignal.any([signal, AbortSignal.timeout(time)]);
  return new Promise((resolve, reject) => {
    ended.addEventListener('abort', () => reject(ended.reason), { once: true });
    work.then(resolve, reject);
  });
}

/** Nodemailer's codes are fixed words; its messages quote the server and addresses. */
function reasonOf(failure: unknown): string {
  const code = failure instanceof Error && 'code' in failure ? failure.code : null;
  const answer = failure instanceof Error && 'responseCode' in failure ? failure.responseCode : null;
  const word = typeof code === 'string' ? code : failure instanceof Error ? failure.name : 'unknown';
  return typeof answer === 'number'
    ? `the mail server answered ${answer} (${word})`
    : `the mail server did not take it (${word})`;
}
