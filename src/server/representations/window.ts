import type { Window } from '../../domain/conversation.ts';
import type { ContactBody } from '../contract/contact.ts';
import { isoTimeOrNull } from './time.ts';

/** The window of a conversation as the API shows it. */
export function windowBody(window: Window): ContactBody['window'] {
  return { open: window.open, closesAt: isoTimeOrNull(window.closesAt) };
}
