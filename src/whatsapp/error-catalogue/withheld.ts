import type { ErrorFamily } from './entry.ts';

/** Errors by which Meta or the person keeps a message away (meta-facts §5). */
export const withheldErrors: ErrorFamily = {
  name: 'withheld',
  title: { en: 'Withheld, blocked and opted out', 'pt-BR': 'Retidas, bloqueios e descadastro' },
  entries: [
    {
      code: 130403,
      title: null,
      httpStatus: 400,
      documented: false,
      appears: ['answer', 'failed-status'],
      fault: 'you',
      failure: 'recipient-blocked',
      en: {
        meaning: 'Your own business has blocked this person, so nothing can be sent to them.',
        steps: [
          'Find out who in your business set the block, and why.',
          'Lift it where it was set: WhatsApp Manager, or the inbox that you use. Then send again.',
        ],
      },
      'pt-BR': {
        meaning: 'A sua própria empresa bloqueou esta pessoa, então nada pode ser enviado a ela.',
        steps: [
          'Descubra quem na empresa fez o bloqueio e por quê.',
          'Desbloqueie onde o bloqueio foi feito: no Gerenciador do WhatsApp ou na ferramenta de atendimento. Depois envie de novo.',
        ],
      },
    },
    {
      code: 130472,
      title: "User's number is part of an experiment",
      httpStatus: 400,
      documented: true,
      appears: ['failed-status', 'answer'],
      fault: 'meta',
      failure: 'withheld-by-meta',
      en: {
        meaning:
          'Meta withholds marketing templates from some people as an experiment, and this person is one of them. Nothing is wrong with your message or your number.',
        steps: [
          'Do not repeat the message: it would be withheld again.',
          'When the person writes to you, answer within the window; that is not marketing and arrives.',
        ],
      },
      'pt-BR': {
        meaning:
          'A Meta retém modelos de marketing para algumas pessoas como experimento, e esta pessoa faz parte dele. Não há nada de errado com a mensagem nem com o seu número.',
        steps: [
          'Não repita a mensagem: ela seria retida de novo.',
          'Quando a pessoa escrever para você, responda dentro da janela; isso não é marketing e chega.',
        ],
      },
    },
    {
      code: 130497,
      title: 'Business account is restricted from messaging users in this country',
      httpStatus: 403,
      documented: true,
      appears: ['answer', 'failed-status'],
      fault: 'you',
      failure: 'country-restricted',
      en: {
        meaning:
          'Meta does not let a business of your kind, or with these messages, write to people in this country.',
        steps: [
          'Compare what you sell and send with WhatsApp’s Business Messaging Policy for that country.',
          'Reach people there another way; the same message would be refused again.',
        ],
      },
      'pt-BR': {
        meaning:
          'A Meta não permite que uma empresa do seu ramo, ou com este tipo de mensagem, escreva para pessoas neste país.',
        steps: [
          'Compare o que você vende e envia com a Política de Mensagens do WhatsApp Business para esse país.',
          'Fale com essas pessoas por outro meio; a mesma mensagem seria recusada de novo.',
        ],
      },
    },
    {
      code: 131049,
      title: 'Meta chose not to deliver',
      httpStatus: 400,
      documented: true,
      appears: ['failed-status', 'answer'],
      fault: 'meta',
      failure: 'withheld-by-meta',
      en: {
        meaning:
          'Meta limits how many marketing templates a person gets from all businesses together, and this one came on top. Your number is not punished for it.',
        steps: [
          'Wait at least 24 hours before you try this person again; trying earlier only fails again.',
          'Send marketing more rarely, and to people who expect it.',
          'If the message is no marketing, have its template approved as `UTILITY`.',
        ],
      },
      'pt-BR': {
        meaning:
          'A Meta limita quantos modelos de marketing cada pessoa recebe, somando todas as empresas, e este passou do limite. O seu número não é punido por isso.',
        steps: [
          'Espere pelo menos 24 horas antes de tentar de novo com esta pessoa; antes disso a mensagem só falharia outra vez.',
          'Envie marketing com menos frequência e para quem espera receber.',
          'Se a mensagem não é marketing, peça a aprovação do modelo como `UTILITY`.',
        ],
      },
    },
    {
      code: 131050,
      title: 'User has stopped receipt of marketing messages',
      httpStatus: 400,
      documented: true,
      appears: ['failed-status', 'answer'],
      fault: 'recipient',
      failure: 'recipient-opted-out',
      en: {
        meaning: 'The person chose in WhatsApp to get no marketing messages from you any more.',
        steps: [
          'Respect it: take the person off your marketing lists.',
          'Other messages still arrive: answers within the window, and utility templates.',
        ],
      },
      'pt-BR': {
        meaning: 'A pessoa escolheu no WhatsApp não receber mais mensagens de marketing suas.',
        steps: [
          'Respeite a escolha: tire a pessoa das suas listas de marketing.',
          'Outras mensagens continuam chegando: respostas dentro da janela e modelos de utilidade.',
        ],
      },
    },
  ],
};
