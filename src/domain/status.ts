import type { Identifier } from './person.ts';

/** What Meta says about a message that we sent. `deleted` occurs only in old bodies. */
export const statusNames = ['sent', 'delivered', 'read', 'played', 'failed', 'deleted'] as const;

/** One rung that Meta reports. */
export type StatusName = (typeof statusNames)[number];

/** An error as Meta reports it inside a webhook or an answer. */
export type MetaError = {
  /** Meta's number for it; null when it gives none that can be read. */
  code: number | null;
  title: string | null;
  details: string | null;
};

/** One status of one message (and, in a group, of one participant). */
export type Status = {
  messageId: string;
  name: StatusName;
  /** The group participant that it speaks of; null outside groups. */
  participant: string | null;
  /** Effective time in milliseconds. */
  at: number;
  /** Key of the event that brought it. */
  key: string;
  errors: MetaError[];
  /** What we sent as `biz_opaque_callback_data`: our notification's id, when Meta echoes it. */
  callbackData: string | null;
  recipient: Identifier[];
};
