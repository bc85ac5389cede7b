/** The 24-hour customer service window. */
export const windows = {
  open: {
    en: (time: string) => `open for ${time}`,
    'pt-BR': (time: string) => `aberta por ${time}`,
  },
  closed: { en: 'closed', 'pt-BR': 'fechada' },
  never: { en: 'never wrote', 'pt-BR': 'nunca escreveu' },
  openTip: {
    en: 'The 24-hour window is open: any message may be sent.',
    'pt-BR': 'A janela de 24 horas está aberta: qualquer mensagem pode ser enviada.',
  },
  closedTip: {
    en: 'The 24-hour window is closed: only an approved template may be sent.',
    'pt-BR': 'A janela de 24 horas está fechada: só um modelo aprovado pode ser enviado.',
  },
} as const;
