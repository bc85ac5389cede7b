/** What an API key may be allowed to do. */
export const apiKeyScopes = ['read', 'send', 'manage'] as const;

/** One thing that an API key may do. None contains another; a key has one or more. */
export type ApiKeyScope = (typeof apiKeyScopes)[number];

/** What each scope allows, as a sentence for documents and help. */
export const scopeMeanings: Readonly<Record<ApiKeyScope, string>> = {
  read: 'See notifications, contacts, messages, events, alarms and metrics.',
  send: 'Send notifications, and look a notification up by its id.',
  manage: 'Make and revoke keys, read the audit log, change how Recado works.',
};

/** An API key as it is kept and shown. Its text is shown once, when it is made, and kept nowhere. */
export type ApiKey = {
  /** `ak_` and sixteen characters; sorts by the time of making. */
  id: string;
  /** What people call it, such as the program that uses it. */
  name: string;
  scopes: ApiKeyScope[];
  /** The first characters of its text, by which people recognise it. */
  prefix: string;
  /** Times in milliseconds. */
  createdAt: number;
  /** Written at most once a minute; null when it was never used. */
  lastUsedAt: number | null;
  /** From then on it is refused; null while it is good. */
  revokedAt: number | null;
};
