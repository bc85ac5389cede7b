import { green, red, redWithHandshake, step, unknown } from './reason.ts';

const connect = step(
  'Have Recado set it right at Meta (`npx recado connect --print` says how to do it by hand):',
  'Deixe o Recado corrigir isso na Meta (`npx recado connect --print` diz como fazer à mão):',
  { run: 'npx recado connect --yes' },
);

/** What the checks of who tells whom can find: app, account, overrides, mode. */
export const subscriptionReasons = {
  'subscription-good': green(
    'App {appId} calls {ours} with `messages` and {further} further fields.',
    'O app {appId} chama {ours} com `messages` e mais {further} campos.',
  ),
  'app-not-subscribed': redWithHandshake(
    'App {appId} has no webhook for WhatsApp, so Meta tells nobody.',
    'O app {appId} não tem webhook do WhatsApp, então a Meta não avisa ninguém.',
    connect,
  ),
  'verify-token-differs': redWithHandshake(
    'App {appId} has no webhook for WhatsApp, and the last handshake, at {at}, was refused: {difference}',
    'O app {appId} não tem webhook do WhatsApp, e o último handshake, em {at}, foi recusado: {difference}',
    connect,
  ),
  'subscription-inactive': redWithHandshake(
    'The webhook of app {appId} is there but not active.',
    'O webhook do app {appId} existe, mas não está ativo.',
    connect,
  ),
  'callback-elsewhere': redWithHandshake(
    'App {appId} calls {callback}, not {ours}: an old tunnel, another address, or another tool that uses the same app.',
    'O app {appId} chama {callback}, não {ours}: um túnel antigo, outro endereço ou outra ferramenta que usa o mesmo app.',
    connect,
  ),
  'messages-not-ticked': redWithHandshake(
    'The field `messages` is not ticked in app {appId}, so neither messages nor statuses come. Ticked: {fields}.',
    'O campo `messages` não está marcado no app {appId}, então não chegam mensagens nem status. Marcados: {fields}.',
    connect,
  ),
  'account-subscribed': green(
    'App {appId} is told of the account {waba}. Other apps: {others}.',
    'O app {appId} é avisado da conta {waba}. Outros apps: {others}.',
  ),
  'account-not-subscribed': red(
    'App {appId} is not told of the WhatsApp Business Account {waba}: the commonest reason for silence. Told: {others}.',
    'O app {appId} não é avisado da conta do WhatsApp Business {waba}: a causa mais comum de silêncio. Avisados: {others}.',
    connect,
  ),
  'overrides-good': green(
    'No override leads its webhooks elsewhere.',
    'Nenhum desvio leva os webhooks para outro lugar.',
  ),
  'override-of-phone': red(
    'An override of this business phone leads its webhooks to {callback}, not {ours}.',
    'Um desvio deste número leva os webhooks para {callback}, não {ours}.',
    connect,
  ),
  'override-of-account': red(
    'An override of the account {waba} leads its webhooks to {callback}, not {ours}.',
    'Um desvio da conta {waba} leva os webhooks para {callback}, não {ours}.',
    connect,
  ),
  'app-heard': green(
    'Meta brought a real webhook about this business phone at {at}.',
    'A Meta trouxe um webhook real sobre este número em {at}.',
  ),
  'app-mode-untold': unknown(
    'Meta’s API does not tell the mode of app {appId}, and no real webhook has come yet to prove it.',
    'A API da Meta não diz o modo do app {appId}, e nenhum webhook real chegou ainda para provar.',
    step(
      'See App Dashboard → app {appId} → App Mode: it has to be Live.',
      'Veja o painel de apps → app {appId} → Modo do app: precisa ser Ao vivo.',
    ),
  ),
  'app-not-live': red(
    'Meta accepted a message at {at} and has told nothing of it since, although Meta knows whom to call and the way here holds. What is left is the mode of app {appId}: while it is not Live, real webhooks stay away.',
    'A Meta aceitou uma mensagem em {at} e não disse mais nada, embora a Meta saiba a quem chamar e o caminho até aqui esteja firme. Resta o modo do app {appId}: enquanto não está Ao vivo, webhooks reais não vêm.',
    step(
      'App Dashboard → app {appId} → App Mode: switch it to Live. If it is, and another link was mended just now, the next step is enough.',
      'Painel de apps → app {appId} → Modo do app: mude para Ao vivo. Se já está, e outro elo foi corrigido agora há pouco, basta o próximo passo.',
    ),
    step(
      'Send anything to somebody once more, so that its status proves it.',
      'Envie mais uma vez algo a alguém, para que o status prove isso.',
    ),
  ),
} as const;
