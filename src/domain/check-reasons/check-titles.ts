import type { CheckName } from '../check.ts';
import type { Said } from './reason.ts';

function said(en: string, pt: string): Said {
  return { en, 'pt-BR': pt };
}

/** What each link of the chain is called in a line. */
export const checkTitles: Readonly<Record<CheckName, Said>> = {
  configuration: said('Configuration', 'Configuração'),
  database: said('Database', 'Banco de dados'),
  'graph-api': said('Way to Meta', 'Caminho até a Meta'),
  clock: said('Clock', 'Relógio'),
  token: said('Access token', 'Token de acesso'),
  'app-secret': said('App secret', 'Chave secreta'),
  'phone-id': said('Phone number id', 'Id do número'),
  'whatsapp-account': said('WhatsApp account', 'Conta do WhatsApp'),
  registered: said('Registration', 'Registro'),
  'phone-status': said('Status of the number', 'Status do número'),
  'display-name': said('Display name', 'Nome de exibição'),
  quality: said('Quality', 'Qualidade'),
  health: said('Health and billing', 'Saúde e cobrança'),
  'app-subscription': said('App subscription', 'Assinatura do app'),
  'account-subscription': said('Account subscription', 'Assinatura da conta'),
  overrides: said('Overrides', 'Desvios de callback'),
  'public-url': said('Public address', 'Endereço público'),
  tls: said('TLS certificate', 'Certificado TLS'),
  'no-detour': said('Nothing in front', 'Nada na frente'),
  challenge: said('Handshake', 'Handshake'),
  unaltered: said('Bytes arrive unaltered', 'Bytes chegam intactos'),
  'body-limit': said('Large webhooks', 'Webhooks grandes'),
  'answer-time': said('Answer time', 'Tempo de resposta'),
  'app-live': said('App is live', 'App publicado'),
  message: said('A real message', 'Uma mensagem real'),
  reply: said('A reply is delivered', 'Uma resposta é entregue'),
};
