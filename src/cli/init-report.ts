import { settingNamed } from '../config/settings.ts';
import type { InitResult } from './init.ts';

/** What `init` did and what comes next, in words. Shows no secret but the verify token, which has to be pasted. */
export function describeInit(result: InitResult): string {
  const { file, written, kept, remarks, callbackUrl, verifyToken, missing, next } = result;
  const done = written.length === 0 ? `${file}: nothing to add.` : `${file}: wrote ${written.join(', ')}.`;
  const keptSentences = kept.map(
    (name) => `${name} has a value, which stays. To change it: --replace ${name}`,
  );
  return [
    [done, ...keptSentences, ...remarks].join('\n'),
    [
      'Then let Recado tell Meta, while it runs: npx recado connect',
      'Or paste it yourself in Meta’s console (https://developers.facebook.com/apps → your app → WhatsApp → Configuration → Webhook → Edit):',
      `  Callback URL   ${callbackUrl ?? 'https://YOUR_DOMAIN/webhooks/whatsapp/'}`,
      `  Verify token   ${verifyToken ?? 'META_WEBHOOK_VERIFY_TOKEN'}`,
      '  Webhook field  messages: press Subscribe beside it',
      'There is no field message_status: delivery statuses come with messages.',
      ...(callbackUrl === null
        ? ['YOUR_DOMAIN is the address under which Meta reaches this machine by HTTPS.']
        : []),
    ].join('\n'),
    ...(missing.length === 0 ? [] : [['Still missing:', ...missing.map(missingLine)].join('\n')]),
    `Next: ${next}   (it must be running when you press “Verify and save”)`,
  ].join('\n\n');
}

function missingLine({ name, consequence }: InitResult['missing'][number]): string {
  const found = settingNamed(name)?.foundAt;
  return `  ${name}: ${consequence}${found === undefined ? '' : ` Found at: ${found}.`}`;
}
