import { windowAt } from '../../domain/conversation.ts';
import { phoneNumberVariants } from '../../domain/phone-number.ts';
import { type GraphProblem, problem } from '../graph/graph-error.ts';
import type { PersonState } from '../people/people.ts';
import type { PhoneContent } from '../people/phone-content.ts';
import { renderTemplate, type SimulatedTemplate, type TemplateCategory } from '../templates/template.ts';
import type { SendAddress, SendContent, TemplateParameters } from './send-request.ts';

/** How Meta says that the window is closed: by a `failed` status after a 200, or at once by an error. */
export type ClosedWindowMode = 'status' | 'answer';

/** What the decision depends on. */
export type SendSituation = {
  /** In milliseconds. */
  now: number;
  registered: boolean;
  /** The business phone's own number, in digits. */
  ownDigits: string;
  templates: readonly SimulatedTemplate[];
  closedWindow: ClosedWindowMode;
  /** Whom the address reaches; null when nobody is there. */
  person: PersonState | null;
};

/** What Meta does with a well-formed message. */
export type SendDecision =
  | { accepted: false; refusal: GraphProblem }
  | {
      accepted: true;
      kind: 'text' | 'template';
      /** What the person will see. */
      text: string;
      content: PhoneContent;
      category: TemplateCategory | 'service';
      /** Why it will fail after all, by a status; null when it goes on its way. */
      laterFailure: GraphProblem | null;
    };

/**
 * Decides as Meta does: what is wrong with the sender or the template is answered at once; that the person
 * is not on WhatsApp (131026) or has a closed window (131047) comes later as a status (meta-facts §5.1).
 */
export function decideSend(
  address: SendAddress,
  content: SendContent,
  situation: SendSituation,
): SendDecision {
  if (!situation.registered) {
    return {
      accepted: false,
      refusal: {
        code: 133010,
        details:
          'Phone number not registered on the WhatsApp Business Platform. Register the phone number before trying again.',
        message: '(#133010) Account not registered',
      },
    };
  }
  if (address.kind === 'number' && phoneNumberVariants(address.digits).includes(situation.ownDigits)) {
    return refused(131021, 'Sender and recipient are the same phone number.');
  }
  return content.kind === 'text'
    ? decideText(content.body, situation)
    : decideTemplate(content.name, content.language, content.parameters, situation);
}

function decideText(text: string, situation: SendSituation): SendDecision {
  const { person, now, closedWindow } = situation;
  const content = { kind: 'text', body: text } as const;
  const taken = { accepted: true, kind: 'text', text, content, category: 'service' } as const;
  if (person === null) return { ...taken, laterFailure: notOnWhatsApp };
  if (windowAt(person.lastWroteAt, now).open) return { ...taken, laterFailure: null };
  if (closedWindow === 'answer') return { accepted: false, refusal: windowClosed };
  return { ...taken, laterFailure: windowClosed };
}

function decideTemplate(
  name: string,
  language: string,
  parameters: TemplateParameters,
  situation: SendSituation,
): SendDecision {
  const template = situation.templates.find(
    (candidate) => candidate.name === name && candidate.language === language,
  );
  if (template?.status === 'PAUSED')
    return refused(132015, `Template ${name} is paused for its low quality.`);
  if (template?.status === 'DISABLED') return refused(132016, `Template ${name} was paused too often.`);
  if (template?.status !== 'APPROVED') {
    return refused(132001, `template name (${name}) does not exist in ${language}`);
  }
  const expected = { header: 0, body: template.bodyParameters, button: 0 };
  for (const part of ['header', 'body', 'button'] as const) {
    const found = parameters[part].length;
    if (found !== expected[part]) {
      return refused(
        132000,
        `${part}: number of localizable_params (${found}) does not match the expected number of params (${expected[part]})`,
      );
    }
  }
  const text = renderTemplate(template, parameters.body);
  return {
    accepted: true,
    kind: 'template',
    text,
    content: { kind: 'template', name, language, body: text },
    category: template.category ?? 'utility',
    laterFailure: situation.person === null ? notOnWhatsApp : null,
  };
}

const notOnWhatsApp = problem(131026, 'Message undeliverable.');

const windowClosed = problem(
  131047,
  'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
);

function refused(code: number, details: string): SendDecision {
  return { accepted: false, refusal: problem(code, details) };
}
