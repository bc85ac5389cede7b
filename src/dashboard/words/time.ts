/** How long something lasts, or how long ago it was. */
export const time = {
  moment: { en: 'less than a minute', 'pt-BR': 'menos de um minuto' },
  minutes: {
    en: (minutes: number) => `${minutes} min`,
    'pt-BR': (minutes: number) => `${minutes} min`,
  },
  hours: {
    en: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
    'pt-BR': (hours: number, minutes: number) => `${hours} h ${minutes} min`,
  },
  today: { en: 'Today', 'pt-BR': 'Hoje' },
  yesterday: { en: 'Yesterday', 'pt-BR': 'Ontem' },
} as const;
