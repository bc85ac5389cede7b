import type { JsonObject } from './json.ts';

/**
 * Who changed something: an API key (`ak_…`), `admin` for RECADO_ADMIN_KEY, `session` for the sandbox page, or
 * `command` for a command that works on the database itself.
 */
export type Actor = { id: string; name: string };

/** One change by a person or a program, for the audit log. */
export type AuditEntry = {
  /** Milliseconds. */
  at: number;
  actor: Actor;
  /** What was done, such as `api-key.created`. */
  action: string;
  /** The thing that changed, such as the id of a key or the name of a setting. */
  subject: string;
  /** More about it. Never a secret, and nothing about a person on WhatsApp. */
  detail: JsonObject;
};

/** An entry as it is kept. Numbers ascend in the order of the changes. */
export type AuditRecord = AuditEntry & { number: number };
