import type { ErrorFamily } from './entry.ts';

/** Errors about too much in too short a time (meta-facts §5, §6). */
export const limitErrors: ErrorFamily = {
  name: 'limits',
  title: { en: 'Limits', 'pt-BR': 'Limites' },
  entries: [
    {
      code: 4,
      title: 'API Too Many Calls',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'call-rate-exceeded',
      en: {
        meaning: 'Your Meta app makes more calls than it may.',
        steps: [
          'Leave your notifications as they are: Recado waits and tries again by itself.',
          'Find out what else uses the same app, and let it call less often.',
        ],
      },
      'pt-BR': {
        meaning: 'O seu app da Meta faz mais chamadas do que pode.',
        steps: [
          'Deixe as notificações como estão: o Recado espera e tenta de novo sozinho.',
          'Descubra o que mais usa o mesmo app e reduza essas chamadas.',
        ],
      },
    },
    {
      code: 80007,
      title: 'Rate limit issues',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'management-call'],
      fault: 'you',
      failure: 'call-rate-exceeded',
      en: {
        meaning:
          'The WhatsApp account is managed with more calls than it may: 200 an hour for each app, 5,000 once it has a registered number.',
        steps: [
          'Leave your notifications as they are: Recado waits and tries again by itself.',
          'Find the program that lists templates or numbers over and over, and let it remember the answers.',
        ],
      },
      'pt-BR': {
        meaning:
          'A conta do WhatsApp recebe mais chamadas de gestão do que o limite: 200 por hora para cada app, 5.000 depois que há um número registrado.',
        steps: [
          'Deixe as notificações como estão: o Recado espera e tenta de novo sozinho.',
          'Encontre o programa que fica listando modelos ou números e faça com que ele guarde as respostas.',
        ],
      },
    },
    {
      code: 130429,
      title: 'Rate limit hit',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'failed-status', 'webhook'],
      fault: 'you',
      failure: 'throughput-exceeded',
      en: {
        meaning:
          'More messages per second than the business phone may carry: 80 as a rule, 20 with coexistence, up to 1,000 for large businesses.',
        steps: [
          'Leave your notifications as they are: Recado slows down and tries again by itself.',
          'Stop other programs that send from the same number.',
          'For large mailings, begin earlier, or spread them over several business phones.',
        ],
      },
      'pt-BR': {
        meaning:
          'Mais mensagens por segundo do que o número aguenta: em geral 80, 20 com coexistência, até 1.000 para empresas grandes.',
        steps: [
          'Deixe as notificações como estão: o Recado reduz o ritmo e tenta de novo sozinho.',
          'Pare outros programas que enviem do mesmo número.',
          'Em disparos grandes, comece mais cedo ou divida entre vários números.',
        ],
      },
    },
    {
      code: 131048,
      title: 'Spam rate limit hit',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'failed-status'],
      fault: 'you',
      failure: 'spam-limited',
      en: {
        meaning:
          'Too many people blocked your number or reported it as spam, so Meta limits what it may send.',
        steps: [
          'Stop mass mailings from this number at once; each further complaint makes it worse.',
          'Look at the quality rating in WhatsApp Manager: it counts the last seven days.',
          'Write only to people who asked for it, and give each message an easy way to say stop. The limit lifts after some days.',
        ],
      },
      'pt-BR': {
        meaning:
          'Gente demais bloqueou o seu número ou denunciou como spam, e a Meta limitou o que ele pode enviar.',
        steps: [
          'Pare já os disparos em massa deste número; cada nova denúncia piora a situação.',
          'Veja a classificação de qualidade no Gerenciador do WhatsApp: ela considera os últimos sete dias.',
          'Escreva só para quem pediu e ofereça em cada mensagem um jeito fácil de parar. O limite cai depois de alguns dias.',
        ],
      },
    },
    {
      code: 131056,
      title: '(Business Account, Consumer Account) pair rate limit hit',
      httpStatus: 400,
      documented: true,
      appears: ['answer', 'failed-status'],
      fault: 'you',
      failure: 'pair-rate-exceeded',
      en: {
        meaning:
          'Too many messages to this one person: Meta takes one every 6 seconds, with a burst of 45 that has to be waited off afterwards. Other people are not affected.',
        steps: [
          'Leave the notification as it is: Recado waits longer each time and tries again by itself.',
          'Put what you have to say into fewer messages.',
        ],
      },
      'pt-BR': {
        meaning:
          'Mensagens demais para esta mesma pessoa: a Meta aceita uma a cada 6 segundos, com uma rajada de até 45 que depois precisa ser compensada com espera. As outras pessoas não são afetadas.',
        steps: [
          'Deixe a notificação como está: o Recado espera cada vez mais e tenta de novo sozinho.',
          'Junte o que você tem a dizer em menos mensagens.',
        ],
      },
    },
  ],
};
