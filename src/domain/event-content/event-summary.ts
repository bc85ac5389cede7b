import type { Event, EventKind } from '../event.ts';
import type { Language } from '../language.ts';
import { accountSaid } from './account-summary.ts';
import { flowSaid, partnerSaid, paymentSaid, phoneSaid, securitySaid } from './business-summaries.ts';
import type { EventContents } from './event-content.ts';
import {
  actionSaid,
  callSaid,
  contextSaid,
  echoSaid,
  errorSaid,
  historySaid,
  messageSaid,
  standbySaid,
  statusSaid,
} from './message-summaries.ts';
import { alarmSaid, notificationSaid } from './own-summaries.ts';
import {
  groupSaid,
  handoverSaid,
  identitySaid,
  preferenceSaid,
  syncSaid,
  trackingSaid,
} from './people-summaries.ts';
import { type Said, said } from './said.ts';
import { templateSaid } from './template-summary.ts';
import { unrecognisedSaid } from './unrecognised-summary.ts';

const sayers: { [Kind in EventKind]: (content: EventContents[Kind]) => Said } = {
  message: messageSaid,
  status: statusSaid,
  notification: () => said('Notification', 'Notificação'),
  alarm: () => said('Alarm', 'Alarme'),
  error: errorSaid,
  action: actionSaid,
  context: contextSaid,
  call: callSaid,
  echo: echoSaid,
  history: historySaid,
  sync: syncSaid,
  preference: preferenceSaid,
  identity: identitySaid,
  group: groupSaid,
  template: templateSaid,
  account: accountSaid,
  phone: phoneSaid,
  security: securitySaid,
  flow: flowSaid,
  handover: handoverSaid,
  standby: standbySaid,
  payment: paymentSaid,
  partner: partnerSaid,
  tracking: trackingSaid,
  unrecognised: unrecognisedSaid,
};

/**
 * What an event says, in one short line; never empty. It repeats what people wrote and their numbers, so it is
 * no line for a log that strangers read.
 */
export function summaryOf<Kind extends EventKind>(
  kind: Kind,
  content: EventContents[Kind],
  language: Language,
): string {
  return sayers[kind](content)[language];
}

/** The same for an event of the feed; of our own kinds, which have no content, what the payload tells. */
export function summaryOfEvent(
  { kind, content, payload }: Pick<Event, 'kind' | 'content' | 'payload'>,
  language: Language,
): string {
  if (kind === 'notification') return notificationSaid(payload)[language];
  if (kind === 'alarm') return alarmSaid(payload)[language];
  return summaryOf<EventKind>(kind, content, language);
}
