import type { ErrorFamily } from './entry.ts';

/** Errors about the making of templates, the Marketing Messages API and Flows (meta-facts §5). */
export const templateServiceErrors: ErrorFamily = {
  name: 'template-service',
  title: { en: 'Templates as such, marketing and Flows', 'pt-BR': 'Gestão de modelos, marketing e Flows' },
  entries: [
    {
      code: 131055,
      title: 'Method not allowed',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'request-invalid',
      en: {
        meaning:
          'The Marketing Messages API was given something other than a marketing template, which is all that it takes.',
        steps: ['Send this message through the Cloud API; a marketing template may stay where it is.'],
      },
      'pt-BR': {
        meaning:
          'A API de Mensagens de Marketing recebeu algo que não é um modelo de marketing, a única coisa que ela aceita.',
        steps: ['Envie esta mensagem pela Cloud API; um modelo de marketing pode continuar onde está.'],
      },
    },
    {
      code: 131059,
      title: null,
      httpStatus: null,
      documented: false,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'after-cure' },
      en: {
        meaning: 'A list of templates was continued with a cursor that Meta does not take.',
        steps: ['Begin the list anew, without a cursor.'],
      },
      'pt-BR': {
        meaning: 'Uma lista de modelos foi continuada com um cursor que a Meta não aceita.',
        steps: ['Comece a lista de novo, sem cursor.'],
      },
    },
    {
      code: 131063,
      title: null,
      httpStatus: null,
      documented: false,
      appears: ['answer'],
      fault: 'you',
      failure: 'request-invalid',
      en: {
        meaning:
          'Marketing templates are switched off for this account on the Cloud API: they have to go through the Marketing Messages API.',
        steps: [
          'Find out in WhatsApp Manager whether the account uses the Marketing Messages API.',
          'Send marketing through that API, or have the setting changed; other messages are not affected.',
        ],
      },
      'pt-BR': {
        meaning:
          'Os modelos de marketing estão desativados para esta conta na Cloud API: precisam ir pela API de Mensagens de Marketing.',
        steps: [
          'Verifique no Gerenciador do WhatsApp se a conta usa a API de Mensagens de Marketing.',
          'Envie marketing por essa API ou peça a mudança da configuração; as outras mensagens não são afetadas.',
        ],
      },
    },
    {
      code: 131064,
      title: null,
      httpStatus: null,
      documented: false,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning: 'A limit that has to do with how Meta classifies your templates is reached.',
        steps: [
          'Read `details` beside it.',
          'See in WhatsApp Manager → Message templates whether Meta moved templates to another category, and correct or appeal that.',
        ],
      },
      'pt-BR': {
        meaning: 'Foi atingido um limite ligado à forma como a Meta classifica os seus modelos.',
        steps: [
          'Leia `details` ao lado dele.',
          'Veja em Gerenciador do WhatsApp → Modelos de mensagem se a Meta mudou a categoria de algum modelo; corrija ou conteste.',
        ],
      },
    },
    {
      code: 132068,
      title: 'Flow is blocked',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'flow-unavailable',
      en: {
        meaning: 'Meta blocked the Flow that the message opens.',
        steps: [
          'Open the Flow in WhatsApp Manager → Flows, read its errors and correct them.',
          'Send a new notification, or one without the Flow meanwhile.',
        ],
      },
      'pt-BR': {
        meaning: 'A Meta bloqueou o Flow que a mensagem abre.',
        steps: [
          'Abra o Flow em Gerenciador do WhatsApp → Flows, veja os erros e corrija.',
          'Envie uma nova notificação ou, enquanto isso, uma sem o Flow.',
        ],
      },
    },
    {
      code: 132069,
      title: 'Flow is throttled',
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'flow-unavailable',
      en: {
        meaning: 'Meta throttles the Flow that the message opens: the 10 messages of this hour are used.',
        steps: [
          'Open the Flow in WhatsApp Manager → Flows and correct what makes it slow or faulty.',
          'Send a new notification in the next hour, or one without the Flow now.',
        ],
      },
      'pt-BR': {
        meaning: 'A Meta limitou o Flow que a mensagem abre: as 10 mensagens desta hora já foram usadas.',
        steps: [
          'Abra o Flow em Gerenciador do WhatsApp → Flows e corrija o que o deixa lento ou com erros.',
          'Envie uma nova notificação na próxima hora ou, agora, uma sem o Flow.',
        ],
      },
    },
    {
      code: 134100,
      title: null,
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'request-invalid',
      en: {
        meaning:
          'The Marketing Messages API takes marketing templates only, and this one has another category.',
        steps: ['Send this template through the Cloud API.'],
      },
      'pt-BR': {
        meaning:
          'A API de Mensagens de Marketing só aceita modelos de marketing, e este é de outra categoria.',
        steps: ['Envie este modelo pela Cloud API.'],
      },
    },
    {
      code: 134101,
      title: null,
      httpStatus: 400,
      documented: true,
      appears: ['answer'],
      fault: 'nobody',
      failure: 'template-not-ready',
      en: {
        meaning:
          'The template is still being made known to the Marketing Messages API. That takes up to 10 minutes.',
        steps: ['Wait: Recado tries again by itself.'],
      },
      'pt-BR': {
        meaning:
          'O modelo ainda está sendo sincronizado com a API de Mensagens de Marketing. Isso leva até 10 minutos.',
        steps: ['Espere: o Recado tenta de novo sozinho.'],
      },
    },
    {
      code: 134102,
      title: null,
      httpStatus: 500,
      documented: true,
      appears: ['answer'],
      fault: 'you',
      failure: 'template-unavailable',
      en: {
        meaning: 'The Marketing Messages API cannot use this template.',
        steps: [
          'Look at the template in WhatsApp Manager → Message templates: is it approved, and of the category marketing?',
          'Correct it there, or use another one, and send a new notification.',
        ],
      },
      'pt-BR': {
        meaning: 'A API de Mensagens de Marketing não consegue usar este modelo.',
        steps: [
          'Veja o modelo em Gerenciador do WhatsApp → Modelos de mensagem: está aprovado e na categoria marketing?',
          'Corrija-o ou use outro e envie uma nova notificação.',
        ],
      },
    },
    {
      code: 138000,
      lastCode: 138999,
      title: null,
      httpStatus: null,
      documented: false,
      appears: ['management-call'],
      fault: 'nobody',
      failure: null,
      retry: { help: 'never' },
      en: {
        meaning: 'A number of WhatsApp’s calls. Recado does not place or take calls.',
        steps: ['Look it up in the calling part of Meta’s documents, with `details` beside it.'],
      },
      'pt-BR': {
        meaning: 'Um código das ligações do WhatsApp. O Recado não faz nem atende ligações.',
        steps: ['Consulte a parte de ligações da documentação da Meta, com o `details` que veio junto.'],
      },
    },
    {
      code: 139000,
      lastCode: 139004,
      title: null,
      httpStatus: null,
      documented: false,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'after-cure' },
      en: {
        meaning: 'Something is wrong with a Flow, or with a call that makes or changes one.',
        steps: [
          'Read `details` beside it.',
          'Open the Flow in WhatsApp Manager → Flows, correct what it names, and repeat the call.',
        ],
      },
      'pt-BR': {
        meaning: 'Há algo errado com um Flow ou com uma chamada que cria ou altera um.',
        steps: [
          'Leia `details` ao lado dele.',
          'Abra o Flow em Gerenciador do WhatsApp → Flows, corrija o que for indicado e repita a chamada.',
        ],
      },
    },
    {
      code: 2388000,
      lastCode: 2388999,
      title: null,
      httpStatus: null,
      documented: true,
      appears: ['management-call'],
      fault: 'you',
      failure: null,
      retry: { help: 'after-cure' },
      en: {
        meaning:
          'A template could not be made or changed, or a number could not be moved; these numbers differ in why.',
        steps: [
          'Read the title and the message that Meta gives beside the number: they name the cause.',
          'Correct that and repeat the call.',
        ],
      },
      'pt-BR': {
        meaning:
          'Um modelo não pôde ser criado ou alterado, ou um número não pôde ser migrado; o motivo muda de código para código.',
        steps: [
          'Leia o título e a mensagem que a Meta envia junto do código: ali está a causa.',
          'Corrija e repita a chamada.',
        ],
      },
    },
  ],
};
