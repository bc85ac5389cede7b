import type { EventKind } from '../event.ts';
import type { Message } from '../message-content/message.ts';
import type { AccountContent } from './account.ts';
import type { ActionContent } from './action.ts';
import type { CallContent } from './call.ts';
import type { ContextContent } from './context.ts';
import type { EchoContent } from './echo.ts';
import type { ErrorContent } from './error.ts';
import type { FlowContent } from './flow.ts';
import type { GroupContent } from './group.ts';
import type { HandoverContent } from './handover.ts';
import type { HistoryContent } from './history.ts';
import type { IdentityContent } from './identity.ts';
import type { PartnerContent } from './partner.ts';
import type { PaymentContent } from './payment.ts';
import type { PhoneContent } from './phone.ts';
import type { PreferenceContent } from './preference.ts';
import type { SecurityContent } from './security.ts';
import type { StandbyContent } from './standby.ts';
import type { StatusContent } from './status.ts';
import type { SyncContent } from './sync.ts';
import type { TemplateChangeContent } from './template.ts';
import type { TrackingContent } from './tracking.ts';
import type { UnrecognisedContent } from './unrecognised.ts';

/**
 * What an event of each kind says, in our words. Whatever Meta leaves out is null or an empty list. A family
 * that has several forms says which as `form`; `event` is always Meta's own word, so that one invented
 * tomorrow is not lost. Times are milliseconds, and their names end in `At`.
 */
export type EventContents = {
  message: Message;
  status: StatusContent;
  /** Ours: its facts are the payload. */
  notification: null;
  /** Ours: its facts are the payload. */
  alarm: null;
  error: ErrorContent;
  action: ActionContent;
  context: ContextContent;
  call: CallContent;
  echo: EchoContent;
  history: HistoryContent;
  sync: SyncContent;
  preference: PreferenceContent;
  identity: IdentityContent;
  group: GroupContent;
  template: TemplateChangeContent;
  account: AccountContent;
  phone: PhoneContent;
  security: SecurityContent;
  flow: FlowContent;
  handover: HandoverContent;
  standby: StandbyContent;
  payment: PaymentContent;
  partner: PartnerContent;
  tracking: TrackingContent;
  unrecognised: UnrecognisedContent;
};

/** What an event of any kind says; null for our own kinds. */
export type EventContent = EventContents[EventKind];
