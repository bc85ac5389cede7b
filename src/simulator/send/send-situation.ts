import type { BusinessPhoneRecord } from '../accounts/business-phone.ts';
import type { StoredMedia } from '../accounts/media-store.ts';
import type { WhatsappAccount } from '../accounts/whatsapp-account.ts';
import type { OpenQuestions } from '../open-questions.ts';
import type { PersonState } from '../people/people.ts';
import type { MessageTemplate } from '../templates/template.ts';
import type { Reach } from './reach.ts';
import type { SendingConditions } from './sending-conditions.ts';

/** What the decision about a send depends on. */
export type SendSituation = {
  /** In milliseconds. */
  now: number;
  phone: BusinessPhoneRecord;
  account: WhatsappAccount;
  /** Of the phone's WhatsApp account; null when there is none. */
  findTemplate: (name: string, language: string) => MessageTemplate | null;
  findMedia: (id: string) => StoredMedia | null;
  conditions: SendingConditions;
  reach: Pick<Reach, 'othersOutsideWindow' | 'marketingTo'>;
  questions: OpenQuestions;
  magicRecipients: boolean;
  /** Whom the address reaches; null when nobody is there. */
  person: PersonState | null;
};
