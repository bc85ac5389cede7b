import type { ErrorFamily } from './entry.ts';

/** Errors about the registration of the business phone itself on the Cloud API (meta-facts §5, §5.1, §7.2). */
export const registrationErrors: ErrorFamily = {
  name: 'registration',
  title: { en: 'Registration of your number', 'pt-BR': 'Registro do seu número' },
  entries: [
    {
      code: 133010,
      title: 'Phone number Not Registered',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'business-phone-not-registered',
      fixAction: 'recado register',
      en: {
        meaning:
          'The number that you send from is not registered on the Cloud API: it was added but never registered, was deregistered, moved or deleted, or the phone number id is that of another number. It says nothing about the person you write to. Some setup guides say that webhooks “activate” a conversation and cure #133010. They do not: a webhook lets you receive messages and statuses, and neither it nor a new message from the person registers your number.',
        steps: [
          'Look at the number: GET /{phone-number-id}?fields=status,platform_type,code_verification_status at Meta. A number that can send says CONNECTED and CLOUD_API.',
          'If `code_verification_status` is not VERIFIED, call POST /{phone-number-id}/request_code with {"code_method":"SMS","language":"en_US"}, then POST /{phone-number-id}/verify_code with {"code":"<code>"}.',
          'Register it: `npx recado register`, with the PIN in META_REGISTRATION_PIN; or by hand POST /{phone-number-id}/register with {"messaging_product":"whatsapp","pin":"<6 digits>"} and a token that has whatsapp_business_management and whatsapp_business_messaging. The PIN is the two-step PIN of the number; if it has none, this call sets it. Meta allows 10 such calls in 72 hours.',
          'A number that is also used in the WhatsApp Business app (coexistence) is connected by its QR code, not by /register.',
          'Send a new notification: what failed meanwhile is not sent again by itself.',
        ],
      },
      'pt-BR': {
        meaning:
          'O número que envia, ou seja, o seu, não está registrado na Cloud API: ele foi adicionado e nunca registrado, teve o registro cancelado, foi migrado ou excluído, ou o phone number id é de outro número. O erro não diz nada sobre a pessoa que receberia a mensagem. Alguns guias afirmam que o webhook “ativa” a conversa e resolve o #133010. Não resolve: o webhook serve para receber mensagens e status, e nem ele nem uma nova mensagem da pessoa registram o seu número.',
        steps: [
          'Consulte o número na Meta: GET /{phone-number-id}?fields=status,platform_type,code_verification_status. Um número pronto para enviar mostra CONNECTED e CLOUD_API.',
          'Se `code_verification_status` não for VERIFIED, chame POST /{phone-number-id}/request_code com {"code_method":"SMS","language":"pt_BR"} e depois POST /{phone-number-id}/verify_code com {"code":"<código>"}.',
          'Registre o número: `npx recado register`, com o PIN em META_REGISTRATION_PIN; ou à mão POST /{phone-number-id}/register com {"messaging_product":"whatsapp","pin":"<6 dígitos>"} e um token com whatsapp_business_management e whatsapp_business_messaging. O PIN é o da confirmação em duas etapas do número; se ainda não houver PIN, esta chamada define um. A Meta permite 10 chamadas dessas em 72 horas.',
          'Um número que também é usado no app WhatsApp Business (coexistência) se conecta pelo QR code, não por /register.',
          'Envie uma nova notificação: as que falharam enquanto isso não são reenviadas sozinhas.',
        ],
      },
    },
    {
      code: 131045,
      title: 'Incorrect certificate',
      httpStatus: 500,
      documented: true,
      appears: ['answer', 'failed-status'],
      fault: 'you',
      failure: 'business-phone-not-registered',
      en: {
        meaning: 'Meta found a fault in the registration of your number, so it cannot send.',
        steps: [
          'Register the number again, as #133010 describes: `npx recado register`.',
          'Send a new notification.',
        ],
      },
      'pt-BR': {
        meaning: 'A Meta encontrou um problema no registro do seu número, por isso ele não consegue enviar.',
        steps: [
          'Registre o número de novo, como explicado em #133010: `npx recado register`.',
          'Envie uma nova notificação.',
        ],
      },
    },
    {
      code: 133000,
      title: 'Incomplete Deregistration',
      httpStatus: 500,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'business-phone-not-registered',
      en: {
        meaning: 'An earlier deregistration of your number stopped half-way.',
        steps: [
          'Deregister it again: POST /{phone-number-id}/deregister. It takes no body.',
          'Register it: POST /{phone-number-id}/register, as #133010 describes.',
        ],
      },
      'pt-BR': {
        meaning: 'Um cancelamento anterior do registro do seu número parou no meio do caminho.',
        steps: [
          'Cancele o registro de novo: POST /{phone-number-id}/deregister, sem corpo.',
          'Registre o número: POST /{phone-number-id}/register, como explicado em #133010.',
        ],
      },
    },
    {
      code: 133005,
      title: 'Two step verification PIN Mismatch',
      httpStatus: 400,
      documented: true,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'after-cure' },
      en: {
        meaning: 'The PIN is not the two-step PIN that this number already has.',
        steps: [
          'Find the PIN that was set when the number was registered before, perhaps by another provider.',
          'If nobody knows it, set a new one: POST /{phone-number-id} with {"pin":"<6 digits>"}.',
          'Register again with that PIN. Do not guess: wrong guesses lead to #133008 and #133009.',
        ],
      },
      'pt-BR': {
        meaning: 'O PIN informado não é o PIN da confirmação em duas etapas que este número já tem.',
        steps: [
          'Procure o PIN definido quando o número foi registrado antes, talvez por outro fornecedor.',
          'Se ninguém souber, defina um novo: POST /{phone-number-id} com {"pin":"<6 dígitos>"}.',
          'Registre de novo com esse PIN. Não tente adivinhar: tentativas erradas levam a #133008 e #133009.',
        ],
      },
    },
    {
      code: 133006,
      title: 'Phone number re-verification needed',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'business-phone-not-registered',
      en: {
        meaning: 'The number has to be verified again before it can be registered.',
        steps: [
          'Ask for a code: POST /{phone-number-id}/request_code with {"code_method":"SMS","language":"en_US"}; VOICE instead of SMS calls the number.',
          'Give it back: POST /{phone-number-id}/verify_code with {"code":"<code>"}.',
          'Register the number: POST /{phone-number-id}/register, as #133010 describes.',
        ],
      },
      'pt-BR': {
        meaning: 'O número precisa ser verificado de novo antes de ser registrado.',
        steps: [
          'Peça um código: POST /{phone-number-id}/request_code com {"code_method":"SMS","language":"pt_BR"}; com VOICE no lugar de SMS, o código chega por ligação.',
          'Informe o código: POST /{phone-number-id}/verify_code com {"code":"<código>"}.',
          'Registre o número: POST /{phone-number-id}/register, como explicado em #133010.',
        ],
      },
    },
    {
      code: 133008,
      title: 'Too Many two step verification PIN Guesses',
      httpStatus: 400,
      documented: true,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'later', after: null },
      en: {
        meaning: 'The PIN was given wrongly too often, so Meta takes no PIN for a while.',
        steps: [
          'Wait as long as `details` of the error says.',
          'Make sure of the right PIN meanwhile, as #133005 describes, then register once.',
        ],
      },
      'pt-BR': {
        meaning: 'O PIN foi informado errado vezes demais e a Meta bloqueou novas tentativas por um tempo.',
        steps: [
          'Espere o tempo indicado em `details` do erro.',
          'Enquanto isso, confirme qual é o PIN certo, como explicado em #133005. Depois registre uma única vez.',
        ],
      },
    },
    {
      code: 133009,
      title: 'Two step verification PIN Guessed Too Fast',
      httpStatus: 400,
      documented: true,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'later', after: null },
      en: {
        meaning: 'PINs were tried too quickly one after another.',
        steps: [
          'Wait as long as `details` of the error says, and stop whatever registers in a loop.',
          'Register once, with a PIN that you are sure of.',
        ],
      },
      'pt-BR': {
        meaning: 'Vários PINs foram tentados rápido demais, um atrás do outro.',
        steps: [
          'Espere o tempo indicado em `details` do erro e pare qualquer rotina que fique repetindo o registro.',
          'Registre uma única vez, com um PIN do qual você tenha certeza.',
        ],
      },
    },
    {
      code: 133015,
      title: 'Please wait a few minutes before attempting to register this phone number',
      httpStatus: 400,
      documented: true,
      appears: ['management-call'],
      fault: 'nobody',
      failure: null,
      retry: { help: 'later', after: 5 * 60_000 },
      en: {
        meaning: 'The number was deleted a moment ago, and Meta has not finished with that yet.',
        steps: ['Wait five minutes, then register the number again.'],
      },
      'pt-BR': {
        meaning: 'O número acabou de ser excluído e a Meta ainda não concluiu a exclusão.',
        steps: ['Espere cinco minutos e registre o número de novo.'],
      },
    },
    {
      code: 133016,
      title: 'Account register deregister rate limit exceeded',
      httpStatus: 400,
      documented: true,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'later', after: 72 * 60 * 60_000 },
      en: {
        meaning:
          'The number was registered or deregistered more than 10 times in 72 hours, and is blocked for 72 hours.',
        steps: [
          'Stop every script that registers; each further call is wasted.',
          'Wait 72 hours. Use them to make sure of the PIN, the token and the phone number id.',
          'Register once.',
        ],
      },
      'pt-BR': {
        meaning:
          'O número foi registrado ou teve o registro cancelado mais de 10 vezes em 72 horas e ficou bloqueado por 72 horas.',
        steps: [
          'Pare qualquer script que faça registro: cada nova chamada é desperdiçada.',
          'Espere 72 horas. Aproveite para confirmar o PIN, o token e o phone number id.',
          'Registre uma única vez.',
        ],
      },
    },
    {
      code: 136024,
      title: null,
      httpStatus: null,
      documented: false,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning: 'A verification code was asked for, but this number is verified already.',
        steps: [
          'Skip request_code and verify_code, and register the number: POST /{phone-number-id}/register.',
        ],
      },
      'pt-BR': {
        meaning: 'Foi pedido um código de verificação, mas este número já está verificado.',
        steps: ['Pule request_code e verify_code e registre o número: POST /{phone-number-id}/register.'],
      },
    },
  ],
};
