import type { GraphProblem } from '../graph/graph-error.ts';
import type { PhoneContent } from '../people/phone-content.ts';
import type { TemplateAcceptance } from '../templates/template.ts';
import { makeContent } from './make-content.ts';
import { type Charged, recipientProblems } from './recipient-rules.ts';
import type { SendAddress, SendContent } from './send-request.ts';
import type { SendSituation } from './send-situation.ts';
import { addressProblems, senderProblems } from './sender-rules.ts';
import { tellingOf } from './told-by.ts';
import { wordsOfSent } from './words-of-sent.ts';

export type { SendSituation } from './send-situation.ts';

/** How Meta says that the window is closed: by a `failed` status after a 200, or at once by an error. */
export type ClosedWindowMode = 'status' | 'answer';

/** What Meta does with a well-formed message. */
export type SendDecision =
  | { accepted: false; refusal: GraphProblem }
  | {
      accepted: true;
      /** What the person will see, in words and as it is drawn. */
      text: string;
      content: PhoneContent;
      category: Charged;
      /** What Meta says of a template that it takes; null for anything else. */
      acceptance: TemplateAcceptance | null;
      /** Why it will fail after all, by a status; null when it goes on its way. */
      laterFailure: GraphProblem | null;
    };

/**
 * Decides as Meta does: the sender, the address, what is sent, and the recipient, in this order. What Meta tells at
 * once refuses the send; what it tells later is a status (meta-facts §5, §5.1).
 */
export function decideSend(
  address: SendAddress,
  content: SendContent,
  situation: SendSituation,
): SendDecision {
  const { questions } = situation;
  let laterFailure: GraphProblem | null = null;

  /** The first problem that is told at once; the first that is told later is kept. */
  function refusalAmong(problems: Iterable<GraphProblem>): GraphProblem | null {
    for (const one of problems) {
      if (tellingOf(one.code, questions) === 'answer') return one;
      laterFailure ??= one;
    }
    return null;
  }

  const before = refusalAmong(senderProblems(situation)) ?? refusalAmong(addressProblems(address, situation));
  if (before !== null) return { accepted: false, refusal: before };
  const made = makeContent(content, situation);
  if ('refusal' in made) return { accepted: false, refusal: made.refusal };
  const { problem, ...message } = made;
  const after =
    refusalAmong(problem === null ? [] : [problem]) ??
    (address.kind === 'group' ? null : refusalAmong(recipientProblems(address, made.category, situation)));
  if (after !== null) return { accepted: false, refusal: after };
  return { accepted: true, text: wordsOfSent(message.content), ...message, laterFailure };
}
