/** The chain from the configuration to a delivered reply, and the cure of each broken link. */
export const setup = {
  title: { en: 'Setup', 'pt-BR': 'Configuração' },
  why: {
    en: 'Every link from your settings to a delivered reply, proven one by one. The first red one is where to begin.',
    'pt-BR':
      'Cada elo, das suas configurações até uma resposta entregue, comprovado um a um. Comece pelo primeiro vermelho.',
  },
  run: { en: 'Look now', 'pt-BR': 'Verificar agora' },
  running: { en: 'Looking at every link …', 'pt-BR': 'Verificando cada elo …' },
  never: { en: 'Nothing has been looked at yet', 'pt-BR': 'Nada foi verificado ainda' },
  neverWhy: {
    en: 'It takes some seconds, changes nothing at Meta, and writes to nobody.',
    'pt-BR': 'Leva alguns segundos, não muda nada na Meta e não escreve para ninguém.',
  },
  verdicts: {
    green: { en: 'proven', 'pt-BR': 'comprovado' },
    red: { en: 'broken', 'pt-BR': 'partido' },
    unknown: { en: 'not known', 'pt-BR': 'não se sabe' },
  },
  copy: { en: 'Copy', 'pt-BR': 'Copiar' },
  copied: { en: 'Copied', 'pt-BR': 'Copiado' },
  evidence: { en: 'Evidence', 'pt-BR': 'Evidência' },
} as const;
