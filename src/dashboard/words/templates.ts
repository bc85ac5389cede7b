/** The list of templates, and one of them. */
export const templates = {
  title: { en: 'Templates', 'pt-BR': 'Modelos' },
  sync: { en: 'Read from Meta', 'pt-BR': 'Ler da Meta' },
  none: { en: 'No template is known yet', 'pt-BR': 'Nenhum modelo é conhecido ainda' },
  noneWhy: {
    en: 'Templates are made in WhatsApp Manager, or with POST /v1/templates, and approved by Meta. They may be sent at any time, also while a window is closed.',
    'pt-BR':
      'Modelos são criados no Gerenciador do WhatsApp, ou com POST /v1/templates, e aprovados pela Meta. Podem ser enviados a qualquer momento, também com a janela fechada.',
  },
  choose: { en: 'Choose a template', 'pt-BR': 'Escolha um modelo' },
  back: { en: 'All templates', 'pt-BR': 'Todos os modelos' },
  statuses: {
    APPROVED: { en: 'approved', 'pt-BR': 'aprovado' },
    PENDING: { en: 'waits for Meta', 'pt-BR': 'espera a Meta' },
    REJECTED: { en: 'rejected', 'pt-BR': 'rejeitado' },
    PAUSED: { en: 'paused', 'pt-BR': 'pausado' },
    DISABLED: { en: 'disabled', 'pt-BR': 'desativado' },
  },
  unread: { en: 'not read yet', 'pt-BR': 'ainda não lido' },
  why: { en: 'Meta’s reason', 'pt-BR': 'Motivo da Meta' },
  category: { en: 'Category', 'pt-BR': 'Categoria' },
  planned: {
    en: (category: string) => `Meta will make it ${category}`,
    'pt-BR': (category: string) => `A Meta vai mudar para ${category}`,
  },
  quality: { en: 'Quality', 'pt-BR': 'Qualidade' },
  language: { en: 'Language', 'pt-BR': 'Idioma' },
  values: { en: 'Values that a send gives', 'pt-BR': 'Valores que um envio dá' },
  synced: { en: 'Read from Meta', 'pt-BR': 'Lido da Meta' },
} as const;
