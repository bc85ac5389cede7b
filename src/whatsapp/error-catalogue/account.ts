import type { ErrorFamily } from './entry.ts';

/** Errors about the state of the WhatsApp account (meta-facts §5). */
export const accountErrors: ErrorFamily = {
  name: 'account',
  title: { en: 'Account and payment', 'pt-BR': 'Conta e pagamento' },
  entries: [
    {
      code: 368,
      title: 'Temporarily blocked for policies violations',
      httpStatus: 403,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'account-restricted',
      en: {
        meaning: 'Meta has restricted or disabled the WhatsApp account for breaking its policies.',
        steps: [
          'Open Business Support Home in Meta Business Suite and read which policy was broken.',
          'Stop what broke it, and ask for a review there.',
          'Leave your notifications as they are: they wait until their `notAfter`. Recado tries one now and then, and sends the others once the account is free.',
        ],
      },
      'pt-BR': {
        meaning: 'A Meta restringiu ou desativou a conta do WhatsApp por violação das políticas.',
        steps: [
          'Abra a Central de Suporte para Empresas no Meta Business Suite e veja qual política foi violada.',
          'Pare o que causou a violação e peça uma análise por lá.',
          'Deixe as notificações como estão: elas esperam até o `notAfter`. O Recado tenta uma de vez em quando e envia as outras quando a conta for liberada.',
        ],
      },
    },
    {
      code: 131031,
      title: 'Account has been locked',
      httpStatus: 403,
      documented: true,
      appears: ['answer', 'failed-status', 'management-call'],
      fault: 'you',
      failure: 'account-restricted',
      en: {
        meaning:
          'The account is locked for breaking a policy, or something that was given, such as the two-step PIN, does not match what Meta has.',
        steps: [
          'Ask Meta for the health of the number: GET /{phone-number-id}?fields=health_status. It says what is blocked and why.',
          'If it is a policy: read the violation in Business Support Home and ask for a review.',
          'If it is the PIN: give the right one, as #133005 describes.',
        ],
      },
      'pt-BR': {
        meaning:
          'A conta está bloqueada por violar uma política, ou algum dado informado, como o PIN da confirmação em duas etapas, não confere com o que a Meta tem.',
        steps: [
          'Pergunte à Meta como está o número: GET /{phone-number-id}?fields=health_status. A resposta diz o que está bloqueado e por quê.',
          'Se for uma política: leia a violação na Central de Suporte para Empresas e peça uma análise.',
          'Se for o PIN: informe o PIN certo, como explicado em #133005.',
        ],
      },
    },
    {
      code: 131037,
      title: 'WhatsApp provided number needs display name approval before message can be sent',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'failed-status'],
      fault: 'you',
      failure: 'display-name-pending',
      en: {
        meaning:
          'The number came from WhatsApp itself (a 555 number), and such a number sends only once its display name is approved.',
        steps: [
          'Look at the display name in WhatsApp Manager → Phone numbers; if it was declined, give one that names your business.',
          'Wait for the approval, then send new notifications.',
        ],
      },
      'pt-BR': {
        meaning:
          'O número foi fornecido pelo próprio WhatsApp (um número 555), e um número assim só envia depois que o nome de exibição é aprovado.',
        steps: [
          'Veja o nome de exibição em Gerenciador do WhatsApp → Números de telefone; se foi recusado, informe um que identifique a sua empresa.',
          'Espere a aprovação e envie novas notificações.',
        ],
      },
    },
    {
      code: 131042,
      title: 'Business eligibility payment issue',
      httpStatus: 400,
      documented: true,
      appears: ['failed-status', 'answer'],
      fault: 'you',
      failure: 'payment-problem',
      en: {
        meaning:
          'Meta cannot charge for the message: there is no valid payment method, a bill is open, or the account’s currency or time zone is not set. The message may look sent at first, and fail afterwards.',
        steps: [
          'Open Billing in Meta Business Suite and choose the WhatsApp account.',
          'Add or renew the payment method, pay what is open, and see that currency and time zone are set.',
          'Leave what waits as it is: Recado tries one now and then, and sends the others by itself. Only what has failed needs a new notification.',
        ],
      },
      'pt-BR': {
        meaning:
          'A Meta não consegue cobrar a mensagem: não há forma de pagamento válida, existe fatura em aberto, ou a moeda ou o fuso horário da conta não está definido. A mensagem pode parecer enviada e só falhar depois.',
        steps: [
          'Abra Cobrança no Meta Business Suite e escolha a conta do WhatsApp.',
          'Adicione ou atualize a forma de pagamento, quite o que estiver em aberto e confira a moeda e o fuso horário.',
          'Deixe como está o que espera: o Recado tenta uma de vez em quando e envia as outras sozinho. Só o que falhou precisa de uma nova notificação.',
        ],
      },
    },
    {
      code: 131044,
      title: null,
      httpStatus: null,
      documented: false,
      appears: ['answer', 'failed-status'],
      fault: 'you',
      failure: 'payment-problem',
      en: {
        meaning: 'Something is wrong with the payment; users of the platform met it with calls, too.',
        steps: [
          'Open Billing in Meta Business Suite, and put the payment method of the WhatsApp account right, as #131042 describes.',
          'Try again afterwards.',
        ],
      },
      'pt-BR': {
        meaning: 'Há algo errado com o pagamento; usuários da plataforma também viram este erro em ligações.',
        steps: [
          'Abra Cobrança no Meta Business Suite e acerte a forma de pagamento da conta do WhatsApp, como explicado em #131042.',
          'Depois tente de novo.',
        ],
      },
    },
    {
      code: 134011,
      title: 'WhatsApp Payments terms of service has not been accepted',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'terms-not-accepted',
      en: {
        meaning: 'The message uses payments on WhatsApp, and your business has not accepted their terms.',
        steps: [
          'Read `details` of the failure, and accept the terms in WhatsApp Manager.',
          'Send a new notification.',
        ],
      },
      'pt-BR': {
        meaning: 'A mensagem usa pagamentos no WhatsApp e a sua empresa ainda não aceitou os termos deles.',
        steps: [
          'Leia `details` da falha e aceite os termos no Gerenciador do WhatsApp.',
          'Envie uma nova notificação.',
        ],
      },
    },
    {
      code: 1752041,
      title: 'Duplicate onboarding request',
      httpStatus: 400,
      documented: true,
      appears: ['management-call'],
      fault: 'nobody',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning: 'This customer was onboarded by an earlier, equal request.',
        steps: ['Do nothing: the first request counts.'],
      },
      'pt-BR': {
        meaning: 'Este cliente já foi integrado por uma requisição anterior igual a esta.',
        steps: ['Não faça nada: vale a primeira requisição.'],
      },
    },
  ],
};
