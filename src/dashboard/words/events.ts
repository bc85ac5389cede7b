/** The feed, and one event of it. */
export const events = {
  title: { en: 'Events', 'pt-BR': 'Eventos' },
  kind: { en: 'Kind', 'pt-BR': 'Tipo' },
  every: { en: 'All kinds', 'pt-BR': 'Todos os tipos' },
  pause: { en: 'Pause', 'pt-BR': 'Pausar' },
  goOn: { en: 'Go on', 'pt-BR': 'Continuar' },
  waiting: {
    en: (count: number) => (count === 1 ? '1 event waits.' : `${count} events wait.`),
    'pt-BR': (count: number) => (count === 1 ? '1 evento espera.' : `${count} eventos esperam.`),
  },
  none: { en: 'Nothing has happened yet', 'pt-BR': 'Nada aconteceu ainda' },
  noneWhy: {
    en: 'Everything that WhatsApp tells Recado, and every step of your notifications, stands here in its order.',
    'pt-BR':
      'Tudo o que o WhatsApp conta ao Recado, e cada passo das suas notificações, fica aqui na ordem em que chega.',
  },
  noneSo: { en: 'None is of this kind', 'pt-BR': 'Nenhum é deste tipo' },
  clear: { en: 'Show all', 'pt-BR': 'Mostrar todos' },
  choose: { en: 'Choose an event to see what is in it', 'pt-BR': 'Escolha um evento para ver o que há nele' },
  back: { en: 'All events', 'pt-BR': 'Todos os eventos' },
  occurred: { en: 'Happened', 'pt-BR': 'Aconteceu' },
  received: { en: 'Received', 'pt-BR': 'Recebido' },
  phone: { en: 'Business phone', 'pt-BR': 'Telefone da empresa' },
  foreign: { en: 'not yours', 'pt-BR': 'não é seu' },
  contact: { en: 'Contact', 'pt-BR': 'Contato' },
  id: { en: 'Id', 'pt-BR': 'Id' },
  readable: { en: 'In Recado’s words', 'pt-BR': 'Nas palavras do Recado' },
  raw: { en: 'As Meta sent it', 'pt-BR': 'Como a Meta enviou' },
  facts: { en: 'Facts', 'pt-BR': 'Fatos' },
  copyCurl: { en: 'Copy as curl', 'pt-BR': 'Copiar como curl' },
  copyJson: { en: 'Copy as JSON', 'pt-BR': 'Copiar como JSON' },
  unrecognised: {
    en: 'This version does not understand what Meta sent here. It is kept as it came. After an update of Recado it can be read again.',
    'pt-BR':
      'Esta versão não entende o que a Meta enviou aqui. Fica guardado como veio. Depois de uma atualização do Recado, pode ser lido de novo.',
  },
  reread: { en: 'Read again from here on', 'pt-BR': 'Ler de novo a partir daqui' },
  rereading: {
    en: 'Stored webhooks are being read again. What is understood better appears here.',
    'pt-BR': 'Os webhooks guardados estão sendo lidos de novo. O que for entendido melhor aparece aqui.',
  },
} as const;
