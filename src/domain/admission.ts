import type { Window } from './conversation.ts';
import { durationInWords } from './duration.ts';
import { type Failure, type FailureCode, failureOf } from './failure.ts';
import { type NotificationContent, TEXT_MAX_LENGTH, type TemplateContent } from './notification-content.ts';
import type { OptOut } from './opt-out.ts';
import type { TemplateKnowledge } from './template.ts';

/**
 * How long the window must still be open, in milliseconds, for a free-form message to go. A send may take
 * 30 s until Meta answers; a message that arrives after the window fails by #131047, long after a template
 * could have gone in its place.
 */
const WINDOW_MARGIN = 30_000;

/** All that the decision depends on. Times are milliseconds. */
export type AdmissionQuestion = {
  content: NotificationContent;
  /** The template to send instead when the window is closed. */
  fallback: TemplateContent | null;
  /** `hold`: to wait until they write. */
  onClosedWindow: 'template' | 'fail' | 'hold';
  /** Of a group there is no window here: Meta's rules for groups are not published. */
  window: Window;
  toGroup: boolean;
  now: number;
  /** Whether the recipient is a contact that we know. */
  recipientKnown: boolean;
  businessPhone: { sendingReady: true } | { sendingReady: false; failure: FailureCode };
  /** Whether RECADO_ONLY_TO permits this recipient. */
  permitted: boolean;
  /** What is known of the template that may go: the content, or else the fallback. */
  template: TemplateKnowledge;
  /** The recipient's word against messages of this purpose; null when there is none. */
  optOut: OptOut | null;
};

/** What may go now, as what, and why; `because` is a sentence with the facts. */
export type Admission =
  | {
      decision: 'free-form' | 'template';
      because: string;
      /** What will be sent: the content asked for, or the fallback. */
      content: NotificationContent;
      /** As what Meta will charge it, in Meta's word; null where nobody knows. */
      costCategory: string | null;
    }
  /** It may go once the person has written. */
  | { decision: 'hold'; because: string }
  | { decision: 'refuse'; because: string; failure: Failure };

/**
 * Decides whether a message may go at this moment. Asked twice, when the notification is taken and again
 * just before it is sent: a window can close in between.
 *
 * What no later moment could cure is refused first, then what lies with the installation, then the window
 * (meta-facts §6: free-form messages only while it is open, templates at any time).
 */
export function admit(question: AdmissionQuestion): Admission {
  const { content, fallback, businessPhone } = question;
  if (!question.permitted) return refusal('recipient-not-permitted');
  if (question.optOut !== null)
    return refusal('recipient-opted-out', becauseOf(question.optOut, question.now));
  if (content.type === 'text' && isTooLong(content.body)) return refusal('text-too-long');
  if (!businessPhone.sendingReady) return refusal(businessPhone.failure);

  if (question.toGroup && content.type !== 'template') {
    return freeForm('It goes to a group, where Meta itself decides.', content);
  }
  const fact = windowFact(question);
  if (content.type === 'template') {
    return byTemplate(`A template may go at any time; ${fact}.`, content, question.template);
  }
  if (isOpenLongEnough(question)) return freeForm(`${capitalised(fact)}.`, content);
  if (fallback !== null && question.onClosedWindow === 'template') {
    const because = `${capitalised(fact)}, so the fallback template ${fallback.name} goes instead.`;
    return byTemplate(because, fallback, question.template);
  }
  if (question.onClosedWindow === 'hold') {
    return { decision: 'hold', because: `${capitalised(fact)}, so it is held until they write.` };
  }
  const without = fallback === null ? 'no fallback template was given' : 'onClosedWindow is "fail"';
  return refusal('window-closed', `${capitalised(fact)}, so only a template may go, and ${without}.`);
}

function freeForm(because: string, content: NotificationContent): Admission {
  return { decision: 'free-form', because, content, costCategory: 'service' };
}

/** A template goes when Meta would take it, as far as its templates are known here. */
function byTemplate(because: string, content: TemplateContent, template: TemplateKnowledge): Admission {
  if (!template.known) {
    const unread = 'Its templates were never read, so Meta itself checks name and values.';
    return { decision: 'template', because: `${because} ${unread}`, content, costCategory: null };
  }
  const called = `${content.name} (${content.language})`;
  switch (template.standing) {
    case 'missing':
      return refusal('template-missing', missingBecause(content, template.languages));
    case 'not-approved':
      return refusal('template-not-approved', `The template ${called} is ${template.status}, not APPROVED.`);
    case 'stopped':
      return refusal('template-unavailable', `The template ${called} is ${template.status}.`);
    default: {
      if (template.mistake !== null) {
        const misfit = `The values do not fit the template ${called}: ${template.mistake}.`;
        return refusal('template-parameters-wrong', misfit);
      }
      return { decision: 'template', because, content, costCategory: template.category };
    }
  }
}

function missingBecause({ name, language }: TemplateContent, languages: readonly string[]): string {
  return languages.length === 0
    ? `There is no template ${name} in the WhatsApp account of the business phone.`
    : `There is no template ${name} in ${language}, only in ${languages.join(', ')}.`;
}

function refusal(code: FailureCode, because?: string): Admission {
  const failure = failureOf(code);
  return { decision: 'refuse', because: because ?? failure.title, failure };
}

function becauseOf({ purpose, since, evidence }: OptOut, now: number): string {
  return `This person refused ${purpose} messages from you ${durationInWords(now - since)} ago (${evidence}).`;
}

/**
 * Meta does not say how it counts characters. Code points give the smallest of the usual counts, so only a
 * text that is too long however one counts is refused here; the rest is for Meta to judge.
 */
function isTooLong(text: string): boolean {
  return text.length > TEXT_MAX_LENGTH && [...text].length > TEXT_MAX_LENGTH;
}

/** Whether a free-form message that is sent now surely arrives while the window is open. Times in milliseconds. */
export function isOpenLongEnough({ window, now }: Pick<AdmissionQuestion, 'window' | 'now'>): boolean {
  return window.open && window.closesAt !== null && window.closesAt - now > WINDOW_MARGIN;
}

function windowFact(question: AdmissionQuestion): string {
  const { window, now, recipientKnown } = question;
  if (window.closesAt === null) {
    return recipientKnown
      ? 'this contact has never written to this business phone'
      : 'this person never wrote to this business phone';
  }
  if (!window.open) return `the window closed ${durationInWords(now - window.closesAt)} ago`;
  const remaining = durationInWords(window.closesAt - now);
  return isOpenLongEnough(question)
    ? `the window is open for another ${remaining}`
    : `the window closes in ${remaining}, too soon to be sure that a free-form message still gets through`;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
