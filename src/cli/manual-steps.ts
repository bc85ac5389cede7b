import type { Config } from '../config/config.ts';
import { callbackUrlOf } from '../domain/connection.ts';
import type { Language } from '../domain/language.ts';

/**
 * What `recado connect` does, as steps for the hand in Meta's console, filled in with this installation's values. Of
 * the secrets it shows the verify token alone, which has to be pasted there.
 */
export function manualSteps(config: Config, language: Language): string[] {
  const { meta } = config;
  const values: Values = {
    app: meta.appId ?? 'META_APP_ID',
    account: meta.wabaId ?? 'META_WABA_ID',
    phone: meta.phoneNumberId ?? 'META_PHONE_NUMBER_ID',
    callback: callbackUrlOf(config.publicUrl) ?? 'https://YOUR_DOMAIN/webhooks/whatsapp/',
    token: meta.verifyToken ?? 'META_WEBHOOK_VERIFY_TOKEN',
    graph: `${meta.graphUrl}/${meta.graphVersion}`,
  };
  return (language === 'pt-BR' ? inPortuguese : inEnglish)(values);
}

type Values = Record<'app' | 'account' | 'phone' | 'callback' | 'token' | 'graph', string>;

function inEnglish({ app, account, phone, callback, token, graph }: Values): string[] {
  return [
    'Recado must be running and be reached under the callback URL while you do this.',
    '',
    '1. Webhook of the app',
    `   Open https://developers.facebook.com/apps/${app}/whatsapp-business/wa-settings/`,
    '   (your app → WhatsApp → Configuration → Webhook → Edit), and enter:',
    `     Callback URL   ${callback}`,
    `     Verify token   ${token}`,
    '   Press “Verify and save”. Beside the field `messages` press Subscribe.',
    '   There is no field message_status: delivery statuses come with messages.',
    '',
    '2. Subscription of the app to the WhatsApp account, for which the console has no button',
    '   (this and the next call take the secrets from .env: set -a; . ./.env; set +a)',
    `   curl -X POST '${graph}/${account}/subscribed_apps' -H "Authorization: Bearer $META_ACCESS_TOKEN"`,
    '   expected: {"success":true}',
    '',
    '3. Registration of the number on the Cloud API, once; without it every send fails with #133010',
    `   curl -X POST '${graph}/${phone}/register' -H "Authorization: Bearer $META_ACCESS_TOKEN" \\`,
    `     -H 'Content-Type: application/json' -d "{\\"messaging_product\\":\\"whatsapp\\",\\"pin\\":\\"$META_REGISTRATION_PIN\\"}"`,
    '   expected: {"success":true}. Meta allows ten tries in 72 hours.',
    '',
    'Then write to the number from a phone, and watch it come: npx recado listen',
  ];
}

function inPortuguese({ app, account, phone, callback, token, graph }: Values): string[] {
  return [
    'O Recado precisa estar rodando e ser alcançado pela URL de retorno enquanto você faz isto.',
    '',
    '1. Webhook do app',
    `   Abra https://developers.facebook.com/apps/${app}/whatsapp-business/wa-settings/`,
    '   (seu app → WhatsApp → Configuração → Webhook → Editar) e preencha:',
    `     URL de retorno de chamada   ${callback}`,
    `     Verificar token             ${token}`,
    '   Aperte “Verificar e salvar”. Ao lado do campo `messages`, aperte Assinar.',
    '   Não existe um campo message_status: os status de entrega vêm com messages.',
    '',
    '2. Assinatura do app na conta do WhatsApp, para a qual o console não tem botão',
    '   (esta chamada e a próxima tomam os segredos do .env: set -a; . ./.env; set +a)',
    `   curl -X POST '${graph}/${account}/subscribed_apps' -H "Authorization: Bearer $META_ACCESS_TOKEN"`,
    '   esperado: {"success":true}',
    '',
    '3. Registro do número na Cloud API, uma vez; sem ele todo envio falha com #133010',
    `   curl -X POST '${graph}/${phone}/register' -H "Authorization: Bearer $META_ACCESS_TOKEN" \\`,
    `     -H 'Content-Type: application/json' -d "{\\"messaging_product\\":\\"whatsapp\\",\\"pin\\":\\"$META_REGISTRATION_PIN\\"}"`,
    '   esperado: {"success":true}. A Meta permite dez tentativas em 72 horas.',
    '',
    'Depois escreva para o número com um telefone, e veja a mensagem chegar: npx recado listen',
  ];
}
