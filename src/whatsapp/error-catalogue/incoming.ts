import type { ErrorFamily } from './entry.ts';

/** Errors that webhooks bring, and those of numbers that are also used in the app (meta-facts §4.2, §4.3, §5). */
export const incomingErrors: ErrorFamily = {
  name: 'incoming',
  title: { en: 'In what comes in, and coexistence', 'pt-BR': 'No que chega, e coexistência' },
  entries: [
    {
      code: 131035,
      title: null,
      httpStatus: null,
      documented: true,
      appears: ['webhook'],
      fault: 'you',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning:
          'With Meta’s No Storage enabled: a webhook could not be delivered within the time for which Meta keeps it, and is gone.',
        steps: [
          'See that Recado was up and reachable at that time: its log names every webhook that it turned away.',
          'Ask the person to write again; Meta has nothing left to send.',
        ],
      },
      'pt-BR': {
        meaning:
          'Com o No Storage da Meta ativado: um webhook não pôde ser entregue dentro do tempo em que a Meta o guarda e se perdeu.',
        steps: [
          'Confira se o Recado estava no ar e acessível naquele momento: o log registra todo webhook recusado.',
          'Peça à pessoa que escreva de novo; a Meta não tem mais o que enviar.',
        ],
      },
    },
    {
      code: 131036,
      title: null,
      httpStatus: null,
      documented: true,
      appears: ['webhook'],
      fault: 'meta',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning:
          'With Meta’s No Storage enabled: Meta no longer finds the content that a webhook should have had.',
        steps: ['Ask the person to write again; Meta has nothing left to send.'],
      },
      'pt-BR': {
        meaning:
          'Com o No Storage da Meta ativado: a Meta não encontra mais o conteúdo que o webhook deveria ter.',
        steps: ['Peça à pessoa que escreva de novo; a Meta não tem mais o que enviar.'],
      },
    },
    {
      code: 131052,
      title: 'Media download error',
      httpStatus: 400,
      documented: true,
      appears: ['incoming-message', 'failed-status', 'answer'],
      fault: 'recipient',
      failure: 'request-invalid',
      en: {
        meaning:
          'Meta could not fetch the file that the person sent; above 100 MB it never does. The message itself is kept.',
        steps: ['Ask the person to send the file again, smaller than 100 MB, or by another way.'],
      },
      'pt-BR': {
        meaning:
          'A Meta não conseguiu baixar o arquivo que a pessoa enviou; acima de 100 MB ela nunca consegue. A mensagem em si fica guardada.',
        steps: ['Peça à pessoa que envie o arquivo de novo, com menos de 100 MB, ou por outro meio.'],
      },
    },
    {
      code: 131060,
      title: null,
      httpStatus: null,
      documented: true,
      appears: ['incoming-message'],
      fault: 'nobody',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning:
          'The content of this message is not available to businesses. It comes with numbers that are also used in the WhatsApp Business app (coexistence).',
        steps: ['Look for the message in the WhatsApp Business app, or ask the person to write it again.'],
      },
      'pt-BR': {
        meaning:
          'O conteúdo desta mensagem não está disponível para empresas. Acontece com números que também são usados no app WhatsApp Business (coexistência).',
        steps: ['Procure a mensagem no app WhatsApp Business ou peça à pessoa que escreva de novo.'],
      },
    },
    {
      code: 2593107,
      title: null,
      httpStatus: 400,
      documented: true,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning:
          'The contacts or the history of a number that is also used in the app (coexistence) were asked for too often.',
        steps: ['Use what came the first time: it is in the events.'],
      },
      'pt-BR': {
        meaning:
          'Os contatos ou o histórico de um número que também é usado no app (coexistência) foram pedidos vezes demais.',
        steps: ['Use o que veio da primeira vez: está nos eventos.'],
      },
    },
    {
      code: 2593108,
      title: null,
      httpStatus: 400,
      documented: true,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning:
          'The contacts or the history of a number that is also used in the app (coexistence) may be asked for only within 24 hours of connecting it.',
        steps: ['Go on without it. If it is needed, connect the number again, and ask within 24 hours.'],
      },
      'pt-BR': {
        meaning:
          'Os contatos ou o histórico de um número que também é usado no app (coexistência) só podem ser pedidos até 24 horas depois da conexão.',
        steps: [
          'Siga sem eles. Se forem necessários, conecte o número de novo e faça o pedido dentro de 24 horas.',
        ],
      },
    },
    {
      code: 2593109,
      title: null,
      httpStatus: null,
      documented: true,
      appears: ['webhook'],
      fault: 'nobody',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning:
          'The history of a number that is also used in the app (coexistence) does not come: the owner did not agree to share it when connecting.',
        steps: [
          'Go on without it: new messages arrive as usual.',
          'If the history is needed, connect the number again and agree to share it.',
        ],
      },
      'pt-BR': {
        meaning:
          'O histórico de um número que também é usado no app (coexistência) não vem: o dono não aceitou compartilhá-lo ao conectar.',
        steps: [
          'Siga sem ele: as mensagens novas chegam normalmente.',
          'Se o histórico for necessário, conecte o número de novo e aceite compartilhar.',
        ],
      },
    },
  ],
};
