// Written by `npm run generate` from the contract in src/server/contract. Change that instead.
import type { CallOptions, Connection } from './connection.ts';
import type { StreamOptions } from './follow-events.ts';
import type { Json, JsonObject } from './json.ts';

/** Which part of a list. */
export type PageQuery = {
  /** Begin after this: the `next` of an earlier answer, or the id of a listed thing. */
  after?: string | undefined;
  /** How many at most, 1 to 500. */
  limit?: number | undefined;
};

/** What `listNotifications` asks for. */
export type ListNotificationsQuery = PageQuery & {
  /**
   * `newest`: from the end backwards. Begin without `after` then, and go on with the `next` of the
   * answer.
   */
  order?: 'oldest' | 'newest' | undefined;
  /** Only notifications in this state. */
  state?: NotificationBody['state'] | undefined;
  /** Only those that failed, or wait, for this reason. */
  failure?: ErrorCodeBody['code'] | undefined;
};

/** What `countNotifications` asks for. */
export type CountNotificationsQuery = {
  /** Only what was taken at this time or later; the last 24 hours when left out. */
  since?: string | undefined;
};

/** What `listContacts` asks for. */
export type ListContactsQuery = PageQuery & {
  /**
   * Part of a name, a number in any spelling, a user id or a username. Accents and capitals do not
   * count.
   */
  search?: string | undefined;
};

/** What `optOut` asks for. */
export type OptOutQuery = {
  /** The business phone, when the person is named by number; the default when left out. */
  businessPhone?: string | undefined;
};

/** What `optIn` asks for. */
export type OptInQuery = {
  /** What they want messages of again; `marketing` when left out. */ purpose?: 'marketing' | undefined;
  /** The business phone, when the person is named by number; the default when left out. */
  businessPhone?: string | undefined;
};

/** What `listConversations` asks for. */
export type ListConversationsQuery = PageQuery & {
  /**
   * `newest`: from the end backwards. Begin without `after` then, and go on with the `next` of the
   * answer.
   */
  order?: 'oldest' | 'newest' | undefined;
};

/** What `listMessages` asks for. */
export type ListMessagesQuery = PageQuery & {
  /**
   * `newest`: from the end backwards. Begin without `after` then, and go on with the `next` of the
   * answer.
   */
  order?: 'oldest' | 'newest' | undefined;
};

/** What `listMedia` asks for. */
export type ListMediaQuery = PageQuery & {
  /** Only files that stand there. */ state?: 'waiting' | 'kept' | 'failed' | undefined;
};

/** What `uploadMedia` asks for. */
export type UploadMediaQuery = {
  /** Its name. */ filename?: string | undefined;
  /** Meta’s `phone_number_id` of the number to send from; may be left out for the default. */
  businessPhone?: string | undefined;
  /** `true`: upload it although Meta has the same file already. */
  again?: 'true' | 'false' | undefined;
};

/** What `listEvents` asks for. */
export type ListEventsQuery = PageQuery & {
  /**
   * `newest`: from the end backwards. Begin without `after` then, and go on with the `next` of the
   * answer.
   */
  order?: 'oldest' | 'newest' | undefined;
  /** Only events of these kinds. May be repeated, or hold several with commas between. */
  kind?: DeadLetterBody['kind'] | readonly DeadLetterBody['kind'][] | undefined;
  /** The language of `summary`; without it, what `Accept-Language` asks for, else English. */
  language?: 'en' | 'pt-BR' | undefined;
};

/** What `streamEvents` asks for. */
export type StreamEventsQuery = {
  /** Begin after this event. Without it, and without `Last-Event-ID`, the stream begins now. */
  after?: string | undefined;
  /** Only events of these kinds. May be repeated, or hold several with commas between. */
  kind?: DeadLetterBody['kind'] | readonly DeadLetterBody['kind'][] | undefined;
  /** The language of `summary`; without it, what `Accept-Language` asks for, else English. */
  language?: 'en' | 'pt-BR' | undefined;
};

/** What `listErrors` asks for. */
export type ListErrorsQuery = PageQuery & {
  /** Only those about this. */
  family?:
    | 'registration'
    | 'recipient'
    | 'withheld'
    | 'template'
    | 'request'
    | 'access'
    | 'limits'
    | 'account'
    | 'service'
    | 'incoming'
    | 'template-service'
    | undefined;
  /** Only those that mean this failure. */
  code?: ErrorCodeBody['code'] | undefined;
  /** Only those that come to light there. */
  appearsIn?: 'answer' | 'failed-status' | 'incoming-message' | 'webhook' | 'management-call' | undefined;
  /** Only those that are for them to change. */
  fault?: 'you' | 'recipient' | 'meta' | 'nobody' | undefined;
  /** Only those that are tried again so. */
  retried?: 'never' | 'after-cure' | 'later' | undefined;
};

/** What `listAudit` asks for. */
export type ListAuditQuery = PageQuery & {
  /**
   * `newest`: from the end backwards. Begin without `after` then, and go on with the `next` of the
   * answer.
   */
  order?: 'oldest' | 'newest' | undefined;
};

/** What `getConnection` asks for. */
export type GetConnectionQuery = {
  /**
   * By what Meta is led here: `app`, the callback of the whole app; `account`, an override for the
   * WhatsApp account; `phone`, an override for each of our phones. With an override the callback of the
   * app stays with whoever has it.
   */
  way?: 'app' | 'account' | 'phone' | undefined;
};

/** What `listTemplates` asks for. */
export type ListTemplatesQuery = {
  /** Only those of this status, in Meta’s word. */ status?: string | undefined;
};

/** What `getCosts` asks for. */
export type GetCostsQuery = {
  /** The month, in UTC; the present one when left out. */ month?: string | undefined;
  /** Only this business phone, by Meta’s `phone_number_id`. */
  businessPhone?: string | undefined;
};

/** Something that a person has to know of and act on while it lasts. */
export type AlarmBody = {
  /** Its id. */
  id: string;
  /**
   * What kind it is. One of `access-token-refused`, `business-phone-not-registered`, `sending-locked`,
   * `payment-problem`, `webhooks-silent`, `setup-broken`, `webhooks-not-committed`, `queue-growing`,
   * `files-not-fetched`, `endpoint-disabled`, `endpoint-failing`, `sending-stopped`, `clock-skewed`,
   * `disk-nearly-full`, `account-disabled`, `account-restricted`, `account-rejected`, `account-alert`,
   * `account-violation`, `business-phone-flagged`, `messaging-limit-fell`, `name-declined`,
   * `security-changed`, `template-unusable`, `template-flagged`, `template-quality-low`,
   * `template-recategorised`; more may come.
   */
  code:
    | 'access-token-refused'
    | 'business-phone-not-registered'
    | 'sending-locked'
    | 'payment-problem'
    | 'webhooks-silent'
    | 'setup-broken'
    | 'webhooks-not-committed'
    | 'queue-growing'
    | 'files-not-fetched'
    | 'endpoint-disabled'
    | 'endpoint-failing'
    | 'sending-stopped'
    | 'clock-skewed'
    | 'disk-nearly-full'
    | 'account-disabled'
    | 'account-restricted'
    | 'account-rejected'
    | 'account-alert'
    | 'account-violation'
    | 'business-phone-flagged'
    | 'messaging-limit-fell'
    | 'name-declined'
    | 'security-changed'
    | 'template-unusable'
    | 'template-flagged'
    | 'template-quality-low'
    | 'template-recategorised';
  /**
   * What it is about: Meta’s id of a business phone or account, a template’s name and language, or
   * `installation`.
   */
  subject: string;
  /**
   * `critical`: messages are not heard or not sent. `warning`: they soon may not be. One of `critical`,
   * `warning`; more may come.
   */
  severity: 'critical' | 'warning';
  /** What is wrong. */
  sentence: string;
  /** What to do about it. */
  remedy: string;
  /** The check of doctor that would confirm it; null where none looks at that. */
  check: DoctorCheckBody['check'] | null;
  /** When it was raised. */
  raisedAt: string;
  /** When its cause was last seen. */
  lastSeenAt: string;
  /** How often its cause was seen. */
  count: number;
  /** When its cause was gone; null while it is open. */
  resolvedAt: string | null;
};

/** Open alarms, then resolved ones; in each the newest first. */
export type AlarmPageBody = {
  /** The things of this page, in the order of the list. */
  data: AlarmBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** An amount of money. */
export type AmountBody = {
  /** A decimal number. */
  amount: string;
  /** Three capital letters. */
  currency: string;
};

/** A key of the API. Its text is not kept. */
export type ApiKeyBody = {
  /** Its id. */
  id: string;
  /** What you call it. */
  name: string;
  /**
   * What it allows. `read`: See notifications, contacts, messages, events, alarms and metrics. `send`:
   * Send notifications, and look a notification up by its id. `manage`: Make and revoke keys, read the
   * audit log, change how Recado works.
   */
  scopes: ('read' | 'send' | 'manage')[];
  /** How its text begins, to recognise it by. */
  prefix: string;
  /** When it was made. */
  createdAt: string;
  /** When it was last used, to the minute; null when it never was. */
  lastUsedAt: string | null;
  /** Since when it is refused; null while it is good. */
  revokedAt: string | null;
};

/** API keys. */
export type ApiKeyPageBody = {
  /** The things of this page, in the order of the list. */
  data: ApiKeyBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** A key to be made. */
export type ApiKeyRequest = {
  /** What you call it, such as the program that will use it. */
  name: string;
  /**
   * What it shall allow, at most what the key of this request allows. `read`: See notifications,
   * contacts, messages, events, alarms and metrics. `send`: Send notifications, and look a notification
   * up by its id. `manage`: Make and revoke keys, read the audit log, change how Recado works.
   */
  scopes: ('read' | 'send' | 'manage')[];
};

/** One try to send. */
export type AttemptBody = {
  /** The notification’s id, a dot, and the number of the try. */
  id: string;
  /** The number of the try, from 1. */
  number: number;
  /** When it began. */
  startedAt: string;
  /** When it ended. */
  finishedAt: string;
  /**
   * How it ended: Meta took it, Meta refused it, it certainly did not leave, or it may have left. One of
   * `accepted`, `refused`, `not-sent`, `unknown`; more may come.
   */
  outcome: 'accepted' | 'refused' | 'not-sent' | 'unknown';
  /** Why it did not leave, or why nobody knows. */
  reason: string | null;
  /** Meta’s refusal. */
  failure: FailureBody | null;
  /** Meta’s id of its answer (`fbtrace_id`), for Meta’s support. */
  traceId: string | null;
};

/** One change, and who made it. */
export type AuditEntryBody = {
  /** Its id. */
  id: string;
  /** When it was changed. */
  at: string;
  /** Who changed it. */
  actor: {
    /**
     * The id of an API key, `admin` for RECADO_ADMIN_KEY, `session` for the page of the sandbox, `command`
     * for a command such as `recado restore`.
     */
    id: string;
    /** Its name at that time. */
    name: string;
  };
  /** What was done, as a stable word for programs; more may come. */
  action: string;
  /** What was changed. */
  subject: string;
  /** More about the change. Never a secret. */
  detail: Record<string, Json>;
};

/** Entries of the audit log. */
export type AuditPageBody = {
  /** The things of this page, in the order of the list. */
  data: AuditEntryBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** Many messages that were asked for together, and how far they are. */
export type BatchBody = {
  /** Its id. */
  id: string;
  /** Your own words for it. */
  name: string | null;
  /**
   * Where it is. `done`: nothing of it waits any more. One of `open`, `running`, `paused`, `cancelled`,
   * `done`; more may come.
   */
  state: 'open' | 'running' | 'paused' | 'cancelled' | 'done';
  /** How many rows it has. */
  total: number;
  /** Rows that are no notifications yet; in a cancelled batch they never become any. */
  waiting: number;
  /** Rows that can be no notifications, because they cannot be meant as written. */
  invalid: number;
  /** Its notifications, counted by their state. */
  states: Record<string, number>;
  /** When it was made. */
  createdAt: string;
  /** When its state last changed. */
  updatedAt: string;
};

/** Batches. */
export type BatchPageBody = {
  /** The things of this page, in the order of the list. */
  data: BatchBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** What would become of many messages now. Nothing is stored or sent. */
export type BatchPreviewBody = {
  /** How many rows were looked at. */
  total: number;
  /** Alike rows together, the most first. */
  decisions: {
    /**
     * What would become of these rows. One of `free-form`, `template`, `hold`, `refuse`, `invalid`; more
     * may come.
     */
    decision: 'free-form' | 'template' | 'hold' | 'refuse' | 'invalid';
    /** Why, where they would not be sent. */
    failure: FailureBody | null;
    /** How many rows. */
    count: number;
    /** Their numbers; the first twenty. */
    rows: number[];
  }[];
};

/** Messages of which to say what would become of them. */
export type BatchPreviewRequest = {
  /**
   * Up to 1000 messages, each as POST /v1/notifications takes it. An idempotency key inside one counts
   * for nothing: a row is never sent twice.
   */
  notifications: NotificationRequest[];
};

/** Many messages to send. */
export type BatchRequest = {
  /** Your own words for it. */
  name?: string | undefined;
  /**
   * Up to 1000 messages, each as POST /v1/notifications takes it. An idempotency key inside one counts
   * for nothing: a row is never sent twice.
   */
  notifications: NotificationRequest[];
  /** False: it stays `open` for further rows, and nothing is sent before it is resumed. */
  start?: boolean | undefined;
};

/** What became of one row of a batch. */
export type BatchRowBody = {
  /** Its number, from 1. */
  row: number;
  /** The recipient as you wrote it. */
  to: string;
  /** Your own words. */
  reference: string | null;
  /** Its notification; null while it waits, and where it can be none. */
  notificationId: string | null;
  /**
   * The state of its notification: `queued`, `held`, `sending`, `accepted`, `sent`, `delivered`, `read`,
   * `failed`, `expired`, `cancelled`, `unknown`; more may come. Null where there is none.
   */
  state: string | null;
  /** The facts of the decision, as a sentence. */
  because: string | null;
  /** Why it failed, waits, or can be no notification. */
  failure: FailureBody | null;
};

/** Rows of a batch. */
export type BatchRowPageBody = {
  /** The things of this page, in the order of the list. */
  data: BatchRowBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** Further rows of an open batch. */
export type BatchRowsRequest = {
  /** The number of the first of these rows, from 1. */
  firstRow: number;
  /**
   * Up to 1000 messages, each as POST /v1/notifications takes it. An idempotency key inside one counts
   * for nothing: a row is never sent twice.
   */
  notifications: NotificationRequest[];
};

/** A WhatsApp number of yours, or one that webhooks speak of. */
export type BusinessPhoneBody = {
  /** Meta’s `phone_number_id`. */
  id: string;
  /** What you call it. */
  label: string | null;
  /** The number that people see. */
  displayPhoneNumber: string | null;
  /** The WhatsApp Business Account that it belongs to. */
  wabaId: string | null;
  /** Where it is configured; null: nowhere, but webhooks speak of it. */
  origin: 'environment' | 'database' | null;
  /** Whether it sends when a request names no business phone. */
  default: boolean;
  /** Whether it is not ours while others are: its events are kept, shown, and change nothing. */
  foreign: boolean;
  /** The access token that it sends with; null when there is none. */
  accessToken: SecretBody | null;
  /** The app secrets that sign its webhooks; what others sign about it is foreign. */
  appSecrets: SecretBody[];
  /** When the first event about it happened. */
  firstSeenAt: string | null;
  /** When the latest event about it happened. */
  lastEventAt: string | null;
  state: BusinessPhoneStateBody;
  /** When it was added. */
  createdAt: string | null;
  /** When it was last changed. */
  updatedAt: string | null;
};

/** What is to change; null takes a value away. */
export type BusinessPhoneChanges = {
  /** The WhatsApp Business Account that it belongs to. */
  wabaId?: string | null | undefined;
  /** The number that people see. */
  displayPhoneNumber?: string | null | undefined;
  /** What you call it. */
  label?: string | null | undefined;
  /** The access token of a System User. Kept encrypted and never shown. */
  accessToken?: string | null | undefined;
  /**
   * The secrets of the Meta app; several while one is rotated, the new one first. They count for this
   * business phone alone, and no other counts for it: what they sign about another one is foreign, and
   * so is what META_APP_SECRET signs about this one, unless the same secret is given there too. Kept
   * encrypted and never shown.
   */
  appSecrets?: string[] | null | undefined;
  /** Makes it the one to send from when a request names none. */
  default?: true | undefined;
};

/** Business phones. */
export type BusinessPhonePageBody = {
  /** The things of this page, in the order of the list. */
  data: BusinessPhoneBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** What webhooks told of a business phone: null is what none has told since Recado listens. */
export type BusinessPhoneStateBody = {
  /** Meta’s latest word on what people think of it: `FLAGGED` is low. */
  quality: string | null;
  /** How many people may be written to in a day, such as `TIER_2K`. */
  messagingLimit: string | null;
  /** The limit before. */
  formerMessagingLimit: string | null;
  /** Meta’s latest word on how fast it may send, such as `THROUGHPUT_UPGRADE`. */
  throughput: string | null;
  /**
   * Whether it is registered on the Cloud API: true once Recado has registered it, false while Meta
   * refuses its messages for that reason; null when nothing is known of it.
   */
  registered: boolean | null;
  /** The name that Meta approved last. */
  verifiedName: string | null;
  /** The latest decision on a name. */
  nameDecision: {
    /** Meta’s word, such as `APPROVED` or `REJECTED`. */
    decision: string;
    /** The name that was asked for. */
    requestedName: string | null;
    /** Why it was rejected. */
    reason: string | null;
  } | null;
  /** The username under which people find it. */
  username: string | null;
  /** What it, or its account, may not do now. */
  restrictions: {
    /** What is restricted, in Meta’s word. */
    restriction: string | null;
    /** Until when; null when Meta did not tell. */
    expiresAt: string | null;
  }[];
  /** The rule that it, or its account, broke, as it was told last. */
  violation: string | null;
  /** That its account is, or will be, disabled, deleted or disconnected. */
  disabled: {
    /** Meta’s word, such as `DISABLE` or `ACCOUNT_DELETED`. */
    word: string;
    /** When, in Meta’s words. */
    date: string | null;
  } | null;
  /** Meta’s latest decision on its account, such as `APPROVED` or `REJECTED`. */
  review: string | null;
  /** What Meta asks to be looked at in its account, for seven days, the latest first. */
  alerts: {
    /** What it is about, in Meta’s word. */
    type: string | null;
    /** Meta’s word, such as `WARNING` or `CRITICAL`. */
    severity: string | null;
    /** Meta’s word. */
    status: string | null;
    /** Meta’s sentence. */
    description: string | null;
    /** What it is about: `BUSINESS`, `PHONE_NUMBER` or `WABA`. */
    entityType: string | null;
    /** The id of that. */
    entityId: string | null;
    /** When Meta told it. */
    toldAt: string;
  }[];
  /** The latest word about its PIN. */
  security: string | null;
  /** When the latest of all this happened. */
  changedAt: string | null;
};

/** What Meta charged a message as. Meta tells no amounts. */
export type ChargeBody = {
  /**
   * Whether Meta charges it, as far as Meta has told; `failed`: it is priced, and failed in the end. One
   * of `charged`, `free`, `unknown`, `failed`; more may come.
   */
  standing: 'charged' | 'free' | 'unknown' | 'failed';
  /** Meta’s category, such as `utility` or `marketing`. */
  category: string | null;
  /** Meta’s pricing type, such as `regular` or `free_customer_service`. */
  type: string | null;
  /** `PMP`: each message is charged. `CBP`: each conversation was, until July 2025. */
  model: string | null;
  /** The conversation that it is counted to; null where Meta tells none. */
  conversation: {
    /** Meta’s id of the conversation. */
    id: string | null;
    /** What began it. */
    origin: string | null;
    /** When it ends; null when Meta did not tell. */
    expiresAt: string | null;
  } | null;
  /** When the status happened that told it. */
  toldAt: string;
};

/** What somebody asked Recado to change. Commands of one business phone are applied in order. */
export type CommandBody = {
  /** Its id. */
  id: string;
  /** What was asked for. One of `undo-merge`, `redo-merge`, `cancel-notification`; more may come. */
  kind: 'undo-merge' | 'redo-merge' | 'cancel-notification';
  /** When it was given. */
  createdAt: string;
  /** When it was applied; null while it waits. */
  appliedAt: string | null;
  /** What became of it; `unchanged` when it was so already. One of `done`, `unchanged`; more may come. */
  outcome: 'done' | 'unchanged' | null;
};

/** The connection to Meta: how it stands, or what was made of it. */
export type ConnectionBody = {
  /** Where Meta is to call; null while PUBLIC_URL is not set. */
  callbackUrl: string | null;
  /**
   * By what Meta is led here: `app`, the callback of the whole app; `account`, an override for the
   * WhatsApp account; `phone`, an override for each of our phones. With an override the callback of the
   * app stays with whoever has it.
   */
  way: 'app' | 'account' | 'phone';
  /** True when every part is right. */
  connected: boolean;
  /** In the order in which they are taken. */
  steps: ConnectionStepBody[];
};

/** How to connect; `app` when nothing is said. */
export type ConnectionRequest = {
  /**
   * By what Meta is led here: `app`, the callback of the whole app; `account`, an override for the
   * WhatsApp account; `phone`, an override for each of our phones. With an override the callback of the
   * app stays with whoever has it.
   */
  way?: 'app' | 'account' | 'phone' | undefined;
};

/** One part of the connection. */
export type ConnectionStepBody = {
  /**
   * The part of the connection. One of `app-callback`, `account-subscription`, `phone-callback`,
   * `registration`; more may come.
   */
  part: 'app-callback' | 'account-subscription' | 'phone-callback' | 'registration';
  /** The id of the app, the WhatsApp account or the business phone. */
  subject: string | null;
  /**
   * What became of it: `to-change` and `blocked` are of a plan, `changed` and `failed` of carrying it
   * out. One of `right`, `to-change`, `blocked`, `changed`, `failed`; more may come.
   */
  outcome: 'right' | 'to-change' | 'blocked' | 'changed' | 'failed';
  /** How it stood; null when that could not be found out. */
  now: string | null;
  /** How it is to stand; null when it stays as it is. */
  wanted: string | null;
  /** What the change takes away from somebody. */
  warning: string | null;
  /** Why it is not right; null when it is. */
  problem: SetupProblemBody | null;
};

/** A person on WhatsApp as one business phone knows them. */
export type ContactBody = {
  /** Its id; may be given as `to`. */
  id: string;
  /** Meta’s `phone_number_id` of the number that knows this person. */
  businessPhoneId: string | null;
  /** The profile name, when WhatsApp told it. */
  name: string | null;
  /** The WhatsApp id: digits, usually the phone number. */
  waId: string | null;
  /** The business-scoped user id (BSUID). */
  userId: string | null;
  /** Every name by which WhatsApp knows this person. */
  identifiers: {
    /** The kind of name. One of `wa_id`, `user_id`, `parent_user_id`, `username`, `typed`; more may come. */
    kind: 'wa_id' | 'user_id' | 'parent_user_id' | 'username' | 'typed';
    /** The name itself. */
    value: string;
    /**
     * When this person left this number, or until when they had it before somebody else; null while it is
     * theirs.
     */
    until: string | null;
  }[];
  /**
   * The ids of other contacts that turned out to be this person; each of them leads here. GET
   * /v1/contacts/{id}/merges tells why.
   */
  mergedFrom: string[];
  /** What this person wants no messages of; such notifications are refused. */
  optOuts: OptOutBody[];
  /** When this person was first heard of. */
  firstSeenAt: string;
  /** True once this person wrote to you, or called. */
  wroteIn: boolean;
  /** The conversation; null before the first message or call. */
  conversationId: string | null;
  window: WindowBody;
  /** Whether this person may be written to now. */
  canBeNotified: {
    /** Whether a text is allowed now. */
    freeForm: boolean;
    /** Whether an approved template is allowed now. */
    template: boolean;
    /** Why, as a sentence. */
    because: string;
  };
};

/** Contacts. */
export type ContactPageBody = {
  /** The things of this page, in the order of the list. */
  data: ContactBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** One contact, or one group, with one business phone. */
export type ConversationBody = {
  /** Its id. */
  id: string;
  /** Meta’s `phone_number_id` of your side. */
  businessPhoneId: string | null;
  /** The other side; null for a group. */
  contactId: string | null;
  /** The group; null for a person. */
  groupId: string | null;
  /** The profile name of the other side, when known. */
  name: string | null;
  /** When the last message went in either direction. */
  lastMessageAt: string;
  window: WindowBody;
};

/** Conversations. */
export type ConversationPageBody = {
  /** The things of this page, in the order of the list. */
  data: ConversationBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** What was charged of one category and pricing type. */
export type CostLineBody = {
  /** Meta’s category, such as `utility`; null when Meta told none. */
  category: string | null;
  /** Meta’s pricing type, such as `regular` or `free_customer_service`. */
  type: string | null;
  /** `PMP`: each message is charged. `CBP`: each conversation was, until July 2025. */
  model: string | null;
  /** What is counted. One of `message`, `conversation`; more may come. */
  unit: 'message' | 'conversation';
  /** How many Meta charges. */
  charged: number;
  /** How many are free. */
  free: number;
  /** How many Meta told neither of. */
  unknown: number;
  /**
   * How many messages Meta priced although they failed in the end. They are in none of the other
   * numbers: only the invoice says whether they are paid.
   */
  failed: number;
  /** The charged ones at your own price; null when `prices` has none. */
  estimate: AmountBody | null;
};

/** What Meta told with statuses about what is charged in a month. Amounts are estimates only. */
export type CostsBody = {
  /** The month, in UTC. */
  month: string;
  /** The business phone; null for all together. */
  businessPhoneId: string | null;
  /** A line for each category, pricing type and model. */
  data: CostLineBody[];
  /**
   * An estimate for each currency, from the setting `prices`. Meta sends no amounts: only its invoice
   * says what is paid.
   */
  estimates: AmountBody[];
  /** How many charged ones the estimates leave out: no price is set. */
  unpriced: number;
};

/** An event that an endpoint could not be delivered. */
export type DeadLetterBody = {
  /** The id of the event. */
  event: string;
  /**
   * Its family. One of `message`, `status`, `notification`, `alarm`, `error`, `action`, `context`,
   * `call`, `echo`, `history`, `sync`, `preference`, `identity`, `group`, `template`, `account`,
   * `phone`, `security`, `flow`, `handover`, `standby`, `payment`, `partner`, `tracking`,
   * `unrecognised`; more may come.
   */
  kind:
    | 'message'
    | 'status'
    | 'notification'
    | 'alarm'
    | 'error'
    | 'action'
    | 'context'
    | 'call'
    | 'echo'
    | 'history'
    | 'sync'
    | 'preference'
    | 'identity'
    | 'group'
    | 'template'
    | 'account'
    | 'phone'
    | 'security'
    | 'flow'
    | 'handover'
    | 'standby'
    | 'payment'
    | 'partner'
    | 'tracking'
    | 'unrecognised';
  /** How often it was tried. */
  attempts: number;
  /** What the last try met. */
  failure: string | null;
  /** When it was given up. */
  givenUpAt: string;
};

/** Events that were given up, in feed order. */
export type DeadLetterPageBody = {
  /** The things of this page, in the order of the list. */
  data: DeadLetterBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** The chain of evidence from the configuration to a delivered reply. */
export type DoctorBody = {
  /** When it began; null when doctor has not run since this process started. */
  startedAt: string | null;
  /** When it ended; null as above. */
  finishedAt: string | null;
  /**
   * `red` when a link is red, `green` when every one is green, else `unknown`. One of `green`, `red`,
   * `unknown`; more may come.
   */
  verdict: 'green' | 'red' | 'unknown';
  /** The chain, in its order. */
  checks: DoctorCheckBody[];
};

/** Evidence. */
export type DoctorCallBody = {
  /** The call that was made, without secrets. */
  call: string;
  /** What came back, clipped, without secrets. */
  answer: string;
};

/** One link of the chain. */
export type DoctorCheckBody = {
  /**
   * The check. One of `configuration`, `database`, `graph-api`, `clock`, `token`, `app-secret`,
   * `phone-id`, `whatsapp-account`, `registered`, `phone-status`, `display-name`, `quality`, `health`,
   * `app-subscription`, `account-subscription`, `overrides`, `public-url`, `tls`, `no-detour`,
   * `challenge`, `unaltered`, `body-limit`, `answer-time`, `app-live`, `message`, `reply`; more may
   * come.
   */
  check:
    | 'configuration'
    | 'database'
    | 'graph-api'
    | 'clock'
    | 'token'
    | 'app-secret'
    | 'phone-id'
    | 'whatsapp-account'
    | 'registered'
    | 'phone-status'
    | 'display-name'
    | 'quality'
    | 'health'
    | 'app-subscription'
    | 'account-subscription'
    | 'overrides'
    | 'public-url'
    | 'tls'
    | 'no-detour'
    | 'challenge'
    | 'unaltered'
    | 'body-limit'
    | 'answer-time'
    | 'app-live'
    | 'message'
    | 'reply';
  /** The business phone that it is about, if it is. */
  subject: string | null;
  /**
   * `unknown`: nothing can be said, which is never good news. One of `green`, `red`, `unknown`; more may
   * come.
   */
  verdict: 'green' | 'red' | 'unknown';
  /**
   * What was found: a stable word for programs. One of `blocked`, `setting-missing`, `out-of-time`,
   * `meta-unanswered`, `meta-will-not-say`, `check-failed`, `configuration-good`, `setting-wrong`,
   * `verify-token-missing`, `app-secret-missing`, `access-token-missing`, `phone-number-id-missing`,
   * `public-url-missing`, `database-good`, `database-new`, `server-good`, `server-new`,
   * `database-read-only`, `disk-full`, `disk-nearly-full`, `database-refuses`, `snapshot-pinned`,
   * `server-refuses`, `database-not-durable`, `database-lags`, `graph-reached`, `graph-unreachable`,
   * `clock-good`, `clock-ahead`, `clock-behind`, `token-good`, `token-good-until`, `token-refused`,
   * `token-expired`, `token-expires-soon`, `token-kind-wrong`, `token-scope-missing`,
   * `token-app-differs`, `token-unexamined`, `app-secret-good`, `app-secret-of-another-app`,
   * `app-unknown`, `phone-id-good`, `phone-id-is-a-number`, `phone-id-unknown`,
   * `phone-id-of-something-else`, `account-good`, `account-missing`, `account-of-another`,
   * `account-out-of-reach`, `registered-good`, `registered-untold`, `not-registered`,
   * `registration-pin-missing`, `registration-pin-wrong`, `registration-limit`,
   * `registration-needs-verification`, `registration-waits-for-name`, `registration-by-app`,
   * `status-good`, `status-bad`, `status-untold`, `name-good`, `name-pending`, `name-declined`,
   * `name-untold`, `quality-good`, `quality-low`, `quality-unrated`, `health-good`, `billing-stopped`,
   * `health-bad`, `health-told`, `health-unexplained`, `health-untold`, `subscription-good`,
   * `app-not-subscribed`, `verify-token-differs`, `subscription-inactive`, `callback-elsewhere`,
   * `messages-not-ticked`, `account-subscribed`, `account-not-subscribed`, `overrides-good`,
   * `override-of-phone`, `override-of-account`, `app-heard`, `app-mode-untold`, `app-not-live`,
   * `public-url-good`, `public-url-not-https`, `name-unresolved`, `address-private`, `nobody-listens`,
   * `tls-good`, `tls-not-needed`, `certificate-expired`, `certificate-not-yet-valid`,
   * `certificate-self-signed`, `certificate-of-another-host`, `certificate-without-chain`,
   * `certificate-untrusted`, `tls-failed`, `no-detour-good`, `redirected`, `login-in-front`,
   * `interstitial`, `path-not-forwarded`, `gateway-unreached`, `door-unanswered`, `challenge-good`,
   * `challenge-altered`, `challenge-refused`, `wrong-token-accepted`, `unaltered-good`,
   * `answered-elsewhere`, `bytes-altered`, `signature-dropped`, `post-refused`, `large-good`,
   * `large-refused`, `time-good`, `time-long`, `time-slow`, `message-arrived`, `message-awaited`,
   * `message-for-another-number`, `reply-delivered`, `reply-waits-for-message`, `reply-awaited`,
   * `reply-failed`; more may come.
   */
  reason:
    | 'blocked'
    | 'setting-missing'
    | 'out-of-time'
    | 'meta-unanswered'
    | 'meta-will-not-say'
    | 'check-failed'
    | 'configuration-good'
    | 'setting-wrong'
    | 'verify-token-missing'
    | 'app-secret-missing'
    | 'access-token-missing'
    | 'phone-number-id-missing'
    | 'public-url-missing'
    | 'database-good'
    | 'database-new'
    | 'server-good'
    | 'server-new'
    | 'database-read-only'
    | 'disk-full'
    | 'disk-nearly-full'
    | 'database-refuses'
    | 'snapshot-pinned'
    | 'server-refuses'
    | 'database-not-durable'
    | 'database-lags'
    | 'graph-reached'
    | 'graph-unreachable'
    | 'clock-good'
    | 'clock-ahead'
    | 'clock-behind'
    | 'token-good'
    | 'token-good-until'
    | 'token-refused'
    | 'token-expired'
    | 'token-expires-soon'
    | 'token-kind-wrong'
    | 'token-scope-missing'
    | 'token-app-differs'
    | 'token-unexamined'
    | 'app-secret-good'
    | 'app-secret-of-another-app'
    | 'app-unknown'
    | 'phone-id-good'
    | 'phone-id-is-a-number'
    | 'phone-id-unknown'
    | 'phone-id-of-something-else'
    | 'account-good'
    | 'account-missing'
    | 'account-of-another'
    | 'account-out-of-reach'
    | 'registered-good'
    | 'registered-untold'
    | 'not-registered'
    | 'registration-pin-missing'
    | 'registration-pin-wrong'
    | 'registration-limit'
    | 'registration-needs-verification'
    | 'registration-waits-for-name'
    | 'registration-by-app'
    | 'status-good'
    | 'status-bad'
    | 'status-untold'
    | 'name-good'
    | 'name-pending'
    | 'name-declined'
    | 'name-untold'
    | 'quality-good'
    | 'quality-low'
    | 'quality-unrated'
    | 'health-good'
    | 'billing-stopped'
    | 'health-bad'
    | 'health-told'
    | 'health-unexplained'
    | 'health-untold'
    | 'subscription-good'
    | 'app-not-subscribed'
    | 'verify-token-differs'
    | 'subscription-inactive'
    | 'callback-elsewhere'
    | 'messages-not-ticked'
    | 'account-subscribed'
    | 'account-not-subscribed'
    | 'overrides-good'
    | 'override-of-phone'
    | 'override-of-account'
    | 'app-heard'
    | 'app-mode-untold'
    | 'app-not-live'
    | 'public-url-good'
    | 'public-url-not-https'
    | 'name-unresolved'
    | 'address-private'
    | 'nobody-listens'
    | 'tls-good'
    | 'tls-not-needed'
    | 'certificate-expired'
    | 'certificate-not-yet-valid'
    | 'certificate-self-signed'
    | 'certificate-of-another-host'
    | 'certificate-without-chain'
    | 'certificate-untrusted'
    | 'tls-failed'
    | 'no-detour-good'
    | 'redirected'
    | 'login-in-front'
    | 'interstitial'
    | 'path-not-forwarded'
    | 'gateway-unreached'
    | 'door-unanswered'
    | 'challenge-good'
    | 'challenge-altered'
    | 'challenge-refused'
    | 'wrong-token-accepted'
    | 'unaltered-good'
    | 'answered-elsewhere'
    | 'bytes-altered'
    | 'signature-dropped'
    | 'post-refused'
    | 'large-good'
    | 'large-refused'
    | 'time-good'
    | 'time-long'
    | 'time-slow'
    | 'message-arrived'
    | 'message-awaited'
    | 'message-for-another-number'
    | 'reply-delivered'
    | 'reply-waits-for-message'
    | 'reply-awaited'
    | 'reply-failed';
  /** What the link is called. */
  title: string;
  /** What was found, and what it means. */
  found: string;
  /** What to do about it, step by step. */
  cure: DoctorStepBody[];
  /** The red link because of which nothing can be said; null otherwise. */
  blockedBy: DoctorPlaceBody | null;
  /** The calls that were made, with what came back. */
  calls: DoctorCallBody[];
};

/** A link of the chain. */
export type DoctorPlaceBody = {
  /**
   * The check. One of `configuration`, `database`, `graph-api`, `clock`, `token`, `app-secret`,
   * `phone-id`, `whatsapp-account`, `registered`, `phone-status`, `display-name`, `quality`, `health`,
   * `app-subscription`, `account-subscription`, `overrides`, `public-url`, `tls`, `no-detour`,
   * `challenge`, `unaltered`, `body-limit`, `answer-time`, `app-live`, `message`, `reply`; more may
   * come.
   */
  check: DoctorCheckBody['check'];
  /** The business phone that it is about, if it is. */
  subject: string | null;
};

/** Which links of the chain to look at. */
export type DoctorRequest = {
  /** Look at these checks, and at those that they need; at all of them when left out. */
  only?: DoctorCheckBody['check'][] | undefined;
  /** Without those that they need: for who looks at one link again and again. */
  alone?: boolean | undefined;
};

/** A step of a cure, with the values of this installation. */
export type DoctorStepBody = {
  /** What to do. */
  text: string;
  /** The command that does it, to run as it stands. */
  run: string | null;
  /** The line to set in .env before Recado is started again. */
  set: string | null;
};

/** A URL of your own application that events are forwarded to. */
export type EndpointBody = {
  /** Its id. */
  id: string;
  /** Where events are posted to. */
  url: string;
  /** What you call it. */
  name: string | null;
  /**
   * `recado`: `{ "type", "version", "timestamp", "data" }` with the event as GET /v1/events shows it.
   * `meta`: Meta’s envelope around this one element, signed with `X-Hub-Signature-256` too, for a
   * receiver that you have; our own events are left out. `meta-body`: Meta’s bytes as they came, once
   * for each webhook, without filters. One of `recado`, `meta`, `meta-body`; more may come.
   */
  format: 'recado' | 'meta' | 'meta-body';
  /**
   * `conversation`: one event of a conversation after another. `none`: all at once, and one that fails
   * holds up nothing. One of `conversation`, `none`; more may come.
   */
  order: 'conversation' | 'none';
  /** The kinds of events that it hears; null: every kind. */
  kinds: DeadLetterBody['kind'][] | null;
  /** The business phones that it hears of; null: all of yours. */
  businessPhones: string[] | null;
  /** The names of your own headers that it is sent; their values are never shown. */
  headers: string[];
  /** How many deliveries may be on their way at once. */
  concurrency: number;
  /** How many deliveries may begin in a second; null: as many as go. */
  perSecond: number | null;
  /**
   * Whether it is sent events. Those of a `paused` or `disabled` endpoint wait, and none is missed. One
   * of `active`, `paused`, `disabled`; more may come.
   */
  state: 'active' | 'paused' | 'disabled';
  /**
   * Why Recado disabled it: it answered 410, or nothing but failures for five days. One of `gone`,
   * `failing`; more may come.
   */
  disabledBecause: 'gone' | 'failing' | null;
  /** False when its secret cannot be decrypted: RECADO_ENCRYPTION_KEY is missing or another one. */
  readable: boolean;
  /** Whether it is down at present, and asked now and then. */
  down: boolean;
  /** Since when there were nothing but failures; null after a success. */
  failingSince: string | null;
  /** What its last failure was. */
  lastFailure: string | null;
  /** When it last took an event. */
  deliveredAt: string | null;
  /** How many events are still to be looked at; counted up to 10,000. */
  behind: number;
  /** How many failed, or wait behind one that did; counted up to 10,000. */
  waiting: number;
  /** How many were given up; counted up to 10,000. */
  deadLetters: number;
  /** When it was made. */
  createdAt: string;
  /** When it was last changed. */
  updatedAt: string;
};

/** What to change of an endpoint; the rest stays. */
export type EndpointChanges = {
  /**
   * Where to post events: https, or http into a network that ENDPOINT_NETWORKS allows. Private addresses
   * are refused unless it allows them.
   */
  url?: string | undefined;
  /** `paused`: its events wait. `active`: they go on where they stood, also after it was disabled. */
  state?: 'active' | 'paused' | undefined;
  /** What you call it. */
  name?: string | null | undefined;
  /** Only events of these kinds; null: every kind. */
  kinds?: DeadLetterBody['kind'][] | null | undefined;
  /** Only events of these business phones; null: of all that are yours. */
  businessPhones?: string[] | null | undefined;
  /** Your own headers, all of them anew. Kept encrypted, their values never shown. */
  headers?: Record<string, string> | undefined;
  /** How many deliveries may be on their way at once. */
  concurrency?: number | undefined;
  /** How many deliveries may begin in a second; null: as many as go. */
  perSecond?: number | null | undefined;
  /**
   * `conversation`: one event of a conversation after another. `none`: all at once, and one that fails
   * holds up nothing.
   */
  order?: 'conversation' | 'none' | undefined;
};

/** Endpoints in the order of making. */
export type EndpointPageBody = {
  /** The things of this page, in the order of the list. */
  data: EndpointBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** What became of a trial delivery. */
export type EndpointTrialBody = {
  /** Whether it answered with a success, 200 to 299. */
  delivered: boolean;
  /** The HTTP status; null when no answer came. */
  status: number | null;
  /** How long it took, in milliseconds. */
  took: number;
  /** What went wrong, in a sentence. */
  failure: string | null;
  /** The beginning of what it answered; long numbers are left out. */
  answer: string;
};

/** An endpoint with the secret that signs its deliveries. */
export type EndpointWithSecretBody = {
  /** Its id. */
  id: string;
  /** Where events are posted to. */
  url: string;
  /** What you call it. */
  name: string | null;
  /**
   * `recado`: `{ "type", "version", "timestamp", "data" }` with the event as GET /v1/events shows it.
   * `meta`: Meta’s envelope around this one element, signed with `X-Hub-Signature-256` too, for a
   * receiver that you have; our own events are left out. `meta-body`: Meta’s bytes as they came, once
   * for each webhook, without filters. One of `recado`, `meta`, `meta-body`; more may come.
   */
  format: 'recado' | 'meta' | 'meta-body';
  /**
   * `conversation`: one event of a conversation after another. `none`: all at once, and one that fails
   * holds up nothing. One of `conversation`, `none`; more may come.
   */
  order: 'conversation' | 'none';
  /** The kinds of events that it hears; null: every kind. */
  kinds: DeadLetterBody['kind'][] | null;
  /** The business phones that it hears of; null: all of yours. */
  businessPhones: string[] | null;
  /** The names of your own headers that it is sent; their values are never shown. */
  headers: string[];
  /** How many deliveries may be on their way at once. */
  concurrency: number;
  /** How many deliveries may begin in a second; null: as many as go. */
  perSecond: number | null;
  /**
   * Whether it is sent events. Those of a `paused` or `disabled` endpoint wait, and none is missed. One
   * of `active`, `paused`, `disabled`; more may come.
   */
  state: 'active' | 'paused' | 'disabled';
  /**
   * Why Recado disabled it: it answered 410, or nothing but failures for five days. One of `gone`,
   * `failing`; more may come.
   */
  disabledBecause: 'gone' | 'failing' | null;
  /** False when its secret cannot be decrypted: RECADO_ENCRYPTION_KEY is missing or another one. */
  readable: boolean;
  /** Whether it is down at present, and asked now and then. */
  down: boolean;
  /** Since when there were nothing but failures; null after a success. */
  failingSince: string | null;
  /** What its last failure was. */
  lastFailure: string | null;
  /** When it last took an event. */
  deliveredAt: string | null;
  /** How many events are still to be looked at; counted up to 10,000. */
  behind: number;
  /** How many failed, or wait behind one that did; counted up to 10,000. */
  waiting: number;
  /** How many were given up; counted up to 10,000. */
  deadLetters: number;
  /** When it was made. */
  createdAt: string;
  /** When it was last changed. */
  updatedAt: string;
  /** The secret that its deliveries are signed with. It is shown only now. */
  secret: string;
};

/** What an error code means, and what to do about it. */
export type ErrorCodeBody = {
  /** The check of doctor that would confirm it; null where none looks at that. */
  check: DoctorCheckBody['check'] | null;
  /** False for a number of Meta’s that this version does not know. */
  known: boolean;
  /**
   * The failure of a notification that meets it: a stable word for programs. One of `window-closed`,
   * `text-too-long`, `content-invalid`, `recipient-invalid`, `area-code-missing`,
   * `recipient-not-permitted`, `business-phone-missing`, `business-phone-not-ours`,
   * `access-token-missing`, `access-token-unreadable`, `not-connected`, `outcome-unknown`, `expired`,
   * `business-phone-not-registered`, `recipient-unreachable`, `recipient-not-allowed`,
   * `access-token-refused`, `permission-missing`, `phone-number-id-wrong`, `request-invalid`,
   * `template-missing`, `template-not-approved`, `template-parameters-wrong`, `template-unavailable`,
   * `template-not-ready`, `flow-unavailable`, `throughput-exceeded`, `pair-rate-exceeded`,
   * `call-rate-exceeded`, `spam-limited`, `withheld-by-meta`, `recipient-opted-out`,
   * `recipient-blocked`, `country-restricted`, `account-restricted`, `payment-problem`,
   * `terms-not-accepted`, `display-name-pending`, `meta-unavailable`, `unexplained-by-meta`,
   * `refused-without-code`, `meta-refused`, `media-unavailable`, `media-broken`, `media-not-kept`,
   * `media-too-large`, `media-expired`; more may come.
   */
  code:
    | 'window-closed'
    | 'text-too-long'
    | 'content-invalid'
    | 'recipient-invalid'
    | 'area-code-missing'
    | 'recipient-not-permitted'
    | 'business-phone-missing'
    | 'business-phone-not-ours'
    | 'access-token-missing'
    | 'access-token-unreadable'
    | 'not-connected'
    | 'outcome-unknown'
    | 'expired'
    | 'business-phone-not-registered'
    | 'recipient-unreachable'
    | 'recipient-not-allowed'
    | 'access-token-refused'
    | 'permission-missing'
    | 'phone-number-id-wrong'
    | 'request-invalid'
    | 'template-missing'
    | 'template-not-approved'
    | 'template-parameters-wrong'
    | 'template-unavailable'
    | 'template-not-ready'
    | 'flow-unavailable'
    | 'throughput-exceeded'
    | 'pair-rate-exceeded'
    | 'call-rate-exceeded'
    | 'spam-limited'
    | 'withheld-by-meta'
    | 'recipient-opted-out'
    | 'recipient-blocked'
    | 'country-restricted'
    | 'account-restricted'
    | 'payment-problem'
    | 'terms-not-accepted'
    | 'display-name-pending'
    | 'meta-unavailable'
    | 'unexplained-by-meta'
    | 'refused-without-code'
    | 'meta-refused'
    | 'media-unavailable'
    | 'media-broken'
    | 'media-not-kept'
    | 'media-too-large'
    | 'media-expired';
  /** Meta’s number; null when a failure code was asked for. */
  metaCode: number | null;
  /** The numbers of Meta’s that Recado lists under this failure; for ranges of Meta’s none. */
  metaCodes: number[];
  /**
   * What it is about; null for what is no known number of Meta’s. One of `registration`, `recipient`,
   * `withheld`, `template`, `request`, `access`, `limits`, `account`, `service`, `incoming`,
   * `template-service`; more may come.
   */
  family:
    | 'registration'
    | 'recipient'
    | 'withheld'
    | 'template'
    | 'request'
    | 'access'
    | 'limits'
    | 'account'
    | 'service'
    | 'incoming'
    | 'template-service'
    | null;
  /** What went wrong, in short. */
  title: string;
  /** Meta’s own title, when it is known. */
  metaTitle: string | null;
  /** The HTTP status with which Meta answers, when it is known. */
  httpStatus: number | null;
  /** False for what is known from users of the platform, and not from Meta’s list. */
  documentedByMeta: boolean | null;
  /**
   * `answer`: to the call that sends; `failed-status`: later, of a message that Meta had accepted;
   * `incoming-message`: in a message from a person; `webhook`: about no single message;
   * `management-call`: to calls about numbers, templates and accounts.
   */
  appearsIn: ('answer' | 'failed-status' | 'incoming-message' | 'webhook' | 'management-call')[];
  /** Who would have to change something. One of `you`, `recipient`, `meta`, `nobody`; more may come. */
  fault: 'you' | 'recipient' | 'meta' | 'nobody' | null;
  /**
   * Whether another try helps: `later` the same may succeed, `after-cure` needs the cure first. One of
   * `never`, `after-cure`, `later`; more may come.
   */
  retried: 'never' | 'after-cure' | 'later';
  /** Seconds before the first other try, when it is known. */
  retryAfter: number | null;
  /**
   * Whether Recado tries again by itself when Meta answers a message so. A `failed` status ends the
   * notification.
   */
  retriedByRecado: boolean;
  /** What happened, in whole sentences. */
  meaning: string;
  /** The cure, step by step. */
  steps: string[];
  /** What to do about it in short, ending with the next step. */
  remedy: string;
  /** A command or call of Recado’s that does the decisive step; fill in what stands in brackets. */
  fixAction: string | null;
};

/** Error codes. */
export type ErrorCodePageBody = {
  /** The things of this page, in the order of the list. */
  data: ErrorCodeBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** One fact in the feed. */
export type EventBody = {
  /** Its id, to be given as `after` or `Last-Event-ID`. */
  id: string;
  /** Its frozen identity, the same for every redelivery by Meta. */
  key: string;
  /**
   * Its family. One of `message`, `status`, `notification`, `alarm`, `error`, `action`, `context`,
   * `call`, `echo`, `history`, `sync`, `preference`, `identity`, `group`, `template`, `account`,
   * `phone`, `security`, `flow`, `handover`, `standby`, `payment`, `partner`, `tracking`,
   * `unrecognised`; more may come.
   */
  kind: DeadLetterBody['kind'];
  /** When it happened by Meta’s clock; null when Meta gives no believable time. */
  occurredAt: string | null;
  /** When Recado received it. */
  receivedAt: string;
  /** Meta’s `phone_number_id`, when it has one. */
  businessPhoneId: string | null;
  /** The contact that it is about; null until Recado has worked it in, and for nobody. */
  contactId: string | null;
  /** True for a business phone that is not yours. */
  foreign: boolean;
  /** 1 at first; one more when a later version understood it better. */
  revision: number;
  /** True when reading stored webhooks again upgraded or found it: old news, which should cause nothing. */
  replayed: boolean;
  /** Meta’s own element, verbatim; for `notification` and `alarm` the facts in Recado’s words. */
  payload: Json;
  /**
   * What the payload says, in Recado’s words: the same members whatever Meta leaves out, with null or an
   * empty list for that. Its shape follows from `kind`: `docs/events.md` has a chapter for each, such as
   * `docs/events.md#status`; of a `message` see `docs/messages.md`. Null for `notification` and `alarm`.
   */
  content: JsonObject | null;
  /** The event in one short line, in the language asked for. */
  summary: string;
  /** True for a made-up event of the "Test" link in Meta’s App Dashboard. */
  metaTest: boolean;
};

/** Events in the order of the feed. */
export type EventPageBody = {
  /** The things of this page, in the order of the list. */
  data: EventBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
  /**
   * Up to where the feed was looked at: every event up to here was given, or hidden by `kind`. Give it
   * as `after` later. From the end backwards: where the feed ended, to follow it from there.
   */
  place: string;
  /**
   * What `kind` hid between `after` and `place`; of more than 10,000 the first are counted. Empty
   * without a filter.
   */
  hidden: {
    /**
     * A kind that was not asked for. One of `message`, `status`, `notification`, `alarm`, `error`,
     * `action`, `context`, `call`, `echo`, `history`, `sync`, `preference`, `identity`, `group`,
     * `template`, `account`, `phone`, `security`, `flow`, `handover`, `standby`, `payment`, `partner`,
     * `tracking`, `unrecognised`; more may come.
     */
    kind: DeadLetterBody['kind'];
    /** How many of it there were. */
    count: number;
  }[];
};

/** Why a message was not sent or not delivered, and its cure. */
export type FailureBody = {
  /**
   * A stable word for programs. One of `window-closed`, `text-too-long`, `content-invalid`,
   * `recipient-invalid`, `area-code-missing`, `recipient-not-permitted`, `business-phone-missing`,
   * `business-phone-not-ours`, `access-token-missing`, `access-token-unreadable`, `not-connected`,
   * `outcome-unknown`, `expired`, `business-phone-not-registered`, `recipient-unreachable`,
   * `recipient-not-allowed`, `access-token-refused`, `permission-missing`, `phone-number-id-wrong`,
   * `request-invalid`, `template-missing`, `template-not-approved`, `template-parameters-wrong`,
   * `template-unavailable`, `template-not-ready`, `flow-unavailable`, `throughput-exceeded`,
   * `pair-rate-exceeded`, `call-rate-exceeded`, `spam-limited`, `withheld-by-meta`,
   * `recipient-opted-out`, `recipient-blocked`, `country-restricted`, `account-restricted`,
   * `payment-problem`, `terms-not-accepted`, `display-name-pending`, `meta-unavailable`,
   * `unexplained-by-meta`, `refused-without-code`, `meta-refused`, `media-unavailable`, `media-broken`,
   * `media-not-kept`, `media-too-large`, `media-expired`; more may come.
   */
  code: ErrorCodeBody['code'];
  /** Meta’s number, when the failure is Meta’s answer and has one. */
  metaCode: number | null;
  /** What went wrong, as a sentence. */
  title: string;
  /** Meta’s own explanation, when it gave one. */
  details: string | null;
  /** What to do about it, ending with the next step. */
  remedy: string;
  /** The check of doctor that would confirm it; null where none looks at that. */
  check: DoctorCheckBody['check'] | null;
};

/** One try to deliver an event to an endpoint. */
export type ForwardAttemptBody = {
  /** The id of the event; its `key` is the `webhook-id` of the delivery. */
  event: string;
  /** When it was tried. */
  at: string;
  /** Whether the endpoint took it. */
  delivered: boolean;
  /** The HTTP status; null when no answer came. */
  status: number | null;
  /** How long it took, in milliseconds. */
  took: number;
  /** What went wrong, in a sentence. */
  failure: string | null;
  /** The beginning of what it answered; long numbers are left out. */
  answer: string;
};

/** The latest 500 attempts, the newest first. */
export type ForwardAttemptPageBody = {
  /** The things of this page, in the order of the list. */
  data: ForwardAttemptBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** The process runs and answers. */
export type HealthBody = {
  /** Always `ok`. */
  status: 'ok';
};

/**
 * Something to tap, in Meta’s own members: buttons, a list, a link, a Flow, products and more. Allowed
 * while the window is open.
 */
export type Interactive =
  | {
      /** What it is. */
      type: 'button';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | {
            /** What it is. */
            type: 'image';
            /** The file. */
            image: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'video';
            /** The file. */
            video: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'document';
            /** The file. */
            document: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
              /** The name that it is shown with. */
              filename?: string | undefined;
            };
          }
        | undefined;
      /** The words. */
      body: {
        /** The words. */
        text: string;
      };
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** One to three buttons. */
        buttons: {
          /** What it is. */
          type: 'reply';
          /** The button. */
          reply: {
            /** Your own word for it: it comes back in the answer. */
            id: string;
            /** What stands on the button. */
            title: string;
          };
        }[];
      };
    }
  | {
      /** What it is. */
      type: 'list';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | undefined;
      /** The words. */
      body: {
        /** The words. */
        text: string;
      };
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** What stands on the button that opens the list. */
        button: string;
        /** At most ten rows in all. */
        sections: {
          /** What stands above; needed where there are several. */
          title?: string | undefined;
          /** Its rows. */
          rows: {
            /** Your own word for it: it comes back in the answer. */
            id: string;
            /** What stands in the row. */
            title: string;
            /** Small words below. */
            description?: string | undefined;
          }[];
        }[];
      };
    }
  | {
      /** What it is. */
      type: 'cta_url';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | {
            /** What it is. */
            type: 'image';
            /** The file. */
            image: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'video';
            /** The file. */
            video: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'document';
            /** The file. */
            document: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
              /** The name that it is shown with. */
              filename?: string | undefined;
            };
          }
        | undefined;
      /** The words. */
      body: {
        /** The words. */
        text: string;
      };
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** What it is. */
        name: 'cta_url';
        /** The link. */
        parameters: {
          /** What stands on the button. */
          display_text: string;
          /** Where it leads. */
          url: string;
        };
      };
    }
  | {
      /** What it is. */
      type: 'location_request_message';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | {
            /** What it is. */
            type: 'image';
            /** The file. */
            image: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'video';
            /** The file. */
            video: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'document';
            /** The file. */
            document: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
              /** The name that it is shown with. */
              filename?: string | undefined;
            };
          }
        | undefined;
      /** The words. */
      body: {
        /** The words. */
        text: string;
      };
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** What it is. */
        name: 'send_location';
      };
    }
  | {
      /** What it is. */
      type: 'address_message';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | {
            /** What it is. */
            type: 'image';
            /** The file. */
            image: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'video';
            /** The file. */
            video: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'document';
            /** The file. */
            document: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
              /** The name that it is shown with. */
              filename?: string | undefined;
            };
          }
        | undefined;
      /** The words. */
      body: {
        /** The words. */
        text: string;
      };
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** What it is. */
        name: 'address_message';
        /** What is asked for. */
        parameters: {
          /** Such as `IN`; the rest differs by country. */
          country: string;
        };
      };
    }
  | {
      /** What it is. */
      type: 'flow';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | {
            /** What it is. */
            type: 'image';
            /** The file. */
            image: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'video';
            /** The file. */
            video: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'document';
            /** The file. */
            document: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
              /** The name that it is shown with. */
              filename?: string | undefined;
            };
          }
        | undefined;
      /** The words. */
      body: {
        /** The words. */
        text: string;
      };
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** What it is. */
        name: 'flow';
        /** The Flow. */
        parameters: {
          /** The version of Flow messages. */
          flow_message_version: '3';
          /** The Flow, by Meta’s id. */
          flow_id?: string | undefined;
          /** The Flow, by its name. */
          flow_name?: string | undefined;
          /** What stands on the button. */
          flow_cta: string;
          /** Your own word for it: it comes back in the answer. */
          flow_token?: string | undefined;
          /** Whether a draft of the Flow may be tried. */
          mode?: 'draft' | 'published' | undefined;
          /** Whether it opens a screen, or asks your endpoint first. */
          flow_action?: 'navigate' | 'data_exchange' | undefined;
          /** What the Flow begins with. */
          flow_action_payload?: JsonObject | undefined;
        };
      };
    }
  | {
      /** What it is. */
      type: 'product';
      /** The words. */
      body?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** The catalogue, by Meta’s id. */
        catalog_id: string;
        /** Your id of the product. */
        product_retailer_id: string;
      };
    }
  | {
      /** What it is. */
      type: 'product_list';
      /** What stands above the words. */
      header: {
        /** What it is. */
        type: 'text';
        /** The words above. */
        text: string;
      };
      /** The words. */
      body: {
        /** The words. */
        text: string;
      };
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** The catalogue, by Meta’s id. */
        catalog_id: string;
        /** At most thirty products in all. */
        sections: {
          /** What stands above; needed where there are several. */
          title?: string | undefined;
          /** Its products. */
          product_items: {
            /** Your id of the product. */
            product_retailer_id: string;
          }[];
        }[];
      };
    }
  | {
      /** What it is. */
      type: 'catalog_message';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | {
            /** What it is. */
            type: 'image';
            /** The file. */
            image: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'video';
            /** The file. */
            video: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'document';
            /** The file. */
            document: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
              /** The name that it is shown with. */
              filename?: string | undefined;
            };
          }
        | undefined;
      /** The words. */
      body: {
        /** The words. */
        text: string;
      };
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** What it is. */
        name: 'catalog_message';
        /** The catalogue. */
        parameters: {
          /** Your id of the product that is shown. */
          thumbnail_product_retailer_id: string;
        };
      };
    }
  | {
      /** What it is. */
      type: 'call_permission_request';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | {
            /** What it is. */
            type: 'image';
            /** The file. */
            image: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'video';
            /** The file. */
            video: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'document';
            /** The file. */
            document: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
              /** The name that it is shown with. */
              filename?: string | undefined;
            };
          }
        | undefined;
      /** The words. */
      body?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** What it is. */
        name: 'call_permission_request';
      };
    }
  | {
      /** What it is. */
      type: 'contact_request';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | {
            /** What it is. */
            type: 'image';
            /** The file. */
            image: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'video';
            /** The file. */
            video: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'document';
            /** The file. */
            document: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
              /** The name that it is shown with. */
              filename?: string | undefined;
            };
          }
        | undefined;
      /** The words. */
      body?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** What can be tapped. */
      action: {
        /** What it is. */
        name: 'request_contact_info';
      };
    }
  | {
      /** What it is. */
      type: 'order_details' | 'order_status' | 'carousel';
      /** What stands above the words. */
      header?:
        | {
            /** What it is. */
            type: 'text';
            /** The words above. */
            text: string;
          }
        | {
            /** What it is. */
            type: 'image';
            /** The file. */
            image: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'video';
            /** The file. */
            video: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
            };
          }
        | {
            /** What it is. */
            type: 'document';
            /** The file. */
            document: {
              /** Meta’s id of a file that was uploaded. */
              id?: string | undefined;
              /** A public address from which Meta fetches the file when the message is sent. */
              link?: string | undefined;
              /** The name that it is shown with. */
              filename?: string | undefined;
            };
          }
        | undefined;
      /** The words. */
      body: {
        /** The words. */
        text: string;
      };
      /** The small words below. */
      footer?:
        | {
            /** The words. */
            text: string;
          }
        | undefined;
      /** As Meta’s reference of this type describes it. */
      action: JsonObject;
    };

/** A place on the map; allowed while the window is open. */
export type Location = {
  /** Degrees north. */
  latitude: number;
  /** Degrees east. */
  longitude: number;
  /** What is there. */
  name?: string | undefined;
  /** Its address. */
  address?: string | undefined;
};

/** A file, by Meta’s id of an upload or by a link; allowed while the window is open. */
export type Media = {
  /** As what the file is shown. */
  type: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  /** Meta’s id of a file that was uploaded. */
  id?: string | undefined;
  /** A public address from which Meta fetches the file when the message is sent. */
  link?: string | undefined;
  /** The words below an image, a video or a document. */
  caption?: string | undefined;
  /** The name that a document is shown with. */
  filename?: string | undefined;
  /** Whether an audio is shown as a voice message; that needs Ogg with Opus. */
  voice?: boolean | undefined;
};

/** The file of a message, as far as it is fetched. */
export type MediaFileBody = {
  /** Meta’s id, by which the message names it. */
  id: string;
  /** The event that told of it. */
  eventId: string;
  /** The business phone that received it. */
  businessPhoneId: string | null;
  /** Where it stands. One of `waiting`, `kept`, `failed`; more may come. */
  state: 'waiting' | 'kept' | 'failed';
  /** Its type, as Meta says it. */
  mimeType: string | null;
  /** The name that a document had on the person’s device. */
  filename: string | null;
  /** In bytes; null until it is kept. */
  size: number | null;
  /** SHA-256 of its bytes, in hexadecimal digits; null until it is kept. */
  sha256: string | null;
  /** Why it is not kept, or not yet. */
  failure: FailureBody | null;
  /** How often it was tried to fetch it. */
  tries: number;
  /** When it is tried next. */
  nextTryAt: string | null;
  /** When the event was received. */
  receivedAt: string;
  /** When it was kept, or given up. */
  endedAt: string | null;
};

/** Files of messages. */
export type MediaPageBody = {
  /** The things of this page, in the order of the list. */
  data: MediaFileBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** Two contacts that were made one, on evidence. */
export type MergeBody = {
  /** Its id. */
  id: string;
  /** Of the two contacts that the evidence names, the one whose side was seen first. */
  survivorId: string;
  /** The other one. */
  mergedId: string;
  /** Why these two are one person. */
  evidence: {
    /**
     * What shows that both are one person. One of `pair`, `answer`, `number-change`, `user-id-change`,
     * `spelling`; more may come.
     */
    kind: 'pair' | 'answer' | 'number-change' | 'user-id-change' | 'spelling';
    /** The same as a sentence. */
    sentence: string;
    /** The event in which it stands. */
    eventId: string | null;
    /** The notification to which Meta’s answer says it. */
    notificationId: string | null;
  };
  /** When the evidence came about. */
  at: string;
  /** When somebody undid it; null while it holds. */
  undoneAt: string | null;
  /** The name of the API key that undid it. */
  undoneBy: string | null;
};

/** Merges. */
export type MergePageBody = {
  /** The things of this page, in the order of the list. */
  data: MergeBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** One message of a conversation. */
export type MessageBody = {
  /** The id of the event that put it there. */
  id: string;
  /** `in` when they wrote it, `out` when you did. */
  direction: 'in' | 'out';
  /** When it was written. */
  at: string;
  /** Meta’s word for its type. */
  type: string;
  /** The words of a text or caption. */
  text: string | null;
  /** Meta’s wamid, when known. */
  messageId: string | null;
  /** The notification that it was sent as. */
  notificationId: string | null;
  /**
   * The state of that notification. One of `queued`, `held`, `sending`, `accepted`, `sent`, `delivered`,
   * `read`, `failed`, `expired`, `cancelled`, `unknown`; more may come.
   */
  state: NotificationBody['state'] | null;
  /** The failure of that notification. */
  failure: FailureBody | null;
  /** Meta’s own element, verbatim; null for what you sent. */
  payload: Json;
  /** What you sent; null for what they wrote. */
  content: MessageContentBody | null;
};

/** What a notification says. */
export type MessageContentBody =
  | {
      /** Plain words. */
      type: 'text';
      /** The words. */
      body: string;
      /** Whether WhatsApp shows a preview of the first link. */
      previewUrl: boolean;
      /** The message that it answers, by Meta’s wamid; missing when it answers none. */
      replyTo?: string | undefined;
    }
  | {
      /** A file, and as what it is shown. */
      type: Media['type'];
      /** Meta’s id of an upload. */
      id: string | null;
      /** Where Meta fetches the file. */
      link: string | null;
      /** The words below it. */
      caption: string | null;
      /** The name that a document is shown with. */
      filename: string | null;
      /** Shown as a voice message. */
      voice: boolean;
      /** The message that it answers, by Meta’s wamid; missing when it answers none. */
      replyTo?: string | undefined;
    }
  | {
      /** A place on the map. */
      type: 'location';
      /** Degrees north. */
      latitude: number;
      /** Degrees east. */
      longitude: number;
      /** What is there. */
      name: string | null;
      /** Its address. */
      address: string | null;
      /** The message that it answers, by Meta’s wamid; missing when it answers none. */
      replyTo?: string | undefined;
    }
  | {
      /** Contact cards. */
      type: 'contacts';
      /** The cards. */
      contacts: JsonObject[];
      /** The message that it answers, by Meta’s wamid; missing when it answers none. */
      replyTo?: string | undefined;
    }
  | {
      /** An emoji on a message. */
      type: 'reaction';
      /** The message, by Meta’s wamid. */
      messageId: string;
      /** The emoji; empty: the reaction was taken away. */
      emoji: string;
      /** The message that it answers, by Meta’s wamid; missing when it answers none. */
      replyTo?: string | undefined;
    }
  | {
      /** Something to tap. */
      type: 'interactive';
      /** Buttons, a list, a link and more, in Meta’s own members. */
      interactive: JsonObject;
      /** The message that it answers, by Meta’s wamid; missing when it answers none. */
      replyTo?: string | undefined;
    }
  | {
      /** A template. */
      type: 'template';
      /** The template’s name. */
      name: string;
      /** Meta’s language code. */
      language: string;
      /** The values for its placeholders. */
      components: JsonObject[];
      /** The message that it answers, by Meta’s wamid; missing when it answers none. */
      replyTo?: string | undefined;
    };

/** Messages of one conversation. */
export type MessagePageBody = {
  /** The things of this page, in the order of the list. */
  data: MessageBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** One mistake in a request. */
export type MistakeBody = {
  /** The part of the request. */
  in: 'body' | 'query' | 'path' | 'header';
  /** The member, with dots between levels; empty for the whole part. */
  path: string;
  /** What is wrong with it, as a sentence. */
  message: string;
};

/** A key of the API with its text, which is not kept. */
export type NewApiKeyBody = {
  /** Its id. */
  id: string;
  /** What you call it. */
  name: string;
  /**
   * What it allows. `read`: See notifications, contacts, messages, events, alarms and metrics. `send`:
   * Send notifications, and look a notification up by its id. `manage`: Make and revoke keys, read the
   * audit log, change how Recado works.
   */
  scopes: ('read' | 'send' | 'manage')[];
  /** How its text begins, to recognise it by. */
  prefix: string;
  /** When it was made. */
  createdAt: string;
  /** When it was last used, to the minute; null when it never was. */
  lastUsedAt: string | null;
  /** Since when it is refused; null while it is good. */
  revokedAt: string | null;
  /** Its text, for `Authorization: Bearer`. It is shown only now. */
  key: string;
};

/** A business phone of yours. Without its own token or secrets it uses those of the environment. */
export type NewBusinessPhone = {
  /** Meta’s `phone_number_id`. */
  id: string;
  /** The WhatsApp Business Account that it belongs to. */
  wabaId?: string | undefined;
  /** The number that people see. */
  displayPhoneNumber?: string | undefined;
  /** What you call it. */
  label?: string | undefined;
  /** The access token of a System User. Kept encrypted and never shown. */
  accessToken?: string | undefined;
  /**
   * The secrets of the Meta app; several while one is rotated, the new one first. They count for this
   * business phone alone, and no other counts for it: what they sign about another one is foreign, and
   * so is what META_APP_SECRET signs about this one, unless the same secret is given there too. Kept
   * encrypted and never shown.
   */
  appSecrets?: string[] | undefined;
  /** Makes it the one to send from when a request names none. */
  default?: true | undefined;
};

/** An endpoint to be made. */
export type NewEndpoint = {
  /**
   * Where to post events: https, or http into a network that ENDPOINT_NETWORKS allows. Private addresses
   * are refused unless it allows them.
   */
  url: string;
  /**
   * `recado`: `{ "type", "version", "timestamp", "data" }` with the event as GET /v1/events shows it.
   * `meta`: Meta’s envelope around this one element, signed with `X-Hub-Signature-256` too, for a
   * receiver that you have; our own events are left out. `meta-body`: Meta’s bytes as they came, once
   * for each webhook, without filters.
   */
  format?: 'recado' | 'meta' | 'meta-body' | undefined;
  /**
   * A secret that your receiver knows already, such as the app secret of one that was made for Meta; a
   * new one when left out. Kept encrypted.
   */
  secret?: string | undefined;
  /** What you call it. */
  name?: string | null | undefined;
  /** Only events of these kinds; null: every kind. */
  kinds?: DeadLetterBody['kind'][] | null | undefined;
  /** Only events of these business phones; null: of all that are yours. */
  businessPhones?: string[] | null | undefined;
  /** Your own headers, all of them anew. Kept encrypted, their values never shown. */
  headers?: Record<string, string> | undefined;
  /** How many deliveries may be on their way at once. */
  concurrency?: number | undefined;
  /** How many deliveries may begin in a second; null: as many as go. */
  perSecond?: number | null | undefined;
  /**
   * `conversation`: one event of a conversation after another. `none`: all at once, and one that fails
   * holds up nothing.
   */
  order?: 'conversation' | 'none' | undefined;
};

/** That a person wants no messages of a purpose. */
export type NewOptOut = {
  /** What they want no messages of. */
  purpose?: 'marketing' | undefined;
  /** How you know it: where and how they said so. */
  evidence: string;
};

/** A template to be submitted for Meta’s approval. */
export type NewTemplate = {
  /** Its name. */
  name: string;
  /** Meta’s language code. */
  language: string;
  /** Its category, and so its price; Meta may give it another one. */
  category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  /** Whether its placeholders have numbers, `{{1}}`, or names, `{{order}}`. */
  parameterFormat?: 'POSITIONAL' | 'NAMED' | undefined;
  /** What it consists of, in Meta’s own members. */
  components: JsonObject[];
};

/** A message that Recado was asked to send, and its fate. */
export type NotificationBody = {
  /** Its id. */
  id: string;
  /**
   * Where it is in its life. `held`: it waits until they write. `unknown`: it may have left, and nobody
   * answered. One of `queued`, `held`, `sending`, `accepted`, `sent`, `delivered`, `read`, `failed`,
   * `expired`, `cancelled`, `unknown`; more may come.
   */
  state:
    | 'queued'
    | 'held'
    | 'sending'
    | 'accepted'
    | 'sent'
    | 'delivered'
    | 'read'
    | 'failed'
    | 'expired'
    | 'cancelled'
    | 'unknown';
  /** The recipient as you wrote it. */
  to: string;
  /** What admission decided. One of `free-form`, `template`, `hold`, `refuse`; more may come. */
  decision: 'free-form' | 'template' | 'hold' | 'refuse';
  /** The facts of the decision, as a sentence. */
  because: string;
  /** Meta’s wamid, once Meta has accepted the message. */
  messageId: string | null;
  /** Why it failed, or why a retry is pending. */
  failure: FailureBody | null;
  /** What Meta said about it, in order. */
  statuses: StatusBody[];
  /**
   * In a group: how far it came with each participant. `state` above is the lowest of them, and `failed`
   * only when all have failed.
   */
  participants: ParticipantBody[];
  /** What Meta charged it as; null while it has not told. */
  charge: ChargeBody | null;
  /** The tries to send it, in order. */
  attempts: AttemptBody[];
  /** Your own words. */
  reference: string | null;
  /** Meta’s `phone_number_id` of the number that it is sent from. */
  businessPhoneId: string | null;
  /** The contact; null until the recipient is known. */
  contactId: string | null;
  /** Why it is sent. One of `transactional`, `marketing`, `authentication`; more may come. */
  purpose: 'transactional' | 'marketing' | 'authentication';
  content: MessageContentBody;
  /** Not sent before this time. */
  notBefore: string | null;
  /** Not sent after this time; it then becomes `expired`. */
  notAfter: string;
  /** When it is tried next; null when no try is planned. */
  nextAttemptAt: string | null;
  /** Meta took it, but holds it: while it checks the template, or because the template is paused. */
  metaHold: boolean;
  /** The voice message was played. */
  played: boolean;
  /** When it was taken. */
  createdAt: string;
  /** When it last changed. */
  updatedAt: string;
};

/** Notifications. */
export type NotificationPageBody = {
  /** The things of this page, in the order of the list. */
  data: NotificationBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** What would become of a message if it were taken now. Nothing is stored or sent. */
export type NotificationPreviewBody = {
  /** What admission decides now. One of `free-form`, `template`, `hold`, `refuse`; more may come. */
  decision: 'free-form' | 'template' | 'hold' | 'refuse';
  /** The facts of the decision, as a sentence. */
  because: string;
  /** What would be sent: as asked for, or the fallback. Null when it would be refused. */
  content: MessageContentBody | null;
  /** Why it would be refused, and the remedy. */
  failure: FailureBody | null;
  /** The recipient as you wrote it. */
  to: string;
  /** The contact; null when the recipient is not known. */
  contactId: string | null;
  /** Meta’s `phone_number_id` of the number that it would be sent from. */
  businessPhoneId: string | null;
  window: WindowBody;
  /**
   * As what Meta would charge it, such as `service`, `utility` or `marketing`; null when nobody knows,
   * or when it would be refused.
   */
  costCategory: string | null;
  /** When it would be sent at the earliest; null when it would be refused. */
  willSendAt: string | null;
  /** The moment that the decision is of. */
  decidedAt: string;
};

/**
 * A message to send. Exactly one of `text`, `template`, `media`, `location`, `contacts`, `reaction`
 * and `interactive` is needed.
 */
export type NotificationRequest = {
  /**
   * Whom to write to: a phone number with its country code as people type it, a WhatsApp id, a
   * business-scoped user id, the id of a contact, or `group:` and the id of a group.
   */
  to: string;
  /** A message in plain words, up to 4,096 characters; allowed while the window is open. */
  text?:
    | string
    | {
        /** The words. */
        body: string;
        /** Whether WhatsApp shows a preview of the first link. */
        previewUrl?: boolean | undefined;
      }
    | undefined;
  template?: Template | undefined;
  media?: Media | undefined;
  location?: Location | undefined;
  /** Contact cards, in Meta’s own members; allowed while the window is open. */
  contacts?:
    | {
        /** The name; Meta takes further parts of it. */
        name: {
          /** The whole name as it is shown. */
          formatted_name: string;
          /** The first name. */
          first_name?: string | undefined;
        };
        /** Their numbers. */
        phones?:
          | {
              /** The number as it is shown. */
              phone?: string | undefined;
              /** Such as `CELL`. */
              type?: string | undefined;
              /** The WhatsApp id behind it, so that the person can be written to with a tap. */
              wa_id?: string | undefined;
            }[]
          | undefined;
        /** Their mail addresses. */
        emails?:
          | {
              /** The address. */
              email: string;
            }[]
          | undefined;
        /** Where they live or work. */
        addresses?: JsonObject[] | undefined;
        /** Their pages. */
        urls?:
          | {
              /** The address. */
              url: string;
            }[]
          | undefined;
        /** The organisation. */
        org?: JsonObject | undefined;
        /** Such as `1990-05-23`. */
        birthday?: string | undefined;
      }[]
    | undefined;
  reaction?: Reaction | undefined;
  interactive?: Interactive | undefined;
  /** The message that it answers, by its `messageId`; it is shown above as a quotation. */
  replyTo?: string | undefined;
  /** The template to send instead when the window is closed. */
  fallback?: Template | undefined;
  /**
   * What to do when the window is closed: `template` when a fallback is given, else `fail`. `hold`: to
   * wait until they write, for 7 days when `notAfter` says nothing else.
   */
  onClosedWindow?: 'template' | 'fail' | 'hold' | undefined;
  /** Why it is sent; Meta’s rules and its own limits differ by it. */
  purpose?: 'transactional' | 'marketing' | 'authentication' | undefined;
  /** Not to be sent before this time. */
  notBefore?: string | undefined;
  /** Not to be sent after this time. */
  notAfter?: string | undefined;
  /** Meta’s `phone_number_id` of the number to send from; may be left out for the default. */
  businessPhone?: string | undefined;
  /** Your own words, echoed in every answer and event of this notification. */
  reference?: string | undefined;
  /** Makes a repeated request the same request; the header `Idempotency-Key` does the same. */
  idempotencyKey?: string | undefined;
};

/** How many notifications came to what since a time. */
export type NotificationTotalsBody = {
  /** From when on they were counted, by the time of taking. */
  since: string;
  /** How many were taken. */
  total: number;
  /** A line for each state and failure, the most first. */
  data: {
    /**
     * Where they are in their life. One of `queued`, `held`, `sending`, `accepted`, `sent`, `delivered`,
     * `read`, `failed`, `expired`, `cancelled`, `unknown`; more may come.
     */
    state: NotificationBody['state'];
    /** Why they failed, or why they wait. */
    failure: FailureBody | null;
    /** How many they are. */
    count: number;
  }[];
};

/** That a person wants no messages of a purpose. */
export type OptOutBody = {
  /** What messages it is about; people can refuse no others. One of `marketing`; more may come. */
  purpose: 'marketing';
  /** When they said so. */
  since: string;
  /** How it is known: Meta’s words, or what was given to the API. */
  evidence: string;
};

/** What a person wants no messages of. */
export type OptOutsBody = {
  /** What stands now. */
  data: OptOutBody[];
};

/** A message to a group, as it is with one participant. */
export type ParticipantBody = {
  /** The participant, by the first id that Meta gives. */
  participant: string;
  /**
   * How far it came. One of `queued`, `held`, `sending`, `accepted`, `sent`, `delivered`, `read`,
   * `failed`, `expired`, `cancelled`, `unknown`; more may come.
   */
  state: NotificationBody['state'];
  /** Meta’s errors, when it failed. */
  errors: {
    /** Meta’s number; null when it gave none. */
    code: number | null;
    /** Meta’s title. */
    title: string | null;
    /** Meta’s explanation. */
    details: string | null;
  }[];
};

/** An error, as RFC 9457 describes it, with its remedy. */
export type ProblemBody = {
  /** Always `about:blank`: `code` says which problem it is. */
  type: 'about:blank';
  /** The problem in general. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** This occurrence of the problem. */
  detail: string;
  /** A stable word for programs. Codes are never given a second meaning; more may come. */
  code: string;
  /** What to do about it, ending with the next step. */
  remedy: string;
  /**
   * The check of doctor that would confirm it; left out where none looks at that. One of
   * `configuration`, `database`, `graph-api`, `clock`, `token`, `app-secret`, `phone-id`,
   * `whatsapp-account`, `registered`, `phone-status`, `display-name`, `quality`, `health`,
   * `app-subscription`, `account-subscription`, `overrides`, `public-url`, `tls`, `no-detour`,
   * `challenge`, `unaltered`, `body-limit`, `answer-time`, `app-live`, `message`, `reply`; more may
   * come.
   */
  check?: DoctorCheckBody['check'] | undefined;
  /** Every mistake at once, when the request is malformed. */
  errors?: MistakeBody[] | undefined;
  /** The earlier notification, when an idempotency key is used again. */
  notificationId?: string | undefined;
  /**
   * The members that ask for something else than the earlier request did, when an idempotency key is
   * used again. `content` is what it says: `text`, `template` and the like.
   */
  differing?: string[] | undefined;
  /** Where to look in the log, when Recado itself failed. */
  reference?: string | undefined;
};

/** An emoji on a message; allowed while the window is open. */
export type Reaction = {
  /** A message by its `messageId` (Meta’s wamid), as the messages of a conversation show it. */
  messageId: string;
  /** One emoji; empty takes the reaction away again. */
  emoji: string;
};

/** What was marked as read. */
export type ReadMarkBody = {
  /** The message that was marked, by Meta’s wamid. */
  messageId: string;
  /** Whether they see that somebody is typing. */
  typing: boolean;
};

/** How a conversation is marked as read. */
export type ReadMarkRequest = {
  /** Whether they also see that somebody is typing, until you answer, for 25 seconds at most. */
  typing?: boolean | undefined;
};

/** Whether Recado can do its work now. */
export type ReadinessBody = {
  /** `ready` when every check is ok. */
  status: 'ready' | 'not-ready';
  /** Every part that is needed, by name. */
  checks: Record<
    string,
    {
      /** Whether this part works. */
      ok: boolean;
      /** What was found. */
      detail: string;
    }
  >;
};

/** What is delivered again. */
export type RedeliveredBody = {
  /** How many are on their way again. */
  count: number;
  /** Ask again with this as `after`: there are more. Null when that was all. */
  next: string | null;
};

/** Which events to deliver again. */
export type Redelivery = {
  /** These events. */
  events?: string[] | undefined;
  /** All that were given up since then. */
  deadSince?: string | undefined;
  /** All that were received from then on … */
  from?: string | undefined;
  /** … and before then. */
  until?: string | undefined;
  /** With `from` and `until`: only these kinds. */
  kinds?: DeadLetterBody['kind'][] | undefined;
  /** Go on behind this event: the `next` of the answer before. */
  after?: string | undefined;
};

/** A notification that was refused and stored as failed. */
export type RefusalBody = {
  /** Always `about:blank`: `code` says which problem it is. */
  type: 'about:blank';
  /** The problem in general. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** This occurrence of the problem. */
  detail: string;
  /** A stable word for programs. Codes are never given a second meaning; more may come. */
  code: string;
  /** What to do about it, ending with the next step. */
  remedy: string;
  /**
   * The check of doctor that would confirm it; left out where none looks at that. One of
   * `configuration`, `database`, `graph-api`, `clock`, `token`, `app-secret`, `phone-id`,
   * `whatsapp-account`, `registered`, `phone-status`, `display-name`, `quality`, `health`,
   * `app-subscription`, `account-subscription`, `overrides`, `public-url`, `tls`, `no-detour`,
   * `challenge`, `unaltered`, `body-limit`, `answer-time`, `app-live`, `message`, `reply`; more may
   * come.
   */
  check?: DoctorCheckBody['check'] | undefined;
  /** What admission decided. */
  decision: 'refuse';
  /** The facts of the decision. */
  because: string;
  /** The stored notification, in state `failed`. */
  notificationId: string;
};

/** How a business phone is registered on the Cloud API. */
export type Registration = {
  /** The two-step PIN; META_REGISTRATION_PIN when left out. */
  pin?: string | undefined;
};

/** Stored webhooks, read again with today’s understanding. */
export type RereadBody = {
  /**
   * How far it is; `stopped` when the gateway was stopped before the end. One of `running`, `done`,
   * `failed`, `stopped`; more may come.
   */
  state: 'running' | 'done' | 'failed' | 'stopped';
  /** Whether it only finds out. */
  dryRun: boolean;
  /** The bound that was asked for. */
  since: string | null;
  /** The webhook that was asked for. */
  webhook: number | null;
  /** How many webhooks there were to read when it began. */
  total: number;
  /** How many of them are read. */
  webhooks: number;
  /** Events that are better understood: same id, `revision` one higher. */
  upgraded: number;
  /** Events that were not in the feed: appended at its end, `replayed`. */
  found: number;
  /** Webhooks that could not be kept as they are read today. */
  skipped: number;
  /** Upgraded and found events by their kind now. */
  kinds: Record<string, number>;
  /** When it began. */
  startedAt: string;
  /** When it ended; null while it runs. */
  finishedAt: string | null;
};

/** Which stored webhooks to read again; all of them when nothing is said. */
export type RereadRequest = {
  /** Only webhooks received at or after this time. */
  since?: string | undefined;
  /** Only this webhook, by its number in the log. */
  webhook?: number | undefined;
  /** Finds out what would change, and changes nothing. */
  dryRun?: boolean | undefined;
};

/** A secret, which is never shown: only its fingerprint is. */
export type SecretBody = {
  /**
   * Where it comes from: its own, kept in the database, or the environment’s, which serves every phone
   * that has none. One of `environment`, `database`; more may come.
   */
  origin: 'environment' | 'database';
  /** The first 8 hex digits of its SHA-256; null when it cannot be decrypted. */
  fingerprint: string | null;
};

/** How to rotate the secret of an endpoint. */
export type SecretRotation = {
  /**
   * A secret that your receiver knows already, such as the app secret of one that was made for Meta; a
   * new one when left out. Kept encrypted.
   */
  secret?: string | undefined;
  /** For how many hours deliveries are signed by the former secret too. */
  overlapHours?: number | undefined;
};

/** The emergency brake of all sending. */
export type SendingBody = {
  /** True while nothing is handed to Meta. */
  stopped: boolean;
  /** When it was last stopped or started; null when never. */
  decidedAt: string | null;
  /** The name of the API key that decided it. */
  decidedBy: string | null;
};

/** A session of a browser. */
export type SessionBody = {
  /** The name of the key. */
  name: string;
  /** What the session allows: what its key allows. */
  scopes: ('read' | 'send' | 'manage')[];
  /** When it ends, if not before. */
  expiresAt: string;
};

/** A login. */
export type SessionRequest = {
  /** An API key, or RECADO_ADMIN_KEY. */
  key: string;
};

/** A setting of behaviour, kept in the database. */
export type SettingBody = {
  /**
   * Its name. One of `sendingStopped`, `unknownPatience`, `orderPatience`, `transactionalPatience`,
   * `marketingPatience`, `authenticationPatience`, `defaultCountry`, `defaultFallback`,
   * `phoneFallbacks`, `optOutWords`, `quietHours`, `messagesPerSecond`, `prices`, `retention`,
   * `mediaRetention`, `mediaMegabytes`; more may come.
   */
  name:
    | 'sendingStopped'
    | 'unknownPatience'
    | 'orderPatience'
    | 'transactionalPatience'
    | 'marketingPatience'
    | 'authenticationPatience'
    | 'defaultCountry'
    | 'defaultFallback'
    | 'phoneFallbacks'
    | 'optOutWords'
    | 'quietHours'
    | 'messagesPerSecond'
    | 'prices'
    | 'retention'
    | 'mediaRetention'
    | 'mediaMegabytes';
  /**
   * What its values are. One of `switch`, `duration`, `number`, `country`, `template`, `prices`,
   * `period`, `phone-templates`, `quiet-hours`, `words`; more may come.
   */
  kind:
    | 'switch'
    | 'duration'
    | 'number'
    | 'country'
    | 'template'
    | 'prices'
    | 'period'
    | 'phone-templates'
    | 'quiet-hours'
    | 'words';
  /** The value in force; times in words, such as `15 min`. */
  value: Json;
  /** The value that this version has without a decision. */
  default: Json;
  /** What it decides. */
  description: string;
  /** What values it takes, to be read after its name. */
  expects: string;
  /** When somebody decided it. */
  updatedAt: string | null;
  /** The name of the API key that decided it; null while it has its default. */
  updatedBy: string | null;
};

/** New values by the names of the settings; null gives back the default. */
export type SettingChanges = {
  /**
   * The emergency brake: while it is true nothing is handed to Meta, on any business phone.
   * Notifications are taken, wait, and expire at their `notAfter`; what is on its way already cannot be
   * called back. `POST /v1/sending/stop` and `/start` decide it too. Null: the default.
   */
  sendingStopped?: boolean | null | undefined;
  /**
   * How long a notification that may have left stays `unknown`, before it counts as failed. A status
   * that comes later still corrects it. Null: the default.
   */
  unknownPatience?: string | null | undefined;
  /**
   * How long an event that an endpoint cannot take may hold up its conversation there, before it is
   * given up and the rest flows. Time in which the whole endpoint is down does not count. Null: the
   * default.
   */
  orderPatience?: string | null | undefined;
  /**
   * How long a transactional notification may wait to be sent when the request gives no `notAfter`; then
   * it expires. Null: the default.
   */
  transactionalPatience?: string | null | undefined;
  /**
   * How long a marketing notification may wait to be sent when the request gives no `notAfter`; then it
   * expires. Null: the default.
   */
  marketingPatience?: string | null | undefined;
  /**
   * How long an authentication notification may wait to be sent when the request gives no `notAfter`; a
   * code that comes late is worse than none. Null: the default.
   */
  authenticationPatience?: string | null | undefined;
  /**
   * The country as whose number `to` is read when it is typed without a plus sign. A WhatsApp id that is
   * already known here stays what it is. Without this setting every number begins with its country code.
   * Null: the default.
   */
  defaultCountry?: string | null | undefined;
  /**
   * The template that goes instead of a text when the window is closed and the request says neither
   * `fallback` nor `onClosedWindow`. Where its body has exactly one placeholder, the text becomes its
   * value, on one line; else it needs to have none. Null: the default.
   */
  defaultFallback?: JsonObject | null | undefined;
  /**
   * What stands in for `defaultFallback` on single business phones, by their ids: templates belong to a
   * WhatsApp account, so phones of two accounts need one each. Null: the default.
   */
  phoneFallbacks?: JsonObject | null | undefined;
  /**
   * What people write to stop marketing messages, beside STOP, SAIR and the other usual words. Only a
   * message that is nothing else counts; case, accents and signs make no difference. It holds for what
   * arrives from then on. Null: the default.
   */
  optOutWords?: Json[] | null | undefined;
  /**
   * The hours in which no marketing message leaves, every day, by the clock of one time zone; what was
   * asked for goes when they end, if its `notAfter` lets it. Everything else goes at any hour. Without
   * this setting there are none. Null: the default.
   */
  quietHours?: JsonObject | null | undefined;
  /**
   * How many messages a second one business phone may carry, what it sends and what people write
   * together. Without this setting it is what Meta allows: 80, 20 with the WhatsApp Business app beside
   * it, 1,000 for large businesses; Recado asks Meta which. Set it lower to leave room for other
   * programs that send from the same number. Null: the default.
   */
  messagesPerSecond?: number | null | undefined;
  /**
   * What Meta charges you for one message of each category, from its price list for your country. Meta
   * tells no amounts, so `GET /v1/costs` estimates with these; without them it only counts. Null: the
   * default.
   */
  prices?: JsonObject | null | undefined;
  /**
   * For how long what happened is kept: webhooks as they were received, events, the messages of
   * conversations, the tries to send. What is older is deleted for good, a little at a time. Contacts,
   * opt-outs, costs and what became of each notification stay. Without this setting everything is kept.
   * Null: the default.
   */
  retention?: string | null | undefined;
  /**
   * For how long the files that people send are kept, counted from their messages. What is older is
   * deleted for good; the messages stay. Without this setting files are kept as long as their messages.
   * Null: the default.
   */
  mediaRetention?: string | null | undefined;
  /**
   * The largest file of a message that is kept, in megabytes of 1,048,576 bytes. Without this setting
   * every file is kept that Meta carries, up to 100. Null: the default.
   */
  mediaMegabytes?: number | null | undefined;
};

/** Every setting of behaviour. */
export type SettingPageBody = {
  /** The things of this page, in the order of the list. */
  data: SettingBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** What stands between this installation and Meta. */
export type SetupProblemBody = {
  /**
   * A stable word for programs. One of `public-url-missing`, `public-url-not-https`,
   * `verify-token-missing`, `app-id-missing`, `app-secret-missing`, `app-secret-wrong`,
   * `access-token-missing`, `access-token-refused`, `permission-missing`, `id-unknown-to-meta`,
   * `waba-id-missing`, `callback-refused`, `callback-of-others`, `name-not-ready`,
   * `number-not-verified`, `pin-missing`, `registration-limit`, `meta-refused`, `meta-unanswered`,
   * `not-as-wanted`; more may come.
   */
  code:
    | 'public-url-missing'
    | 'public-url-not-https'
    | 'verify-token-missing'
    | 'app-id-missing'
    | 'app-secret-missing'
    | 'app-secret-wrong'
    | 'access-token-missing'
    | 'access-token-refused'
    | 'permission-missing'
    | 'id-unknown-to-meta'
    | 'waba-id-missing'
    | 'callback-refused'
    | 'callback-of-others'
    | 'name-not-ready'
    | 'number-not-verified'
    | 'pin-missing'
    | 'registration-limit'
    | 'meta-refused'
    | 'meta-unanswered'
    | 'not-as-wanted';
  /** Meta’s number, when the problem is Meta’s answer. */
  metaCode: number | null;
  /** What is wrong. */
  title: string;
  /** What Meta said, or what else is known of it. */
  details: string | null;
  /** What to do about it, ending with the next step. */
  remedy: string;
  /** The check of doctor that would confirm it; null where none looks at that. */
  check: DoctorCheckBody['check'] | null;
};

/** What Meta says about a message that was sent. */
export type StatusBody = {
  /** What Meta reports. One of `sent`, `delivered`, `read`, `played`, `failed`, `deleted`; more may come. */
  status: 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'deleted';
  /** When it happened. */
  at: string;
  /** The group participant that it speaks of; null outside groups. */
  participant: string | null;
  /** Meta’s errors, when the status is `failed`. */
  errors: {
    /** Meta’s number; null when it gave none. */
    code: number | null;
    /** Meta’s title. */
    title: string | null;
    /** Meta’s explanation. */
    details: string | null;
  }[];
};

/** A template that Meta has approved. */
export type Template = {
  /** The template’s name. */
  name: string;
  /** Meta’s language code. */
  language: string;
  /** The values for the placeholders of its body. */
  parameters?: string[] | Record<string, string> | undefined;
  /** The value for its header, where that has one. */
  header?:
    | {
        /** What it is. */
        type: 'text';
        /** The values for its placeholders. */
        parameters: string[] | Record<string, string>;
      }
    | {
        /** What it is. */
        type: 'image' | 'video';
        /** Meta’s id of a file that was uploaded. */
        id?: string | undefined;
        /** A public address from which Meta fetches the file when the message is sent. */
        link?: string | undefined;
      }
    | {
        /** What it is. */
        type: 'document';
        /** Meta’s id of a file that was uploaded. */
        id?: string | undefined;
        /** A public address from which Meta fetches the file when the message is sent. */
        link?: string | undefined;
        /** The name that it is shown with. */
        filename?: string | undefined;
      }
    | {
        /** What it is. */
        type: 'location';
        /** Degrees north. */
        latitude: number;
        /** Degrees east. */
        longitude: number;
        /** What is there. */
        name?: string | undefined;
        /** Its address. */
        address?: string | undefined;
      }
    | undefined;
  /** The values for its buttons. */
  buttons?:
    | {
        /** The place of the button in the template, from 0. */
        index: number;
        /** For a quick reply: what comes back when it is tapped. */
        payload?: string | undefined;
        /** For a link, or a code to copy: the end of the address. */
        urlSuffix?: string | undefined;
        /** For a coupon: its code. */
        couponCode?: string | undefined;
        /** For a Flow: what it begins with, in Meta’s own members. */
        flow?: JsonObject | undefined;
      }[]
    | undefined;
  /** The same in full, as Meta’s `components`; then without the three above. */
  components?:
    | (
        | {
            /** What it is. */
            type: 'header' | 'HEADER' | 'body' | 'BODY';
            /** Its values, in order. */
            parameters?:
              | (
                  | {
                      /** What it is. */
                      type: 'text';
                      /** The words. */
                      text: string;
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'currency';
                      /** The value. */
                      currency: {
                        /** The words that are shown. */
                        fallback_value: string;
                      };
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'date_time';
                      /** The value. */
                      date_time: {
                        /** The words that are shown. */
                        fallback_value: string;
                      };
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'image';
                      /** The file. */
                      image: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'video';
                      /** The file. */
                      video: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'document';
                      /** The file. */
                      document: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                        /** The name that it is shown with. */
                        filename?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'location';
                      /** As in a location message. */
                      location: JsonObject;
                    }
                  | {
                      /** What it is. */
                      type: 'payload';
                      /** What comes back when it is tapped. */
                      payload: string;
                    }
                  | {
                      /** What it is. */
                      type: 'coupon_code';
                      /** The code. */
                      coupon_code: string;
                    }
                  | {
                      /** What it is. */
                      type: 'action';
                      /** What a Flow begins with. */
                      action: JsonObject;
                    }
                )[]
              | undefined;
          }
        | {
            /** What it is. */
            type: 'button' | 'BUTTON';
            /** Such as `quick_reply` or `url`. */
            sub_type: string;
            /** The place of the button, from 0. */
            index: number | string;
            /** Its values, in order. */
            parameters?:
              | (
                  | {
                      /** What it is. */
                      type: 'text';
                      /** The words. */
                      text: string;
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'currency';
                      /** The value. */
                      currency: {
                        /** The words that are shown. */
                        fallback_value: string;
                      };
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'date_time';
                      /** The value. */
                      date_time: {
                        /** The words that are shown. */
                        fallback_value: string;
                      };
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'image';
                      /** The file. */
                      image: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'video';
                      /** The file. */
                      video: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'document';
                      /** The file. */
                      document: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                        /** The name that it is shown with. */
                        filename?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'location';
                      /** As in a location message. */
                      location: JsonObject;
                    }
                  | {
                      /** What it is. */
                      type: 'payload';
                      /** What comes back when it is tapped. */
                      payload: string;
                    }
                  | {
                      /** What it is. */
                      type: 'coupon_code';
                      /** The code. */
                      coupon_code: string;
                    }
                  | {
                      /** What it is. */
                      type: 'action';
                      /** What a Flow begins with. */
                      action: JsonObject;
                    }
                )[]
              | undefined;
          }
      )[]
    | undefined;
};

/** What is to change of a template in one language. */
export type TemplateChanges = {
  /** Meta’s language code. */
  language: string;
  /** Its category, and so its price; Meta may give it another one. */
  category?: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION' | undefined;
  /** What it consists of, in Meta’s own members. */
  components?: JsonObject[] | undefined;
};

/** Templates by name and language, all at once: `next` is always null. */
export type TemplatePageBody = {
  /** The things of this page, in the order of the list. */
  data: TemplateStateBody[];
  /** Give this as `after` for the following page; null at the end. */
  next: string | null;
};

/** A template as the person would see it. */
export type TemplatePreviewBody = {
  /** Whether the values fit the template. */
  fits: boolean;
  /** What does not fit. */
  mistake: string | null;
  /** What would stand above: its words, or the kind of its file in brackets. */
  header: string | null;
  /** The words, filled in. */
  body: string | null;
  /** The small words below. */
  footer: string | null;
  /** The buttons, in order. */
  buttons: {
    /** What stands on it. */
    text: string | null;
    /** Where it would lead. */
    url: string | null;
  }[];
};

/** The values of a send, as in a notification. */
export type TemplatePreviewRequest = {
  /** Meta’s language code. */
  language: string;
  /** The values for the placeholders of its body. */
  parameters?: string[] | Record<string, string> | undefined;
  /** The value for its header, where that has one. */
  header?:
    | {
        /** What it is. */
        type: 'text';
        /** The values for its placeholders. */
        parameters: string[] | Record<string, string>;
      }
    | {
        /** What it is. */
        type: 'image' | 'video';
        /** Meta’s id of a file that was uploaded. */
        id?: string | undefined;
        /** A public address from which Meta fetches the file when the message is sent. */
        link?: string | undefined;
      }
    | {
        /** What it is. */
        type: 'document';
        /** Meta’s id of a file that was uploaded. */
        id?: string | undefined;
        /** A public address from which Meta fetches the file when the message is sent. */
        link?: string | undefined;
        /** The name that it is shown with. */
        filename?: string | undefined;
      }
    | {
        /** What it is. */
        type: 'location';
        /** Degrees north. */
        latitude: number;
        /** Degrees east. */
        longitude: number;
        /** What is there. */
        name?: string | undefined;
        /** Its address. */
        address?: string | undefined;
      }
    | undefined;
  /** The values for its buttons. */
  buttons?:
    | {
        /** The place of the button in the template, from 0. */
        index: number;
        /** For a quick reply: what comes back when it is tapped. */
        payload?: string | undefined;
        /** For a link, or a code to copy: the end of the address. */
        urlSuffix?: string | undefined;
        /** For a coupon: its code. */
        couponCode?: string | undefined;
        /** For a Flow: what it begins with, in Meta’s own members. */
        flow?: JsonObject | undefined;
      }[]
    | undefined;
  /** The same in full, as Meta’s `components`; then without the three above. */
  components?:
    | (
        | {
            /** What it is. */
            type: 'header' | 'HEADER' | 'body' | 'BODY';
            /** Its values, in order. */
            parameters?:
              | (
                  | {
                      /** What it is. */
                      type: 'text';
                      /** The words. */
                      text: string;
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'currency';
                      /** The value. */
                      currency: {
                        /** The words that are shown. */
                        fallback_value: string;
                      };
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'date_time';
                      /** The value. */
                      date_time: {
                        /** The words that are shown. */
                        fallback_value: string;
                      };
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'image';
                      /** The file. */
                      image: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'video';
                      /** The file. */
                      video: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'document';
                      /** The file. */
                      document: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                        /** The name that it is shown with. */
                        filename?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'location';
                      /** As in a location message. */
                      location: JsonObject;
                    }
                  | {
                      /** What it is. */
                      type: 'payload';
                      /** What comes back when it is tapped. */
                      payload: string;
                    }
                  | {
                      /** What it is. */
                      type: 'coupon_code';
                      /** The code. */
                      coupon_code: string;
                    }
                  | {
                      /** What it is. */
                      type: 'action';
                      /** What a Flow begins with. */
                      action: JsonObject;
                    }
                )[]
              | undefined;
          }
        | {
            /** What it is. */
            type: 'button' | 'BUTTON';
            /** Such as `quick_reply` or `url`. */
            sub_type: string;
            /** The place of the button, from 0. */
            index: number | string;
            /** Its values, in order. */
            parameters?:
              | (
                  | {
                      /** What it is. */
                      type: 'text';
                      /** The words. */
                      text: string;
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'currency';
                      /** The value. */
                      currency: {
                        /** The words that are shown. */
                        fallback_value: string;
                      };
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'date_time';
                      /** The value. */
                      date_time: {
                        /** The words that are shown. */
                        fallback_value: string;
                      };
                      /** The name of the placeholder, for a template whose placeholders have names. */
                      parameter_name?: string | undefined;
                    }
                  | {
                      /** What it is. */
                      type: 'image';
                      /** The file. */
                      image: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'video';
                      /** The file. */
                      video: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'document';
                      /** The file. */
                      document: {
                        /** Meta’s id of a file that was uploaded. */
                        id?: string | undefined;
                        /** A public address from which Meta fetches the file when the message is sent. */
                        link?: string | undefined;
                        /** The name that it is shown with. */
                        filename?: string | undefined;
                      };
                    }
                  | {
                      /** What it is. */
                      type: 'location';
                      /** As in a location message. */
                      location: JsonObject;
                    }
                  | {
                      /** What it is. */
                      type: 'payload';
                      /** What comes back when it is tapped. */
                      payload: string;
                    }
                  | {
                      /** What it is. */
                      type: 'coupon_code';
                      /** The code. */
                      coupon_code: string;
                    }
                  | {
                      /** What it is. */
                      type: 'action';
                      /** What a Flow begins with. */
                      action: JsonObject;
                    }
                )[]
              | undefined;
          }
      )[]
    | undefined;
};

/**
 * A template in one language, from Meta’s books and from what webhooks told since; null is what
 * neither told.
 */
export type TemplateStateBody = {
  /** Its name. */
  name: string;
  /** Meta’s language code. */
  language: string | null;
  /** The WhatsApp Business Account that it belongs to. */
  wabaId: string | null;
  /** Meta’s id of it. */
  templateId: string | null;
  /** Meta’s word, such as `APPROVED`, `PAUSED` or `REJECTED`. */
  status: string | null;
  /** Why, when Meta said so. */
  reason: string | null;
  /** When it will be disabled, in Meta’s words. */
  disableDate: string | null;
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  quality: string | null;
  /** Its category, and so its price. */
  category: string | null;
  /** The category before, when it changed. */
  formerCategory: string | null;
  /** The category that Meta finds right, or will make of it. */
  plannedCategory: string | null;
  /** When Meta will change it. */
  plannedAt: string | null;
  /** When a webhook told the latest of it. */
  changedAt: string | null;
  /** What stands above the words; null for nothing, or while it was not read. */
  header: {
    /** What stands above. One of `text`, `image`, `video`, `document`, `location`; more may come. */
    format: 'text' | 'image' | 'video' | 'document' | 'location';
    /** Its words, when it is a text. */
    text: string | null;
  } | null;
  /** Its words, with the placeholders. */
  body: string | null;
  /** The small words below. */
  footer: string | null;
  /** Its buttons, in order. */
  buttons: {
    /**
     * What it does. One of `quick-reply`, `url`, `phone-number`, `copy-code`, `flow`, `one-time-password`,
     * `other`; more may come.
     */
    kind: 'quick-reply' | 'url' | 'phone-number' | 'copy-code' | 'flow' | 'one-time-password' | 'other';
    /** What stands on it. */
    text: string | null;
    /** Where it leads. */
    url: string | null;
  }[];
  /** The values that a send has to give; null while it was not read. */
  parameters: {
    /** Whether its placeholders have names, and not numbers. */
    named: boolean;
    /** The placeholders of the header. */
    header: string[];
    /** The placeholders of the body. */
    body: string[];
    /** The places of the buttons that need a value. */
    buttons: number[];
  } | null;
  /** The whole as Meta has it in its books. */
  components: JsonObject[];
  /** When it was read from Meta’s books; null when it never was. */
  syncedAt: string | null;
};

/** What came of reading the templates from Meta’s books. */
export type TemplateSyncBody = {
  /** Each of our accounts that is known and has a token. */
  accounts: {
    /** The WhatsApp Business Account. */
    wabaId: string;
    /** Whether it could be read. One of `synced`, `failed`; more may come. */
    outcome: 'synced' | 'failed';
    /** How many templates it has; null when it failed. */
    count: number | null;
    /** Why it could not be read. */
    because: string | null;
  }[];
};

/** A file that Meta has, to be sent by its id. */
export type UploadBody = {
  /** Meta’s id: what `media.id` of a notification takes. */
  id: string;
  /** The business phone that may send it, by Meta’s `phone_number_id`. */
  businessPhoneId: string;
  /** Its type. */
  mimeType: string;
  /** In bytes. */
  size: number;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  sha256: string;
  /** Whether Meta had it already, from an earlier upload. */
  known: boolean;
  /** When Meta got it. */
  uploadedAt: string;
  /** Until when Meta keeps it. */
  expiresAt: string;
};

/** Whose key or session a request carries. */
export type WhoBody = {
  /** The name of the key. */
  name: string;
  /** What it allows. */
  scopes: ('read' | 'send' | 'manage')[];
  /** The time by Recado’s clock, which windows and retries go by. */
  now: string;
};

/** The 24-hour customer service window of a conversation. */
export type WindowBody = {
  /** True while free-form messages are allowed. */
  open: boolean;
  /** When it closes or closed; null when they never wrote. */
  closesAt: string | null;
};

/** The operations of the API over a connection, each under its name in `/openapi.json`. */
export function createOperations({ answer, text, file, stream }: Connection) {
  return {
    // Health

    /**
     * Answers as long as the process runs. Restart the process when it does not.
     *
     * `GET /healthz`
     */
    getHealth: (options?: CallOptions) => answer<HealthBody>({ method: 'GET', path: '/healthz' }, options),

    /**
     * Whether every part that is needed works. Send no traffic while it does not.
     *
     * `GET /readyz`
     */
    getReadiness: (options?: CallOptions) =>
      answer<ReadinessBody>({ method: 'GET', path: '/readyz', alsoGood: [503] }, options),

    /**
     * All metrics in the text format of Prometheus. On an ADMIN_PORT that is bound to the loopback no key
     * is needed.
     *
     * `GET /metrics`, with the scope `read`
     */
    getMetrics: (options?: CallOptions) => text({ method: 'GET', path: '/metrics' }, options),

    // Notifications

    /**
     * Takes a message to send. The answer comes once it is stored; follow its fate by its id or in the
     * events of kind `notification`. A repeated request with the same idempotency key answers for the
     * first one, with the header `Idempotent-Replayed: true`.
     *
     * `POST /v1/notifications`, with the scope `send`
     */
    takeNotification: (
      request: NotificationRequest,
      options?: CallOptions & {
        /**
         * Makes a repeated request the same request, within one API key. The same key with other content is
         * refused.
         */
        idempotencyKey?: string | undefined;
      },
    ) =>
      answer<NotificationBody>(
        {
          method: 'POST',
          path: '/v1/notifications',
          body: request,
          headers: { 'idempotency-key': options?.idempotencyKey },
        },
        options,
      ),

    /**
     * Notifications in the order in which they were taken, or from the newest back.
     *
     * `GET /v1/notifications`, with the scope `read`
     */
    listNotifications: (query?: ListNotificationsQuery, options?: CallOptions) =>
      answer<NotificationPageBody>({ method: 'GET', path: '/v1/notifications', query }, options),

    /**
     * Decides about a message as if it were taken now, and stores and sends nothing: whether it may go, as
     * what, from which business phone, to whom, and why. It takes the same request as sending. A refusal
     * is an answer like any other here. The decision is of this moment: it is made anew when a message is
     * taken, and once more just before it is sent, because a window may close in between. An idempotency
     * key counts for nothing.
     *
     * `POST /v1/notifications/preview`, with the scope `send`
     */
    previewNotification: (request: NotificationRequest, options?: CallOptions) =>
      answer<NotificationPreviewBody>(
        { method: 'POST', path: '/v1/notifications/preview', body: request },
        options,
      ),

    /**
     * How many notifications were taken since a time, by where they are in their life and why they failed.
     *
     * `GET /v1/notifications/totals`, with the scope `read`
     */
    countNotifications: (query?: CountNotificationsQuery, options?: CallOptions) =>
      answer<NotificationTotalsBody>({ method: 'GET', path: '/v1/notifications/totals', query }, options),

    /**
     * A notification with every try to send it and every status that Meta reported.
     *
     * `GET /v1/notifications/{id}`, with the scope `read` or `send`
     */
    getNotification: (id: string, options?: CallOptions) =>
      answer<NotificationBody>(
        { method: 'GET', path: `/v1/notifications/${encodeURIComponent(id)}` },
        options,
      ),

    /**
     * Takes back a notification that still waits to be sent: it ends as `cancelled`. One that was
     * cancelled before is answered alike.
     *
     * `POST /v1/notifications/{id}/cancel`, with the scope `send` or `manage`
     */
    cancelNotification: (id: string, options?: CallOptions) =>
      answer<NotificationBody>(
        { method: 'POST', path: `/v1/notifications/${encodeURIComponent(id)}/cancel` },
        options,
      ),

    /**
     * Whether somebody has stopped all sending, and who.
     *
     * `GET /v1/sending`, with the scope `read` or `send` or `manage`
     */
    getSending: (options?: CallOptions) =>
      answer<SendingBody>({ method: 'GET', path: '/v1/sending' }, options),

    /**
     * The emergency brake. From the answer on nothing more is handed to Meta, on any business phone:
     * notifications are taken and wait, and expire at their `notAfter`. What is on its way already cannot
     * be called back. An alarm reminds of it until sending is started again.
     *
     * `POST /v1/sending/stop`, with the scope `send` or `manage`
     */
    stopSending: (options?: CallOptions) =>
      answer<SendingBody>({ method: 'POST', path: '/v1/sending/stop' }, options),

    /**
     * Lets go of the emergency brake: what waits is sent, each decided anew at its moment. Cancel before
     * what should not go any more.
     *
     * `POST /v1/sending/start`, with the scope `manage`
     */
    startSending: (options?: CallOptions) =>
      answer<SendingBody>({ method: 'POST', path: '/v1/sending/start' }, options),

    // Batches

    /**
     * Keeps many messages to send. They are sent behind all single messages, at the pace that Meta allows,
     * each exactly once. A row that cannot be sent says why and stops no other. A repeated request with
     * the same idempotency key answers for the first one.
     *
     * `POST /v1/batches`, with the scope `send`
     */
    createBatch: (
      request: BatchRequest,
      options?: CallOptions & {
        /** Makes a repeated request the same batch, within one API key. */
        idempotencyKey?: string | undefined;
      },
    ) =>
      answer<BatchBody>(
        {
          method: 'POST',
          path: '/v1/batches',
          body: request,
          headers: { 'idempotency-key': options?.idempotencyKey },
        },
        options,
      ),

    /**
     * Batches in the order in which they were made.
     *
     * `GET /v1/batches`, with the scope `read`
     */
    listBatches: (query?: PageQuery, options?: CallOptions) =>
      answer<BatchPageBody>({ method: 'GET', path: '/v1/batches', query }, options),

    /**
     * Decides about each as if it were taken now, and stores and sends nothing.
     *
     * `POST /v1/batches/preview`, with the scope `send`
     */
    previewBatch: (request: BatchPreviewRequest, options?: CallOptions) =>
      answer<BatchPreviewBody>({ method: 'POST', path: '/v1/batches/preview', body: request }, options),

    /**
     * How far a batch is.
     *
     * `GET /v1/batches/{id}`, with the scope `read` or `send`
     */
    getBatch: (id: string, options?: CallOptions) =>
      answer<BatchBody>({ method: 'GET', path: `/v1/batches/${encodeURIComponent(id)}` }, options),

    /**
     * What became of each row, in the order of your list.
     *
     * `GET /v1/batches/{id}/rows`, with the scope `read` or `send`
     */
    listBatchRows: (id: string, query?: PageQuery, options?: CallOptions) =>
      answer<BatchRowPageBody>(
        { method: 'GET', path: `/v1/batches/${encodeURIComponent(id)}/rows`, query },
        options,
      ),

    /**
     * Rows whose number the batch has already change nothing, so the same request may be repeated.
     *
     * `POST /v1/batches/{id}/rows`, with the scope `send`
     */
    addBatchRows: (id: string, request: BatchRowsRequest, options?: CallOptions) =>
      answer<BatchBody>(
        { method: 'POST', path: `/v1/batches/${encodeURIComponent(id)}/rows`, body: request },
        options,
      ),

    /**
     * Nothing more of it leaves until it is resumed; what is on its way cannot be called back.
     *
     * `POST /v1/batches/{id}/pause`, with the scope `send` or `manage`
     */
    pauseBatch: (id: string, options?: CallOptions) =>
      answer<BatchBody>({ method: 'POST', path: `/v1/batches/${encodeURIComponent(id)}/pause` }, options),

    /**
     * Starts a batch that is open, or lets one that is paused go on.
     *
     * `POST /v1/batches/{id}/resume`, with the scope `send` or `manage`
     */
    resumeBatch: (id: string, options?: CallOptions) =>
      answer<BatchBody>({ method: 'POST', path: `/v1/batches/${encodeURIComponent(id)}/resume` }, options),

    /**
     * Nothing more of it leaves, for ever: what waits ends as `cancelled`, and rows that are no
     * notifications yet never become any.
     *
     * `POST /v1/batches/{id}/cancel`, with the scope `send` or `manage`
     */
    cancelBatch: (id: string, options?: CallOptions) =>
      answer<BatchBody>({ method: 'POST', path: `/v1/batches/${encodeURIComponent(id)}/cancel` }, options),

    // Contacts

    /**
     * People on WhatsApp, in the order in which they became known, each once: contacts that turned out to
     * be one person are shown as one.
     *
     * `GET /v1/contacts`, with the scope `read`
     */
    listContacts: (query?: ListContactsQuery, options?: CallOptions) =>
      answer<ContactPageBody>({ method: 'GET', path: '/v1/contacts', query }, options),

    /**
     * A person on WhatsApp, and whether they may be notified now. The id of a contact that turned out to
     * be another one answers that one: compare `id`.
     *
     * `GET /v1/contacts/{id}`, with the scope `read`
     */
    getContact: (id: string, options?: CallOptions) =>
      answer<ContactBody>({ method: 'GET', path: `/v1/contacts/${encodeURIComponent(id)}` }, options),

    /**
     * Keeps that a person wants no messages of a purpose, with how you know it. From this answer on such
     * notifications are refused, also those that are queued. People who opt out in WhatsApp itself are
     * kept without this. People who never wrote can be opted out by their number.
     *
     * `POST /v1/contacts/{id}/opt-outs`, with the scope `send` or `manage`
     */
    optOut: (id: string, request: NewOptOut, query?: OptOutQuery, options?: CallOptions) =>
      answer<OptOutsBody>(
        { method: 'POST', path: `/v1/contacts/${encodeURIComponent(id)}/opt-outs`, body: request, query },
        options,
      ),

    /**
     * Keeps that a person wants messages of a purpose again. Do it only when they said so. Meta’s own
     * record is another thing: who stopped marketing in WhatsApp gets none until they start it there.
     *
     * `DELETE /v1/contacts/{id}/opt-outs`, with the scope `send` or `manage`
     */
    optIn: (id: string, query?: OptInQuery, options?: CallOptions) =>
      answer<OptOutsBody>(
        { method: 'DELETE', path: `/v1/contacts/${encodeURIComponent(id)}/opt-outs`, query },
        options,
      ),

    /**
     * Which contacts turned out to be this person, on what evidence, and which of that was undone.
     *
     * `GET /v1/contacts/{id}/merges`, with the scope `read`
     */
    listMerges: (id: string, query?: PageQuery, options?: CallOptions) =>
      answer<MergePageBody>(
        { method: 'GET', path: `/v1/contacts/${encodeURIComponent(id)}/merges`, query },
        options,
      ),

    /**
     * Takes two contacts for two people again. Each has again the identifiers, messages and window that
     * are its own, and the same evidence does not make them one again.
     *
     * `POST /v1/contacts/{id}/merges/{mergeId}/undo`, with the scope `manage`
     */
    undoMerge: (id: string, mergeId: string, options?: CallOptions) =>
      answer<MergeBody>(
        {
          method: 'POST',
          path: `/v1/contacts/${encodeURIComponent(id)}/merges/${encodeURIComponent(mergeId)}/undo`,
        },
        options,
      ),

    /**
     * Takes two contacts, whose merge was undone, for one person after all.
     *
     * `POST /v1/contacts/{id}/merges/{mergeId}/redo`, with the scope `manage`
     */
    redoMerge: (id: string, mergeId: string, options?: CallOptions) =>
      answer<MergeBody>(
        {
          method: 'POST',
          path: `/v1/contacts/${encodeURIComponent(id)}/merges/${encodeURIComponent(mergeId)}/redo`,
        },
        options,
      ),

    // Commands

    /**
     * Whether a command was applied. Ask here when a change was answered with 202 because it waits for its
     * turn.
     *
     * `GET /v1/commands/{id}`, with the scope `read`
     */
    getCommand: (id: string, options?: CallOptions) =>
      answer<CommandBody>({ method: 'GET', path: `/v1/commands/${encodeURIComponent(id)}` }, options),

    // Conversations

    /**
     * Conversations in the order in which they began; with `order=newest` those with the latest messages
     * first.
     *
     * `GET /v1/conversations`, with the scope `read`
     */
    listConversations: (query?: ListConversationsQuery, options?: CallOptions) =>
      answer<ConversationPageBody>({ method: 'GET', path: '/v1/conversations', query }, options),

    /**
     * What they wrote and what you sent, in the order of the feed, or from the newest back.
     *
     * `GET /v1/conversations/{id}/messages`, with the scope `read`
     */
    listMessages: (id: string, query?: ListMessagesQuery, options?: CallOptions) =>
      answer<MessagePageBody>(
        { method: 'GET', path: `/v1/conversations/${encodeURIComponent(id)}/messages`, query },
        options,
      ),

    /**
     * Marks the last message of theirs as read, so that they see the blue ticks, and shows them on request
     * that somebody is typing. Meta is called once.
     *
     * `POST /v1/conversations/{id}/read`, with the scope `send`
     */
    markRead: (id: string, request: ReadMarkRequest = {}, options?: CallOptions) =>
      answer<ReadMarkBody>(
        { method: 'POST', path: `/v1/conversations/${encodeURIComponent(id)}/read`, body: request },
        options,
      ),

    // Media

    /**
     * The files that people sent, in the order in which their messages came: which are kept, which are
     * still being fetched, and why one is not.
     *
     * `GET /v1/media`, with the scope `read`
     */
    listMedia: (query?: ListMediaQuery, options?: CallOptions) =>
      answer<MediaPageBody>({ method: 'GET', path: '/v1/media', query }, options),

    /**
     * Gives a file to Meta, which keeps it for 30 days, and answers with the id that `media.id` of a
     * notification takes. The body is the file itself, its type the content type. Meta’s limits are looked
     * at before: 5 MB for an image, 16 MB for audio and video, 100 MB for a document, 100 KB for a
     * sticker, 500 KB for one that moves. The same file is not given to Meta twice while it has it.
     *
     * `POST /v1/media`, with the scope `send`
     */
    uploadMedia: (file: Blob, query?: UploadMediaQuery, options?: CallOptions) =>
      answer<UploadBody>({ method: 'POST', path: '/v1/media', body: file, query }, options),

    /**
     * The bytes of a file that a person sent, by the id that the message names it with. Recado fetches it
     * from Meta soon after the message; until then the answer is 409 with `Retry-After`, and 410 with the
     * reason when it never came. Types that a browser could run are given out as
     * `application/octet-stream`.
     *
     * `GET /v1/media/{id}`, with the scope `read`
     */
    getMedia: (
      id: string,
      options?: CallOptions & {
        /** One part of the bytes, such as `bytes=0-1023`. */ range?: string | undefined;
      },
    ) =>
      file(
        { method: 'GET', path: `/v1/media/${encodeURIComponent(id)}`, headers: { range: options?.range } },
        options,
      ),

    // Events

    /**
     * The feed in the order in which it was committed: whoever has seen an event never misses an earlier
     * one. At the end `next` is null; keep `place` and give it as `after` later: also with a filter
     * nothing is looked at twice. A place that cannot be gone on from without missing events is told by
     * 410: those behind it were forgotten, or it is of another feed.
     *
     * `GET /v1/events`, with the scope `read`
     */
    listEvents: (query?: ListEventsQuery, options?: CallOptions) =>
      answer<EventPageBody>({ method: 'GET', path: '/v1/events', query }, options),

    /**
     * The feed as server-sent events, each with its id, its kind as the event name, and an Event as data.
     * A browser resumes by itself with `Last-Event-ID`; nothing is missed or repeated. A place that cannot
     * be gone on from is told by 410: events behind it were forgotten, or it is of another feed. A comment
     * keeps the connection alive.
     *
     * `GET /v1/events/stream`, with the scope `read`
     */
    streamEvents: ({ signal, timings, ...query }: StreamEventsQuery & StreamOptions = {}) =>
      stream('/v1/events/stream', query, { signal, timings }),

    // Endpoints

    /**
     * From this answer on, every event that its filters let through is posted to the URL, signed by
     * Standard Webhooks: at least once, and within a conversation in order. The secret is in this answer
     * and nowhere else.
     *
     * `POST /v1/endpoints`, with the scope `manage`
     */
    createEndpoint: (request: NewEndpoint, options?: CallOptions) =>
      answer<EndpointWithSecretBody>({ method: 'POST', path: '/v1/endpoints', body: request }, options),

    /**
     * The endpoints in the order of making, with how each stands.
     *
     * `GET /v1/endpoints`, with the scope `read` or `manage`
     */
    listEndpoints: (query?: PageQuery, options?: CallOptions) =>
      answer<EndpointPageBody>({ method: 'GET', path: '/v1/endpoints', query }, options),

    /**
     * An endpoint with how it stands.
     *
     * `GET /v1/endpoints/{id}`, with the scope `read` or `manage`
     */
    getEndpoint: (id: string, options?: CallOptions) =>
      answer<EndpointBody>({ method: 'GET', path: `/v1/endpoints/${encodeURIComponent(id)}` }, options),

    /**
     * Changes what is named and leaves the rest. Paused, its events wait; active again, they go on where
     * they stood.
     *
     * `PATCH /v1/endpoints/{id}`, with the scope `manage`
     */
    changeEndpoint: (id: string, request: EndpointChanges, options?: CallOptions) =>
      answer<EndpointBody>(
        { method: 'PATCH', path: `/v1/endpoints/${encodeURIComponent(id)}`, body: request },
        options,
      ),

    /**
     * Forgets an endpoint, its secret, and what waited for it. What is on its way may still arrive. The
     * events stay in the feed.
     *
     * `DELETE /v1/endpoints/{id}`, with the scope `manage`
     */
    removeEndpoint: (id: string, options?: CallOptions) =>
      answer<EndpointBody>({ method: 'DELETE', path: `/v1/endpoints/${encodeURIComponent(id)}` }, options),

    /**
     * Posts a made-up event of the type `test` at once, signed like any other, and says what it met.
     *
     * `POST /v1/endpoints/{id}/test`, with the scope `manage`
     */
    testEndpoint: (id: string, options?: CallOptions) =>
      answer<EndpointTrialBody>(
        { method: 'POST', path: `/v1/endpoints/${encodeURIComponent(id)}/test` },
        options,
      ),

    /**
     * Makes a new secret, which is in this answer and nowhere else. Deliveries are signed by the former
     * one too for a while, so that the receiver can change in peace. `X-Hub-Signature-256` has room for
     * one signature: it is by the new one at once.
     *
     * `POST /v1/endpoints/{id}/rotate-secret`, with the scope `manage`
     */
    rotateEndpointSecret: (id: string, request: SecretRotation = {}, options?: CallOptions) =>
      answer<EndpointWithSecretBody>(
        { method: 'POST', path: `/v1/endpoints/${encodeURIComponent(id)}/rotate-secret`, body: request },
        options,
      ),

    /**
     * Delivers events again, whether they were delivered or given up: some by their ids, all that were
     * given up since a time, or all of a time. Each has the `webhook-id` that it had. They go beside what
     * is new and hold it up nowhere. At most 5,000 with each request: ask again with `next`.
     *
     * `POST /v1/endpoints/{id}/redeliver`, with the scope `manage`
     */
    redeliver: (id: string, request: Redelivery = {}, options?: CallOptions) =>
      answer<RedeliveredBody>(
        { method: 'POST', path: `/v1/endpoints/${encodeURIComponent(id)}/redeliver`, body: request },
        options,
      ),

    /**
     * The latest 500 tries to deliver something to an endpoint, the newest first.
     *
     * `GET /v1/endpoints/{id}/attempts`, with the scope `read` or `manage`
     */
    listForwardAttempts: (id: string, query?: PageQuery, options?: CallOptions) =>
      answer<ForwardAttemptPageBody>(
        { method: 'GET', path: `/v1/endpoints/${encodeURIComponent(id)}/attempts`, query },
        options,
      ),

    /**
     * Events that an endpoint could not be delivered, in feed order. `redeliver` tries them again.
     *
     * `GET /v1/endpoints/{id}/dead-letters`, with the scope `read` or `manage`
     */
    listDeadLetters: (id: string, query?: PageQuery, options?: CallOptions) =>
      answer<DeadLetterPageBody>(
        { method: 'GET', path: `/v1/endpoints/${encodeURIComponent(id)}/dead-letters`, query },
        options,
      ),

    // Doctor

    /**
     * The result of the last run, by a person or by Recado itself. Nothing is looked at anew. In
     * Portuguese where `Accept-Language` asks for it.
     *
     * `GET /v1/doctor`, with the scope `read` or `manage`
     */
    getDoctor: (options?: CallOptions) => answer<DoctorBody>({ method: 'GET', path: '/v1/doctor' }, options),

    /**
     * Proves link by link that webhooks arrive and messages leave, or names the first link that is broken,
     * with its cure. Takes some seconds, a minute at most; one run at a time. Nothing is changed at Meta.
     * In Portuguese where `Accept-Language` asks for it.
     *
     * `POST /v1/doctor/run`, with the scope `manage`
     */
    runDoctor: (request: DoctorRequest = {}, options?: CallOptions) =>
      answer<DoctorBody>({ method: 'POST', path: '/v1/doctor/run', body: request }, options),

    // Alarms

    /**
     * What needs a person now, and below it what did before: open alarms first, then resolved ones, the
     * newest first in each. An alarm resolves by itself when its cause is gone.
     *
     * `GET /v1/alarms`, with the scope `read`
     */
    listAlarms: (query?: PageQuery, options?: CallOptions) =>
      answer<AlarmPageBody>({ method: 'GET', path: '/v1/alarms', query }, options),

    // Errors

    /**
     * Every error code of Meta’s that Recado knows, by its number; a range stands under its first. In
     * Portuguese where `Accept-Language` asks for it.
     *
     * `GET /v1/errors`, with the scope `read` or `send` or `manage`
     */
    listErrors: (query?: ListErrorsQuery, options?: CallOptions) =>
      answer<ErrorCodePageBody>({ method: 'GET', path: '/v1/errors', query }, options),

    /**
     * What an error code means, where it comes from, and its cure step by step. A number that this version
     * does not know is answered with `known: false`, and with whom to ask. In Portuguese where
     * `Accept-Language` asks for it.
     *
     * `GET /v1/errors/{code}`, with the scope `read` or `send` or `manage`
     */
    explainError: (code: string, options?: CallOptions) =>
      answer<ErrorCodeBody>({ method: 'GET', path: `/v1/errors/${encodeURIComponent(code)}` }, options),

    // Upkeep

    /**
     * Reads stored webhooks with the understanding of this version, in the background. Events that are
     * better understood are upgraded in place and what was overlooked is appended; the state follows, and
     * nothing else does: nothing is sent. Doing it twice changes nothing the second time.
     *
     * `POST /v1/reread`, with the scope `manage`
     */
    startReread: (request: RereadRequest = {}, options?: CallOptions) =>
      answer<RereadBody>({ method: 'POST', path: '/v1/reread', body: request }, options),

    /**
     * The re-reading that runs, or the one that ran last since this gateway started.
     *
     * `GET /v1/reread`, with the scope `manage`
     */
    getReread: (options?: CallOptions) => answer<RereadBody>({ method: 'GET', path: '/v1/reread' }, options),

    // Access

    /**
     * Makes a key for one program. Its text is in this answer and nowhere else. A key gives only scopes
     * that it has itself.
     *
     * `POST /v1/keys`, with the scope `manage`
     */
    createApiKey: (request: ApiKeyRequest, options?: CallOptions) =>
      answer<NewApiKeyBody>({ method: 'POST', path: '/v1/keys', body: request }, options),

    /**
     * API keys in the order in which they were made, revoked ones too. RECADO_ADMIN_KEY is not among them.
     *
     * `GET /v1/keys`, with the scope `manage`
     */
    listApiKeys: (query?: PageQuery, options?: CallOptions) =>
      answer<ApiKeyPageBody>({ method: 'GET', path: '/v1/keys', query }, options),

    /**
     * Refuses the key within a second, for ever, and ends its sessions and event streams. Revoking it
     * again changes nothing.
     *
     * `DELETE /v1/keys/{id}`, with the scope `manage`
     */
    revokeApiKey: (id: string, options?: CallOptions) =>
      answer<ApiKeyBody>({ method: 'DELETE', path: `/v1/keys/${encodeURIComponent(id)}` }, options),

    /**
     * Who changed what, in the order of the changes. It holds no secrets and no messages.
     *
     * `GET /v1/audit`, with the scope `manage`
     */
    listAudit: (query?: ListAuditQuery, options?: CallOptions) =>
      answer<AuditPageBody>({ method: 'GET', path: '/v1/audit', query }, options),

    /**
     * Whose key or session this request carries, what it allows, and the time by Recado’s clock.
     *
     * `GET /v1/session`, with the scope `read` or `send` or `manage`
     */
    getSession: (options?: CallOptions) => answer<WhoBody>({ method: 'GET', path: '/v1/session' }, options),

    /**
     * Begins a session of twelve hours for a page that this Recado serves: the cookie then stands for the
     * key, on every address of the API. Programs send the key itself instead. Only the browser’s own word
     * for where the page comes from (`Sec-Fetch-Site`, `Origin`) lets a cookie change anything.
     *
     * `POST /v1/session`
     */
    logIn: (request: SessionRequest, options?: CallOptions) =>
      answer<SessionBody>({ method: 'POST', path: '/v1/session', body: request }, options),

    /**
     * Ends the session of this browser, if there is one, and takes its cookie away.
     *
     * `DELETE /v1/session`
     */
    logOut: (options?: CallOptions) => answer<void>({ method: 'DELETE', path: '/v1/session' }, options),

    // Settings

    /**
     * Every setting of behaviour with its value, its default, and what it decides.
     *
     * `GET /v1/settings`, with the scope `read` or `manage`
     */
    listSettings: (options?: CallOptions) =>
      answer<SettingPageBody>({ method: 'GET', path: '/v1/settings' }, options),

    /**
     * Decides the settings that are named, all or none, and leaves the others. They are in force with the
     * answer; notifications that were taken before keep what was decided for them then. The audit log
     * keeps each change.
     *
     * `PATCH /v1/settings`, with the scope `manage`
     */
    changeSettings: (request: SettingChanges, options?: CallOptions) =>
      answer<SettingPageBody>({ method: 'PATCH', path: '/v1/settings', body: request }, options),

    // Business phones

    /**
     * The business phones by their ids: the one of the environment, those that were added, and those that
     * webhooks speak of without being configured.
     *
     * `GET /v1/business-phones`, with the scope `read` or `manage`
     */
    listBusinessPhones: (query?: PageQuery, options?: CallOptions) =>
      answer<BusinessPhonePageBody>({ method: 'GET', path: '/v1/business-phones', query }, options),

    /**
     * Adds a WhatsApp number of yours, with its own access token and app secrets or with those of the
     * environment. It hears and sends from this answer on, without a restart. Secrets are kept encrypted
     * under RECADO_ENCRYPTION_KEY and never shown again. Events about it that came while it was foreign
     * stay foreign: they are in the feed, and change nothing afterwards. The first business phone of all
     * becomes the default.
     *
     * `POST /v1/business-phones`, with the scope `manage`
     */
    addBusinessPhone: (request: NewBusinessPhone, options?: CallOptions) =>
      answer<BusinessPhoneBody>({ method: 'POST', path: '/v1/business-phones', body: request }, options),

    /**
     * A business phone that is configured, or that webhooks speak of.
     *
     * `GET /v1/business-phones/{id}`, with the scope `read` or `manage`
     */
    getBusinessPhone: (id: string, options?: CallOptions) =>
      answer<BusinessPhoneBody>(
        { method: 'GET', path: `/v1/business-phones/${encodeURIComponent(id)}` },
        options,
      ),

    /**
     * Changes what is named and leaves the rest; in force with the answer. To rotate an app secret, give
     * the new one in front of the old one, and the new one alone once Meta signs with it. Of the business
     * phone of the environment only `default` can be changed here.
     *
     * `PATCH /v1/business-phones/{id}`, with the scope `manage`
     */
    changeBusinessPhone: (id: string, request: BusinessPhoneChanges, options?: CallOptions) =>
      answer<BusinessPhoneBody>(
        { method: 'PATCH', path: `/v1/business-phones/${encodeURIComponent(id)}`, body: request },
        options,
      ),

    /**
     * Takes a business phone out of service, and forgets its token and secrets. Its contacts,
     * conversations and events stay; what is still queued for it fails; new webhooks about it are foreign
     * while another phone is ours.
     *
     * `DELETE /v1/business-phones/{id}`, with the scope `manage`
     */
    removeBusinessPhone: (id: string, options?: CallOptions) =>
      answer<BusinessPhoneBody>(
        { method: 'DELETE', path: `/v1/business-phones/${encodeURIComponent(id)}` },
        options,
      ),

    /**
     * Registers a business phone of ours on the Cloud API, which cures #133010: Meta is called once, with
     * its two-step PIN. Meta allows ten calls in 72 hours, so a further one is not made. What failed
     * meanwhile is not sent again by itself.
     *
     * `POST /v1/business-phones/{id}/register`, with the scope `manage`
     */
    registerBusinessPhone: (id: string, request: Registration = {}, options?: CallOptions) =>
      answer<BusinessPhoneBody>(
        { method: 'POST', path: `/v1/business-phones/${encodeURIComponent(id)}/register`, body: request },
        options,
      ),

    // Connection

    /**
     * Asks Meta how the app, the WhatsApp accounts and the business phones are set up, and says for each
     * part how it stands and how it is to stand. Changes nothing.
     *
     * `GET /v1/connection`, with the scope `manage`
     */
    getConnection: (query?: GetConnectionQuery, options?: CallOptions) =>
      answer<ConnectionBody>({ method: 'GET', path: '/v1/connection', query }, options),

    /**
     * Sets the callback and the fields of the app, subscribes the app to the WhatsApp accounts, takes away
     * overrides that lead elsewhere, and registers business phones; then reads back whether it is so. Meta
     * calls the public address while this runs. What is right already is left alone. One part that fails
     * does not keep the others from being done.
     *
     * `POST /v1/connection`, with the scope `manage`
     */
    connect: (request: ConnectionRequest = {}, options?: CallOptions) =>
      answer<ConnectionBody>({ method: 'POST', path: '/v1/connection', body: request }, options),

    // Templates

    /**
     * The templates of our WhatsApp accounts: as they were read from Meta’s books last, and what webhooks
     * told since of status, quality and category.
     *
     * `GET /v1/templates`, with the scope `read`
     */
    listTemplates: (query?: ListTemplatesQuery, options?: CallOptions) =>
      answer<TemplatePageBody>({ method: 'GET', path: '/v1/templates', query }, options),

    /**
     * Submits a template for Meta’s approval, in the account of the default business phone. A webhook
     * tells when it is approved or rejected.
     *
     * `POST /v1/templates`, with the scope `manage`
     */
    createTemplate: (request: NewTemplate, options?: CallOptions) =>
      answer<TemplatePageBody>({ method: 'POST', path: '/v1/templates', body: request }, options),

    /**
     * Reads the templates of our accounts from Meta’s books now. It happens by itself at the start, every
     * six hours, after each webhook about templates, and before a template is refused.
     *
     * `POST /v1/templates/sync`, with the scope `manage`
     */
    syncTemplates: (options?: CallOptions) =>
      answer<TemplateSyncBody>({ method: 'POST', path: '/v1/templates/sync' }, options),

    /**
     * A template in each of its languages, with the values that a send has to give.
     *
     * `GET /v1/templates/{name}`, with the scope `read`
     */
    getTemplate: (name: string, options?: CallOptions) =>
      answer<TemplatePageBody>({ method: 'GET', path: `/v1/templates/${encodeURIComponent(name)}` }, options),

    /**
     * Submits other parts, or another category, of a template in one language.
     *
     * `PATCH /v1/templates/{name}`, with the scope `manage`
     */
    changeTemplate: (name: string, request: TemplateChanges, options?: CallOptions) =>
      answer<TemplatePageBody>(
        { method: 'PATCH', path: `/v1/templates/${encodeURIComponent(name)}`, body: request },
        options,
      ),

    /**
     * Deletes a template at Meta, in all of its languages. Messages with it fail from then on.
     *
     * `DELETE /v1/templates/{name}`, with the scope `manage`
     */
    deleteTemplate: (name: string, options?: CallOptions) =>
      answer<TemplatePageBody>(
        { method: 'DELETE', path: `/v1/templates/${encodeURIComponent(name)}` },
        options,
      ),

    /**
     * Fills a template with values as a send would, and says whether they fit. Nothing is stored or sent.
     *
     * `POST /v1/templates/{name}/preview`, with the scope `read` or `send`
     */
    previewTemplate: (name: string, request: TemplatePreviewRequest, options?: CallOptions) =>
      answer<TemplatePreviewBody>(
        { method: 'POST', path: `/v1/templates/${encodeURIComponent(name)}/preview`, body: request },
        options,
      ),

    // Costs

    /**
     * Charged and free messages of a month by category and pricing type, as Meta told them with the
     * statuses. A message counts in the month, in UTC, of the first status that told its price; Meta’s
     * invoice may draw the line in another time zone. Messages that other programs sent from the same
     * business phone count as well. Meta sends no amounts: with the setting `prices` the counts become an
     * estimate.
     *
     * `GET /v1/costs`, with the scope `read`
     */
    getCosts: (query?: GetCostsQuery, options?: CallOptions) =>
      answer<CostsBody>({ method: 'GET', path: '/v1/costs', query }, options),
  };
}
