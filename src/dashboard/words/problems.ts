/** What is said when something does not work. */
export const problems = {
  unreachable: { en: 'Recado does not answer.', 'pt-BR': 'O Recado não responde.' },
  unreachableRemedy: {
    en: 'Look whether it still runs: `npm start`, or the log of your service.',
    'pt-BR': 'Veja se ele ainda está em execução: `npm start`, ou o log do seu serviço.',
  },
  again: { en: 'Try again', 'pt-BR': 'Tentar de novo' },
  whatToDo: { en: 'What to do', 'pt-BR': 'O que fazer' },
  mayNot: {
    en: 'The key that you logged in with may not see this.',
    'pt-BR': 'A chave com que você entrou não pode ver isto.',
  },
} as const;
