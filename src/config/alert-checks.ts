/** Checks of the settings that say who is told of alarms. */
import { mistake, type ValueCheck, warning } from './finding.ts';

const webhookExample = 'an address such as https://hooks.example.com/T000/B000';

/** Where alarms are posted: http or https, with any path and query. */
export const checkAlertWebhookUrl: ValueCheck = (value) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return mistake(webhookExample, 'Copy the whole address from the tool that shall show alarms.');
  }
  if (url.username !== '' || url.password !== '') {
    return mistake(
      webhookExample,
      'Remove the user name and password; put a secret into the path or the query, as the tool asks for it.',
    );
  }
  return null;
};

/** One recipient of mails about alarms. */
export const checkAlertEmail: ValueCheck = (value, others) => {
  if (!isMailAddress(value)) return notAnAddress;
  if (others('SMTP_URL') !== null) return null;
  return mistake(
    'SMTP_URL beside it, because mails need a server to leave by',
    'Set SMTP_URL=smtp://user:password@smtp.example.com:587, or remove ALERT_EMAIL.',
  );
};

/** The sender of mails about alarms. */
export const checkAlertEmailFrom: ValueCheck = (value) => (isMailAddress(value) ? null : notAnAddress);

/** The mail server: smtp or smtps, with a host. */
export const checkSmtpUrl: ValueCheck = (value, others) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '') {
    return mistake(
      'an address such as smtp://user:password@smtp.example.com:587',
      'Write smtp:// in front (smtps:// for port 465), and signs such as @ in the password as %40.',
    );
  }
  if (url.search !== '' || url.hash !== '' || url.pathname.length > 1) {
    return mistake('an address that ends with the port', 'Remove everything behind the port.');
  }
  if (others('ALERT_EMAIL') === null) {
    return warning(
      'ALERT_EMAIL beside it, because nothing else is mailed',
      'Set ALERT_EMAIL=ops@example.com.',
    );
  }
  return null;
};

const notAnAddress = mistake(
  'an address such as ops@example.com',
  'Write the address alone, without a name.',
);

function isMailAddress(value: string): boolean {
  return /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+$/.test(value);
}
