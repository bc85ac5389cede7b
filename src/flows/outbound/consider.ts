import { type Admission, admit, isOpenLongEnough } from '../../domain/admission.ts';
import type { Contact } from '../../domain/contact.ts';
import { windowAt } from '../../domain/conversation.ts';
import { failureOf } from '../../domain/failure.ts';
import { type Lane, phoneLane } from '../../domain/lane.ts';
import type { TemplateContent } from '../../domain/notification-content.ts';
import type { Identifier } from '../../domain/person.ts';
import { identifiersOf, type Recipient } from '../../domain/recipient.ts';
import { type Behaviour, fallbackOf, quietUntilOf, type TemplateReference } from '../../domain/settings.ts';
import type { ContactView } from '../../domain/views.ts';
import type { LookUpTemplate } from '../templates/look-up-template.ts';
import { sayInTemplate } from '../templates/say-in-template.ts';
import { templateOf } from '../templates/template-of.ts';
import { optOutOf, type PreferenceStore } from './opt-out-of.ts';
import { type RecipientMistake, readRecipient } from './read-recipient.ts';
import type { Sender } from './send-due.ts';
import type { ConsiderNotification, NotificationRequest } from './take-contract.ts';

/** What considering asks of the store. */
export type ConsiderStore = {
  /** The contact with this id, or else the first one that the identifiers name. */
  findRecipient(lane: Lane, contactId: string | null, identifiers: Identifier[]): Promise<ContactView | null>;
} & PreferenceStore;

/** The business phones to send from. */
export type SendingPhones = {
  /** The one to send from when the caller names none; null while there is none. */
  defaultId(): string | null;
  isOurs(businessPhoneId: string): boolean;
  senderOf(lane: Lane): Sender;
};

/**
 * Makes the step that reads a request and asks admission: from which business phone, to whom, and whether it may go
 * now, as what, and why. It changes nothing.
 */
export function createConsiderNotification(options: {
  store: ConsiderStore;
  phones: SendingPhones;
  /** What the installation has decided, as of now. */
  behaviour(): Behaviour;
  permitted(recipient: Recipient, contact: Contact | null): boolean;
  lookUpTemplate: LookUpTemplate;
  clock: { now(): number };
}): ConsiderNotification {
  const { store, phones, clock } = options;

  return async (request) => {
    const behaviour = options.behaviour();
    const businessPhoneId = request.businessPhoneId ?? phones.defaultId();
    if (request.businessPhoneId !== null && !phones.isOurs(request.businessPhoneId)) {
      return { outcome: 'invalid', field: 'businessPhone', failure: failureOf('business-phone-not-ours') };
    }
    const lane: Lane = businessPhoneId === null ? 'installation' : phoneLane(businessPhoneId);
    const recipient = await recipientOf(request.to, lane, store, behaviour.defaultCountry);
    if (typeof recipient === 'string') {
      return { outcome: 'invalid', field: 'to', failure: failureOf(recipient) };
    }
    const contactId = recipient.kind === 'contact' ? recipient.contactId : null;
    const known = await store.findRecipient(lane, contactId, identifiersOf(recipient));
    if (recipient.kind === 'contact' && known === null) {
      return { outcome: 'invalid', field: 'to', failure: failureOf('recipient-invalid') };
    }

    const contact = known?.contact ?? null;
    const at = clock.now();
    const window = windowAt(known?.conversation?.lastInboundAt ?? null, at);
    const sender = phones.senderOf(lane);
    const { fallback, onClosedWindow } = await closedWindowOf(
      request,
      fallbackOf(behaviour, businessPhoneId),
      (template, text) => sayInTemplate(lane, template, text, options.lookUpTemplate),
    );
    const admission = admit({
      content: request.content,
      fallback,
      onClosedWindow,
      window,
      toGroup: recipient.kind === 'group',
      now: at,
      recipientKnown: contact !== null,
      businessPhone: sender.ready ? { sendingReady: true } : { sendingReady: false, failure: sender.failure },
      permitted: options.permitted(recipient, contact),
      template: await templateOf(
        lane,
        request.content,
        fallback,
        isOpenLongEnough({ window, now: at }),
        options.lookUpTemplate,
      ),
      optOut: await optOutOf(store, lane, request.purpose, recipient, contact),
    });
    const asked = Math.max(at, request.notBefore ?? at);
    const quietUntil = quietUntilOf(request.purpose, behaviour, asked);
    return {
      outcome: 'considered',
      at,
      lane,
      recipient,
      contact,
      window,
      earliest: quietUntil ?? asked,
      fallback: onClosedWindow === 'template' ? fallback : null,
      holds: onClosedWindow === 'hold',
      admission: quietUntil === null ? admission : untilMorning(admission, quietUntil),
    };
  };
}

/** Says with the reason when the quiet hours end that hold it back. */
function untilMorning(admission: Admission, quietUntil: number): Admission {
  if (admission.decision === 'refuse') return admission;
  const because = `${admission.because} It waits until the quiet hours end, ${new Date(quietUntil).toISOString()}.`;
  return { ...admission, because };
}

/**
 * Reads `to`. With a default country, digits without a plus sign are a number of that country, unless they are
 * the WhatsApp ID of somebody who is known: what the API shows as `waId` may be given back as it is.
 */
async function recipientOf(
  to: string,
  lane: Lane,
  store: Pick<ConsiderStore, 'findRecipient'>,
  country: string | null,
): Promise<Recipient | RecipientMistake> {
  const recipient = readRecipient(to, country);
  const asWritten = readRecipient(to, null);
  if (typeof asWritten === 'string' || asWritten.kind !== 'number') return recipient;
  if (typeof recipient !== 'string' && recipient.kind === 'number' && recipient.digits === asWritten.digits) {
    return recipient;
  }
  const known = await store.findRecipient(lane, null, [{ kind: 'wa_id', value: asWritten.digits }]);
  return known === null ? recipient : asWritten;
}

/** What happens to a text when the window is closed: as the caller said, or else as the installation decided. */
async function closedWindowOf(
  {
    content,
    fallback: given,
    onClosedWindow,
  }: Pick<NotificationRequest, 'content' | 'fallback' | 'onClosedWindow'>,
  defaultFallback: TemplateReference | null,
  sayIn: (template: TemplateContent, text: string) => Promise<TemplateContent>,
): Promise<{ fallback: TemplateContent | null; onClosedWindow: 'template' | 'fail' | 'hold' }> {
  let fallback = given;
  if (given === null && onClosedWindow === null && content.type === 'text' && defaultFallback !== null) {
    fallback = await sayIn({ type: 'template', ...defaultFallback, components: [] }, content.body);
  }
  return { fallback, onClosedWindow: onClosedWindow ?? (fallback === null ? 'fail' : 'template') };
}
