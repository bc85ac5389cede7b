/** The list of conversations, a thread, and answering it. */
export const conversations = {
  title: { en: 'Conversations', 'pt-BR': 'Conversas' },
  none: { en: 'Nobody has written yet', 'pt-BR': 'Ninguém escreveu ainda' },
  noneWhy: {
    en: 'Whoever writes to your WhatsApp number appears here at once, and can be answered for 24 hours.',
    'pt-BR':
      'Quem escrever para o seu número do WhatsApp aparece aqui na hora, e pode ser respondido por 24 horas.',
  },
  noneNext: {
    en: 'Should somebody have written already? Setup finds the broken link.',
    'pt-BR': 'Alguém já deveria ter escrito? A configuração encontra o elo partido.',
  },
  choose: { en: 'Choose a conversation', 'pt-BR': 'Escolha uma conversa' },
  back: { en: 'All conversations', 'pt-BR': 'Todas as conversas' },
  group: { en: 'Group', 'pt-BR': 'Grupo' },
  nameless: { en: 'Without a name', 'pt-BR': 'Sem nome' },
  thread: { en: 'Messages', 'pt-BR': 'Mensagens' },
  earlier: { en: 'Earlier messages', 'pt-BR': 'Mensagens anteriores' },
  template: { en: 'Template', 'pt-BR': 'Modelo' },
  reacted: {
    en: (emoji: string) => `Reaction: ${emoji}`,
    'pt-BR': (emoji: string) => `Reação: ${emoji}`,
  },
  state: {
    en: (state: string) => `State: ${state}`,
    'pt-BR': (state: string) => `Estado: ${state}`,
  },
  story: { en: 'The whole story', 'pt-BR': 'A história completa' },
  markRead: { en: 'Mark as read', 'pt-BR': 'Marcar como lida' },
  marked: { en: 'They see the blue ticks.', 'pt-BR': 'A pessoa vê os tiques azuis.' },
  aboutThem: { en: 'About this contact', 'pt-BR': 'Sobre este contato' },
  words: { en: 'Message', 'pt-BR': 'Mensagem' },
  placeholder: { en: 'Write an answer …', 'pt-BR': 'Escreva uma resposta …' },
  send: { en: 'Send', 'pt-BR': 'Enviar' },
  asText: { en: 'Text', 'pt-BR': 'Texto' },
  asTemplate: { en: 'Template', 'pt-BR': 'Modelo' },
  as: { en: 'Send as', 'pt-BR': 'Enviar como' },
  chooseTemplate: { en: 'Choose a template', 'pt-BR': 'Escolha um modelo' },
  noTemplates: {
    en: 'There is no approved template yet. Templates are made in WhatsApp Manager, or with POST /v1/templates.',
    'pt-BR':
      'Ainda não há modelo aprovado. Modelos são criados no Gerenciador do WhatsApp, ou com POST /v1/templates.',
  },
  value: {
    en: (name: string) => `Value of {{${name}}}`,
    'pt-BR': (name: string) => `Valor de {{${name}}}`,
  },
  willGo: {
    'free-form': { en: 'Goes as free text', 'pt-BR': 'Vai como texto livre' },
    template: { en: 'Goes as a template', 'pt-BR': 'Vai como modelo' },
    hold: { en: 'Waits until they write', 'pt-BR': 'Espera até a pessoa escrever' },
    refuse: { en: 'Cannot go', 'pt-BR': 'Não pode ir' },
  },
  windowOpen: {
    en: (time: string) => `The window is open for another ${time}.`,
    'pt-BR': (time: string) => `A janela ainda fica aberta por ${time}.`,
  },
  templateAlways: {
    en: 'An approved template may go at any time.',
    'pt-BR': 'Um modelo aprovado pode ir a qualquer momento.',
  },
  useTemplate: { en: 'Use a template', 'pt-BR': 'Usar um modelo' },
  code: {
    en: (code: string) => `Code: ${code}`,
    'pt-BR': (code: string) => `Código: ${code}`,
  },
} as const;
