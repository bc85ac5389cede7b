import type { PhoneContent } from './phone-content.ts';

/** One message as the phone shows it. */
export type PhoneMessage = {
  /** Meta's wamid. */
  id: string;
  /** As the person sees it: `out` they wrote, `in` the business sent. */
  direction: 'in' | 'out';
  /** When it was written, or appeared on the phone, in milliseconds. */
  at: number;
  /** What it says in words: what a list of messages shows, whatever the content. */
  text: string;
  kind: PhoneContent['kind'];
  content: PhoneContent;
  /** The business phone at the other end. */
  phoneNumberId: string;
  /** The message that this one answers; left out for one that answers none. */
  answers?: string;
  /** The group in which it stands; left out in a conversation of two. */
  groupId?: string;
  /**
   * Of what the person wrote: `sent`; `delivered` once the webhook was acknowledged with a 200; `read` once
   * the business marked it as read. Of what the business sent: `delivered`, then `read`.
   */
  status: 'sent' | 'delivered' | 'read';
};
