import { businessPhoneOf } from '../../domain/lane.ts';
import type { Language } from '../../domain/language.ts';
import type { Considered } from '../../flows/outbound/take-contract.ts';
import type { NotificationPreviewBody } from '../contract/notification.ts';
import { failureBody } from './notification.ts';
import { isoTime } from './time.ts';
import { windowBody } from './window.ts';

/**
 * What would become of a notification as the API shows it, its failure in a language.
 *
 * @param to the recipient as the caller wrote it
 */
export function notificationPreviewBody(
  to: string,
  considered: Considered,
  language: Language,
): NotificationPreviewBody {
  const { admission, contact, lane, window, at, earliest } = considered;
  return {
    decision: admission.decision,
    because: admission.because,
    content: 'content' in admission ? admission.content : null,
    failure: admission.decision === 'refuse' ? failureBody(admission.failure, language) : null,
    to,
    contactId: contact?.id ?? null,
    businessPhoneId: businessPhoneOf(lane),
    window: windowBody(window),
    costCategory: 'content' in admission ? admission.costCategory : null,
    willSendAt: 'content' in admission ? isoTime(earliest) : null,
    decidedAt: isoTime(at),
  };
}
