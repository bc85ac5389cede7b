import type { NotificationBody } from '../../client/generated.ts';
import type { Said } from '../language.ts';

/** The states of a notification. */
export const states: Readonly<Record<NotificationBody['state'], Said>> = {
  queued: { en: 'waiting', 'pt-BR': 'na fila' },
  held: { en: 'held until they write', 'pt-BR': 'retida até a pessoa escrever' },
  sending: { en: 'being sent', 'pt-BR': 'sendo enviada' },
  accepted: { en: 'taken by Meta', 'pt-BR': 'aceita pela Meta' },
  sent: { en: 'sent', 'pt-BR': 'enviada' },
  delivered: { en: 'delivered', 'pt-BR': 'entregue' },
  read: { en: 'read', 'pt-BR': 'lida' },
  failed: { en: 'failed', 'pt-BR': 'falhou' },
  expired: { en: 'expired', 'pt-BR': 'expirou' },
  cancelled: { en: 'cancelled', 'pt-BR': 'cancelada' },
  unknown: { en: 'not known', 'pt-BR': 'não se sabe' },
};
