/** What Meta does where its documents leave it open (meta-facts §11 and as said of each). Everything has a default. */
export type OpenQuestions = {
  /** Code for a call whose token lacks a permission or does not reach the account (meta-facts §5: 10, and 200–299). */
  missingPermission: 10 | 200;
  /** Code for a callback that fails the handshake; the documents name none. */
  failedHandshake: number;
  /** Fields that are sent while the app is in development: "some webhooks will not be sent" (meta-facts §2.5). */
  fieldsInDevelopment: readonly string[];
  /** For how long a webhook is tried again, in milliseconds: the documents say 7 days, and 36 hours (meta-facts §2.3). */
  retryPeriod: number;
  /** Whether another try goes to every app that is subscribed, or to the one that failed (meta-facts §2.3). */
  retriesGoTo: 'the-app-that-failed' | 'every-app';
  /** Whether another 2xx than 200 is as good as 200; Meta's text says that it is not (meta-facts §2.3, §11). */
  otherSuccess: 'retried' | 'acknowledged';
  /**
   * Whether `POST /{app}/subscriptions` takes WhatsApp: its page of WhatsApp says so, the generic one is reported to
   * say no (meta-facts §7.2, §11).
   */
  appSubscriptions: 'taken' | 'refused';
  /** Whether `delivered` is told of what arrives in an open chat, where `read` says it already (meta-facts §2.3). */
  openChats: 'delivered-and-read' | 'read-alone';
  /**
   * Whose a number without `+` is: with a country code of its own, as most senders write it and are understood, or one
   * of the business phone's country, whose code is put before it as Meta's page says (meta-facts §4.4).
   */
  withoutPlus: 'international' | 'own-country';
  /**
   * The bytes of a body (meta-facts §2.2): `utf-8`; `escaped`, all but ASCII as `\u` with lower-case digits; or
   * `escaped-as-in-2017`, which also escapes `/`, `<`, `%` and `@`. The signature is always over what is sent.
   */
  encoding: 'utf-8' | 'escaped' | 'escaped-as-in-2017';
  /** Whether versions that are unknown or ended are refused, or answered like any other (meta-facts §7). */
  otherVersions: 'refused' | 'answered';
  /**
   * How a person's edit is told, with a number that is in the WhatsApp Business app too: since September 2026 for a
   * time as `unsupported`, before and perhaps again as it is (meta-facts §4.2, notes).
   */
  edits: 'as-edits' | 'as-unsupported';
  /** Code for a parameter that is missing (meta-facts §5: 131008, and 100 as Meta's sentences for the first ones have it). */
  missingParameter: 131008 | 100;
  /** Code for a parameter of the wrong kind, or a word that is none of those expected (meta-facts §5: 100, and 131009). */
  invalidValue: 100 | 131009;
  /** Code for a type of message that there is not (meta-facts §5: 100, and 131051). */
  unknownType: 100 | 131051;
  /** Code for line breaks in a template's parameter (meta-facts §5: 132018 is met in practice, 132007 has the title). */
  forbiddenCharacters: 132018 | 132007;
  /** Code beyond the messaging limit; meta-facts §5 and §6 name none. */
  overMessagingLimit: 131048 | 130429;
  /**
   * Codes that are told by a `failed` status after a 200, or at once by the answer, other than the error catalogue
   * expects it; most codes of a recipient may come either way (meta-facts §5, §5.1 (4)).
   */
  toldBy: Readonly<Record<number, 'answer' | 'status'>>;
  /**
   * Whether messages without a template, and utility templates in the window, are charged since October 2026, of which
   * excerpts tell (meta-facts §6 "Pricing"), or stay as they were.
   */
  prices: 'by-date' | 'before-october-2026';
  /** The most characters above a list: Meta's page of lists says 4,096, its description of v23 says 1,024. */
  listBodyLength: 4096 | 1024;
  /** How long a template's parts may be; meta-facts has no numbers for templates. */
  templateLimits: TemplateLimits;
};

/** The answers that are taken where none is given. */
export const likelyAnswers: OpenQuestions = {
  missingPermission: 10,
  failedHandshake: 100,
  fieldsInDevelopment: [],
  retryPeriod: 7 * 24 * 60 * 60 * 1000,
  retriesGoTo: 'the-app-that-failed',
  otherSuccess: 'retried',
  appSubscriptions: 'taken',
  openChats: 'delivered-and-read',
  withoutPlus: 'international',
  encoding: 'utf-8',
  otherVersions: 'refused',
  edits: 'as-unsupported',
  missingParameter: 131008,
  invalidValue: 100,
  unknownType: 100,
  forbiddenCharacters: 132018,
  overMessagingLimit: 131048,
  toldBy: {},
  prices: 'by-date',
  listBodyLength: 4096,
  templateLimits: { header: 60, body: 1024, footer: 60, button: 25, buttons: 10 },
};

/** Lengths in characters, and a number of buttons. */
export type TemplateLimits = {
  header: number;
  body: number;
  footer: number;
  button: number;
  buttons: number;
};
