/** The page that says what is happening, and what to do. */
export const overview = {
  calm: { en: 'All is well.', 'pt-BR': 'Está tudo bem.' },
  needs: {
    en: (count: number) => (count === 1 ? 'One thing needs you.' : `${count} things need you.`),
    'pt-BR': (count: number) =>
      count === 1 ? 'Uma coisa precisa de você.' : `${count} coisas precisam de você.`,
  },
  summary: {
    en: (delivered: number, total: number) =>
      total === 0
        ? 'Nothing was sent in the last 24 hours.'
        : `${delivered} of ${total} messages of the last 24 hours have been delivered.`,
    'pt-BR': (delivered: number, total: number) =>
      total === 0
        ? 'Nada foi enviado nas últimas 24 horas.'
        : `${delivered} de ${total} mensagens das últimas 24 horas foram entregues.`,
  },
  needsTitle: { en: 'Needs you', 'pt-BR': 'Precisa de você' },
  since: {
    en: (time: string) => `since ${time}`,
    'pt-BR': (time: string) => `desde ${time}`,
  },
  failures: {
    en: (count: number) => (count === 1 ? '1 message' : `${count} messages`),
    'pt-BR': (count: number) => (count === 1 ? '1 mensagem' : `${count} mensagens`),
  },
  see: { en: 'See them', 'pt-BR': 'Ver quais' },
  seeCheck: { en: 'See the cure', 'pt-BR': 'Ver a solução' },
  funnel: { en: 'What became of the last 24 hours', 'pt-BR': 'O que aconteceu nas últimas 24 horas' },
  taken: { en: 'Taken', 'pt-BR': 'Recebidas' },
  sent: { en: 'Sent', 'pt-BR': 'Enviadas' },
  delivered: { en: 'Delivered', 'pt-BR': 'Entregues' },
  read: { en: 'Read', 'pt-BR': 'Lidas' },
  failed: { en: 'Failed', 'pt-BR': 'Falharam' },
  funnelEmpty: {
    en: 'Nothing sent yet. Answer a conversation, or let your program post to /v1/notifications.',
    'pt-BR': 'Nada enviado ainda. Responda a uma conversa, ou faça seu programa postar em /v1/notifications.',
  },
  closing: { en: 'Windows that close soon', 'pt-BR': 'Janelas que fecham logo' },
  closingWhy: {
    en: 'Until then any message may be sent; after it, templates only.',
    'pt-BR': 'Até lá, qualquer mensagem pode ser enviada; depois, só modelos.',
  },
  closingEmpty: {
    en: 'No window closes within six hours.',
    'pt-BR': 'Nenhuma janela fecha nas próximas seis horas.',
  },
  health: { en: 'From Meta to you, and back', 'pt-BR': 'Da Meta até você, e de volta' },
  healthCounts: {
    en: (green: number, all: number) => `${green} of ${all} links proven`,
    'pt-BR': (green: number, all: number) => `${green} de ${all} elos comprovados`,
  },
  healthNever: {
    en: 'Doctor has not looked yet. It proves the way from Meta to a delivered reply, link by link.',
    'pt-BR':
      'O doctor ainda não olhou. Ele comprova o caminho da Meta até uma resposta entregue, elo por elo.',
  },
  looked: {
    en: (time: string) => `looked at ${time}`,
    'pt-BR': (time: string) => `verificado às ${time}`,
  },
  openSetup: { en: 'Open setup', 'pt-BR': 'Abrir a configuração' },
  lately: { en: 'As it happens', 'pt-BR': 'Acontecendo agora' },
  latelyEmpty: {
    en: 'Nothing has happened yet. Whoever writes to your number shows up here at once.',
    'pt-BR': 'Nada aconteceu ainda. Quem escrever para o seu número aparece aqui na hora.',
  },
  latelySandbox: {
    en: 'Nothing has happened yet. Say Hi on the phone, and watch.',
    'pt-BR': 'Nada aconteceu ainda. Diga Oi no celular e veja.',
  },
} as const;
