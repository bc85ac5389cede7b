import type { AttemptBody, NotificationBody } from '../../client/generated.ts';
import type { Said } from '../language.ts';

/** The list of notifications, and the story of one. */
export const notifications = {
  title: { en: 'Notifications', 'pt-BR': 'Notificações' },
  state: { en: 'State', 'pt-BR': 'Estado' },
  every: { en: 'All states', 'pt-BR': 'Todos os estados' },
  because: {
    en: (failure: string) => `Only those that failed as ${failure}`,
    'pt-BR': (failure: string) => `Só as que falharam como ${failure}`,
  },
  clear: { en: 'Show all', 'pt-BR': 'Mostrar todas' },
  none: { en: 'Nothing was sent yet', 'pt-BR': 'Nada foi enviado ainda' },
  noneWhy: {
    en: 'Everything that you ask Recado to send stands here, with what became of it and why.',
    'pt-BR': 'Tudo o que você pede ao Recado para enviar fica aqui, com o que aconteceu e por quê.',
  },
  noneSo: { en: 'None is like that', 'pt-BR': 'Nenhuma é assim' },
  choose: {
    en: 'Choose a notification to see its story',
    'pt-BR': 'Escolha uma notificação para ver a história',
  },
  back: { en: 'All notifications', 'pt-BR': 'Todas as notificações' },
  to: {
    en: (recipient: string) => `To ${recipient}`,
    'pt-BR': (recipient: string) => `Para ${recipient}`,
  },
  taken: { en: 'Taken', 'pt-BR': 'Recebida' },
  attempt: {
    en: (number: number) => `Try ${number}`,
    'pt-BR': (number: number) => `Tentativa ${number}`,
  },
  told: {
    en: (status: string) => `WhatsApp says: ${status}`,
    'pt-BR': (status: string) => `O WhatsApp diz: ${status}`,
  },
  retry: {
    en: (time: string) => `Tried again at ${time}`,
    'pt-BR': (time: string) => `Nova tentativa às ${time}`,
  },
  expires: {
    en: (time: string) => `Not sent after ${time}`,
    'pt-BR': (time: string) => `Não enviada depois de ${time}`,
  },
  cancel: { en: 'Cancel it', 'pt-BR': 'Cancelar' },
  conversation: { en: 'Open the contact', 'pt-BR': 'Abrir o contato' },
  reference: { en: 'Your reference', 'pt-BR': 'Sua referência' },
  id: { en: 'Id', 'pt-BR': 'Id' },
  decisions: {
    'free-form': { en: 'as free text', 'pt-BR': 'como texto livre' },
    template: { en: 'as a template', 'pt-BR': 'como modelo' },
    hold: { en: 'held until they write', 'pt-BR': 'retida até a pessoa escrever' },
    refuse: { en: 'refused', 'pt-BR': 'recusada' },
  },
} as const;

/** How a try to send ended. */
export const outcomes: Readonly<Record<AttemptBody['outcome'], Said>> = {
  accepted: { en: 'Meta took it.', 'pt-BR': 'A Meta aceitou.' },
  refused: { en: 'Meta refused it.', 'pt-BR': 'A Meta recusou.' },
  'not-sent': { en: 'It did not leave.', 'pt-BR': 'Ela não saiu.' },
  unknown: { en: 'It may have left, and nobody answered.', 'pt-BR': 'Pode ter saído, e ninguém respondeu.' },
};

/** What WhatsApp says of a message. */
export const statusWords: Readonly<Record<NotificationBody['statuses'][number]['status'], Said>> = {
  sent: { en: 'sent', 'pt-BR': 'enviada' },
  delivered: { en: 'delivered', 'pt-BR': 'entregue' },
  read: { en: 'read', 'pt-BR': 'lida' },
  played: { en: 'played', 'pt-BR': 'ouvida' },
  failed: { en: 'failed', 'pt-BR': 'falhou' },
  deleted: { en: 'deleted', 'pt-BR': 'apagada' },
};
