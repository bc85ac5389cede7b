import { green, red, step, unknown } from './reason.ts';

const seeOverview = step(
  'WhatsApp Manager → Account overview: read what Meta found, and do what it asks or ask for a review.',
  'Gerenciador do WhatsApp → Visão geral da conta: leia o que a Meta encontrou e faça o que ela pede, ou peça uma análise.',
);

const register = step('Register it:', 'Registre-o:', { run: 'npx recado register {phone}' });

/** What the checks of a business phone’s registration and standing can find. */
export const standingReasons = {
  'registered-good': green('It is registered on the Cloud API.', 'Está registrado na Cloud API.'),
  'registered-untold': unknown(
    'Meta does not say whether it is registered.',
    'A Meta não diz se está registrado.',
    step('A send tells: #133010 means that it is not.', 'Um envio mostra: #133010 significa que não está.'),
  ),
  'not-registered': red(
    'It is not registered on the Cloud API ({status}): every send is answered #133010. No webhook cures that.',
    'Não está registrado na Cloud API ({status}): todo envio recebe #133010. Nenhum webhook resolve isso.',
    register,
  ),
  'registration-pin-missing': red(
    'It is not registered on the Cloud API ({status}), and there is no PIN to register it with.',
    'Não está registrado na Cloud API ({status}), e não há PIN para registrá-lo.',
    step(
      'Set its two-step PIN, six digits; a number without one gets this one. Then start Recado again:',
      'Defina o PIN de duas etapas, seis dígitos; um número sem PIN recebe este. Depois reinicie o Recado:',
      { set: 'META_REGISTRATION_PIN=<six digits>' },
    ),
    register,
  ),
  'registration-pin-wrong': red(
    'It is not registered, and Meta refused the last try with #{code}: the PIN is not the one of this number.',
    'Não está registrado, e a Meta recusou a última tentativa com #{code}: o PIN não é o deste número.',
    step(
      'WhatsApp Manager → Phone numbers → +{number} → Two-step verification → Change PIN: give it the PIN of META_REGISTRATION_PIN.',
      'Gerenciador do WhatsApp → Números de telefone → +{number} → Confirmação em duas etapas → Alterar PIN: use o PIN de META_REGISTRATION_PIN.',
    ),
    register,
  ),
  'registration-limit': red(
    'It is not registered, and its ten tries in 72 hours are used up (#133016).',
    'Não está registrado, e as dez tentativas em 72 horas acabaram (#133016).',
    step(
      'Wait until {until}. Another try before that is refused, and may begin the 72 hours anew.',
      'Espere até {until}. Outra tentativa antes disso é recusada e pode recomeçar as 72 horas.',
    ),
    register,
  ),
  'registration-needs-verification': red(
    'It is not registered, and cannot be before the number is verified ({verification}).',
    'Não está registrado, e não pode ser antes de o número ser verificado ({verification}).',
    step(
      'WhatsApp Manager → Phone numbers → +{number} → Verify: enter the code that arrives by SMS or call.',
      'Gerenciador do WhatsApp → Números de telefone → +{number} → Verificar: digite o código que chega por SMS ou ligação.',
    ),
    register,
  ),
  'registration-waits-for-name': red(
    'It is not registered, and must not be before Meta has approved its display name ({name}): a try now only costs one of ten.',
    'Não está registrado, e não deve ser antes de a Meta aprovar o nome de exibição ({name}): tentar agora só gasta uma de dez.',
    step(
      'Wait for Meta’s decision: WhatsApp Manager → Phone numbers → +{number} → Name. If it was declined, ask for another name.',
      'Espere a decisão da Meta: Gerenciador do WhatsApp → Números de telefone → +{number} → Nome. Se foi recusado, peça outro nome.',
    ),
    register,
  ),
  'registration-by-app': red(
    'It is in the WhatsApp Business app and not connected to the Cloud API; no call registers such a number.',
    'Está no app WhatsApp Business e não está conectado à Cloud API; nenhuma chamada registra um número assim.',
    step(
      'Connect it again with the QR code: WhatsApp Business app → Settings → Account → Business Platform.',
      'Conecte de novo pelo código QR: app WhatsApp Business → Configurações → Conta → Plataforma comercial.',
    ),
  ),
  'status-good': green(
    '{status}, mode {mode}, {limit} a day outside windows, throughput {throughput}.',
    '{status}, modo {mode}, {limit} por dia fora das janelas, vazão {throughput}.',
  ),
  'status-bad': red(
    'Meta says {status}, not CONNECTED.',
    'A Meta diz {status}, não CONNECTED.',
    step(
      'WhatsApp Manager → Account overview: read what Meta found about +{number}, and do what it asks or ask for a review.',
      'Gerenciador do WhatsApp → Visão geral da conta: leia o que a Meta encontrou sobre +{number} e faça o que ela pede, ou peça uma análise.',
    ),
  ),
  'status-untold': unknown(
    'Meta does not say how it stands.',
    'A Meta não diz como ele está.',
    step('See WhatsApp Manager → Phone numbers.', 'Veja o Gerenciador do WhatsApp → Números de telefone.'),
  ),
  'name-good': green('“{name}” is approved.', '“{name}” está aprovado.'),
  'name-pending': red(
    'Meta has not decided on the name “{name}” yet ({state}).',
    'A Meta ainda não decidiu sobre o nome “{name}” ({state}).',
    step(
      'Wait for Meta’s decision: WhatsApp Manager → Phone numbers → +{number} → Name. It takes hours to days.',
      'Espere a decisão da Meta: Gerenciador do WhatsApp → Números de telefone → +{number} → Nome. Leva de horas a dias.',
    ),
  ),
  'name-declined': red(
    'Meta does not accept the name “{name}” ({state}).',
    'A Meta não aceita o nome “{name}” ({state}).',
    step(
      'Ask for a name that belongs to your business: WhatsApp Manager → Phone numbers → +{number} → Name.',
      'Peça um nome que pertença à sua empresa: Gerenciador do WhatsApp → Números de telefone → +{number} → Nome.',
    ),
  ),
  'name-untold': unknown(
    'Meta does not say whether the name “{name}” is approved.',
    'A Meta não diz se o nome “{name}” está aprovado.',
    step(
      'See WhatsApp Manager → Phone numbers → +{number} → Name.',
      'Veja o Gerenciador do WhatsApp → Números de telefone → +{number} → Nome.',
    ),
  ),
  'quality-good': green('Quality {quality}.', 'Qualidade {quality}.'),
  'quality-low': red(
    'Quality {quality}: many people block or report this number, and Meta may lower its limit.',
    'Qualidade {quality}: muitas pessoas bloqueiam ou denunciam este número, e a Meta pode baixar o limite.',
    step(
      'Send less, and only what people expect; look at marketing first. The rating follows the last seven days.',
      'Envie menos, e só o que as pessoas esperam; veja primeiro o marketing. A nota segue os últimos sete dias.',
    ),
  ),
  'quality-unrated': unknown(
    'Meta has not rated the quality yet ({quality}), as with every number that sends little.',
    'A Meta ainda não avaliou a qualidade ({quality}), como em todo número que envia pouco.',
  ),
  'health-good': green(
    'Meta sees nothing in the way of sending: number, account, business and app.',
    'A Meta não vê nada que impeça o envio: número, conta, empresa e app.',
  ),
  'billing-stopped': red(
    'Meta has stopped sending for a payment problem: #{code} {message}.',
    'A Meta parou o envio por um problema de pagamento: #{code} {message}.',
    step(
      'Meta Business Suite → Billing and payments → WhatsApp Business accounts: settle what is open, or give a payment method that works.',
      'Meta Business Suite → Cobranças e pagamentos → Contas do WhatsApp Business: quite o que estiver em aberto ou informe uma forma de pagamento válida.',
    ),
  ),
  'health-bad': red(
    'Meta says {health} for sending, because of {entity} {id}: #{code} {message}.',
    'A Meta diz {health} para o envio, por causa de {entity} {id}: #{code} {message}.',
    step(
      'WhatsApp Manager → Account overview: read what Meta found, and do what it asks or ask for a review. What the number means: npx recado show error {code}',
      'Gerenciador do WhatsApp → Visão geral da conta: leia o que a Meta encontrou e faça o que ela pede, ou peça uma análise. O que o número significa: npx recado show error {code}',
    ),
  ),
  'health-told': red(
    'Meta says {health} for sending, because of {entity} {id}: {message}.',
    'A Meta diz {health} para o envio, por causa de {entity} {id}: {message}.',
    seeOverview,
  ),
  'health-unexplained': red(
    'Meta says {health} for sending, and does not say why.',
    'A Meta diz {health} para o envio e não diz por quê.',
    seeOverview,
  ),
  'health-untold': unknown(
    'Meta does not say whether sending is possible.',
    'A Meta não diz se o envio é possível.',
    step(
      'See WhatsApp Manager → Account overview.',
      'Veja o Gerenciador do WhatsApp → Visão geral da conta.',
    ),
  ),
} as const;
