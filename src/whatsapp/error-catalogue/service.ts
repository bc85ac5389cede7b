import type { ErrorFamily } from './entry.ts';

/** Errors of Meta's own service, most of which pass (meta-facts §5). */
export const serviceErrors: ErrorFamily = {
  name: 'service',
  title: { en: 'Meta’s service', 'pt-BR': 'Serviço da Meta' },
  entries: [
    {
      code: 1,
      title: 'API Unknown',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'meta',
      failure: 'unexplained-by-meta',
      en: {
        meaning: 'Either Meta’s server failed, or the request was invalid in a way that Meta does not name.',
        steps: [
          'Wait a little: Recado tries a few times by itself.',
          'If it goes on, look at metastatus.com for a disturbance.',
          'If there is none, compare the message with one that works, and leave out part after part.',
        ],
      },
      'pt-BR': {
        meaning:
          'Ou o servidor da Meta falhou, ou a requisição era inválida de um jeito que a Meta não explica.',
        steps: [
          'Espere um pouco: o Recado tenta algumas vezes sozinho.',
          'Se continuar, veja em metastatus.com se há alguma instabilidade.',
          'Se não houver, compare a mensagem com uma que funciona e vá tirando uma parte por vez.',
        ],
      },
    },
    {
      code: 2,
      title: 'API Service',
      httpStatus: 503,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'meta',
      failure: 'meta-unavailable',
      en: {
        meaning: 'Meta’s service is down or overloaded.',
        steps: [
          'Wait: Recado tries again by itself.',
          'If it lasts, follow metastatus.com; nothing on your side cures it.',
        ],
      },
      'pt-BR': {
        meaning: 'O serviço da Meta está fora do ar ou sobrecarregado.',
        steps: [
          'Espere: o Recado tenta de novo sozinho.',
          'Se demorar, acompanhe metastatus.com; nada do seu lado resolve isso.',
        ],
      },
    },
    {
      code: 131000,
      title: 'Something went wrong',
      httpStatus: 500,
      documented: true,
      appears: ['answer', 'failed-status'],
      fault: 'meta',
      failure: 'unexplained-by-meta',
      en: {
        meaning: 'Meta failed, and does not say why.',
        steps: [
          'Wait a little: Recado tries a few times by itself when Meta refuses the message with this code.',
          'If it goes on, look at metastatus.com.',
          'If there is no disturbance, ask Meta’s support, with the time of the attempt and the id of the message.',
        ],
      },
      'pt-BR': {
        meaning: 'Houve uma falha na Meta e ela não diz por quê.',
        steps: [
          'Espere um pouco: o Recado tenta algumas vezes sozinho quando a Meta recusa a mensagem com este código.',
          'Se continuar, veja metastatus.com.',
          'Se não houver instabilidade, fale com o suporte da Meta, com o horário da tentativa e o id da mensagem.',
        ],
      },
    },
    {
      code: 131016,
      title: 'Service unavailable',
      httpStatus: 500,
      documented: true,
      appears: ['answer', 'failed-status'],
      fault: 'meta',
      failure: 'meta-unavailable',
      en: {
        meaning: 'A part of Meta’s service is unavailable for the moment.',
        steps: ['Wait: Recado tries again by itself; metastatus.com shows known disturbances.'],
      },
      'pt-BR': {
        meaning: 'Uma parte do serviço da Meta está indisponível no momento.',
        steps: [
          'Espere: o Recado tenta de novo sozinho; metastatus.com mostra as instabilidades conhecidas.',
        ],
      },
    },
    {
      code: 131057,
      title: 'Account in maintenance mode',
      httpStatus: 500,
      documented: true,
      appears: ['answer', 'failed-status'],
      fault: 'nobody',
      failure: 'meta-unavailable',
      en: {
        meaning:
          'The account is in maintenance, for instance while its throughput is raised. That takes a minute at most.',
        steps: ['Wait: Recado tries again by itself.'],
      },
      'pt-BR': {
        meaning:
          'A conta está em manutenção, por exemplo enquanto a capacidade de envio é aumentada. Isso leva no máximo um minuto.',
        steps: ['Espere: o Recado tenta de novo sozinho.'],
      },
    },
    {
      code: 133004,
      title: 'Server Temporarily Unavailable',
      httpStatus: 503,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'meta',
      failure: 'meta-unavailable',
      en: {
        meaning: 'Meta’s server for registrations is unavailable for the moment.',
        steps: [
          'Wait: Recado tries notifications again by itself.',
          'If it was the answer to /register, repeat that call once, after some minutes: Meta counts the calls.',
        ],
      },
      'pt-BR': {
        meaning: 'O servidor de registros da Meta está indisponível no momento.',
        steps: [
          'Espere: o Recado tenta as notificações de novo sozinho.',
          'Se foi a resposta de /register, repita essa chamada uma vez, depois de alguns minutos: a Meta conta as chamadas.',
        ],
      },
    },
    {
      code: 2494100,
      title: 'Account is in maintenance mode',
      httpStatus: null,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'nobody',
      failure: 'meta-unavailable',
      en: {
        meaning: 'The account is in maintenance for some minutes.',
        steps: [
          'Wait: Recado tries notifications again by itself; repeat any other call after some minutes.',
        ],
      },
      'pt-BR': {
        meaning: 'A conta está em manutenção por alguns minutos.',
        steps: [
          'Espere: o Recado tenta as notificações de novo sozinho; repita qualquer outra chamada depois de alguns minutos.',
        ],
      },
    },
  ],
};
