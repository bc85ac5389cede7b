import { isJsonObject, type Json } from '../json.ts';
import type { NotificationState } from '../notification.ts';
import { quoted, type Said, said, withMore, wordSaid } from './said.ts';

const stateWords: Readonly<Record<NotificationState, Said>> = {
  queued: said('queued', 'na fila'),
  held: said('held until they write', 'retida até que a pessoa escreva'),
  sending: said('being sent', 'sendo enviada'),
  accepted: said('accepted by Meta', 'aceita pela Meta'),
  sent: said('sent', 'enviada'),
  delivered: said('delivered', 'entregue'),
  read: said('read', 'lida'),
  unknown: said('uncertain', 'incerta'),
  failed: said('failed', 'falhou'),
  expired: said('expired', 'expirada'),
  cancelled: said('cancelled', 'cancelada'),
};

/** An event that a notification changed, from its payload. */
export function notificationSaid(payload: Json): Said {
  const to = textIn(payload, 'to');
  const failure = isJsonObject(payload) ? textIn(payload['failure'], 'code') : null;
  const head =
    to === null
      ? said('Notification', 'Notificação')
      : said(`Notification to ${quoted(to)}`, `Notificação para ${quoted(to)}`);
  const state = withMore(head, wordSaid(textIn(payload, 'state'), stateWords));
  const why = failure === null ? state : withMore(state, failure, ', ');
  return withMore(why, textIn(payload, 'notificationId'), ' · ');
}

const newsWords = {
  raised: said('Alarm', 'Alarme'),
  reminded: said('Alarm still on', 'Alarme continua'),
  resolved: said('Alarm over', 'Alarme encerrado'),
};

/** News of an alarm, from its payload. The sentence of the alarm itself is English. */
export function alarmSaid(payload: Json): Said {
  return withMore(wordSaid(textIn(payload, 'news'), newsWords), textIn(payload, 'sentence'));
}

function textIn(value: Json | undefined, member: string): string | null {
  const text = isJsonObject(value) ? value[member] : null;
  return typeof text === 'string' && text !== '' ? text : null;
}
