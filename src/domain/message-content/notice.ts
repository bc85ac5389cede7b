/** The person moved to another phone number; their user id may change with it. */
type NumberChangedContent = {
  type: 'number-changed';
  /** Meta's sentence. */
  body: string | null;
  /** The former WhatsApp ID. */
  formerWaId: string | null;
  /** The new WhatsApp ID. */
  waId: string | null;
  /** The user id from now on (BSUID). */
  userId: string | null;
};

/** The person got another business-scoped user id (BSUID). */
type UserIdChangedContent = {
  type: 'user-id-changed';
  /** Meta's sentence. */
  body: string | null;
  formerUserId: string | null;
  userId: string | null;
  parentUserId: string | null;
};

/** The person has a new security code. Seen in old bodies only. */
type IdentityChangedContent = { type: 'identity-changed'; body: string | null };

/** Any other notice of WhatsApp's. */
type SystemContent = {
  type: 'system';
  body: string | null;
  /** Meta's word for the notice; null when it says none. */
  metaType: string | null;
};

/** Somebody asked for a welcome. Meta has removed it. */
type RequestWelcomeContent = { type: 'request-welcome' };

/** A message that Meta does not hand over. Why stands in the message's errors. */
type UnsupportedContent = {
  type: 'unsupported';
  /** Meta's word for what it was, such as `poll_creation` or `edit`; null when it says none. */
  metaType: string | null;
};

/** A type that was invented after this version, or that is not said. */
type UnknownContent = {
  type: 'unknown';
  /** Meta's word for it; null when it says none. */
  metaType: string | null;
};

/** What WhatsApp says about a person or a message, where nobody wrote anything that could be read. */
export type NoticeContent =
  | NumberChangedContent
  | UserIdChangedContent
  | IdentityChangedContent
  | SystemContent
  | RequestWelcomeContent
  | UnsupportedContent
  | UnknownContent;
