import { durationInWords } from '../domain/duration.ts';
import { errorWords } from '../domain/error-words.ts';
import type { Language } from '../domain/language.ts';
import { type ErrorExplanation, explainError } from '../whatsapp/explain-error.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';
import { confirmCommand } from './confirm-check.ts';

/** The words around an explanation. */
type Words = {
  meta: string;
  failure: string;
  fault: string;
  appears: string;
  again: string;
  others: string;
  source: string;
  steps: string;
  command: string;
  confirm: string;
  next: string;
  retry(explanation: ErrorExplanation): string;
  noCode(text: string): { message: string; remedy: string };
};

const words: Readonly<Record<Language, Words>> = {
  en: {
    meta: 'Meta’s',
    failure: 'Failure code  ',
    fault: 'Lies with     ',
    appears: 'Appears       ',
    again: 'Tried again   ',
    others: 'Same failure  ',
    source: 'Source        ',
    steps: 'What to do',
    command: 'Command       ',
    confirm: 'Confirm       ',
    next: 'Next: ',
    retry({ retried, retriedByRecado, retryAfter }) {
      if (retried === 'never') return 'no: the same would fail again';
      if (retried === 'after-cure') return 'no: cure it first, then try anew';
      if (retriedByRecado) return 'yes: Recado tries again by itself when Meta answers so';
      return retryAfter === null
        ? 'by you, after the time that `details` of the error names'
        : `by you, after ${durationInWords(retryAfter * 1000)}`;
    },
    noCode: (text) => ({
      message: `"${text}" is no error code, neither Meta’s nor Recado’s.`,
      remedy: 'Give a number of Meta’s, such as 133010, or a failure code such as window-closed.',
    }),
  },
  'pt-BR': {
    meta: 'Meta',
    failure: 'Código de falha    ',
    fault: 'Origem             ',
    appears: 'Onde aparece       ',
    again: 'Nova tentativa     ',
    others: 'Mesma falha        ',
    source: 'Fonte              ',
    steps: 'O que fazer',
    command: 'Comando            ',
    confirm: 'Confirmar          ',
    next: 'Próximo passo: ',
    retry({ retried, retriedByRecado, retryAfter }) {
      if (retried === 'never') return 'não: o mesmo envio falharia de novo';
      if (retried === 'after-cure') return 'não: resolva primeiro e depois tente de novo';
      if (retriedByRecado) return 'sim: o Recado tenta de novo sozinho quando a Meta responde assim';
      return retryAfter === null
        ? 'por você, depois do tempo indicado em `details` do erro'
        : `por você, depois de ${durationInWords(retryAfter * 1000)}`;
    },
    noCode: (text) => ({
      message: `"${text}" não é um código de erro, nem da Meta nem do Recado.`,
      remedy: 'Informe um número da Meta, como 133010, ou um código de falha, como window-closed.',
    }),
  },
};

/**
 * Explains a code of Meta's, or one of ours. Needs no gateway.
 *
 * @throws CommandError when it is not known; with `json` what there is to say is printed before
 */
export function showError(
  text: string,
  how: { json: boolean; language: Language; context: CommandContext },
): void {
  const { json, language, context } = how;
  const say = words[language];
  const explanation = explainError(text, language);
  if (explanation === null) {
    const { message, remedy } = say.noCode(text);
    throw new CommandError(message, remedy, { code: 'error-code-unknown', language });
  }
  if (json) context.print(JSON.stringify(explanation, null, 2));
  if (!explanation.known) {
    throw new CommandError(explanation.meaning, explanation.remedy, {
      code: 'error-code-unknown',
      language,
    });
  }
  if (!json) for (const line of linesOf(explanation, language)) context.print(line);
}

function linesOf(explanation: ErrorExplanation, language: Language): string[] {
  const say = words[language];
  const { faults, appearances, undocumented } = errorWords[language];
  const { code, metaCode, metaCodes, metaTitle, appearsIn, fault, fixAction, steps } = explanation;
  const others = metaCodes.filter((other) => other !== metaCode).map((other) => `#${other}`);
  const name =
    metaCode === null ? code : `${say.meta} #${metaCode}${metaTitle === null ? '' : `: ${metaTitle}`}`;
  const confirm = confirmCommand(explanation.check);
  return [
    name,
    explanation.meaning,
    '',
    // What sending never meets has no failure of its own.
    ...(code === 'meta-refused' && metaCode !== null ? [] : [`${say.failure}${code}`]),
    ...(others.length === 0 ? [] : [`${say.others}${others.join(', ')}`]),
    ...(fault === null ? [] : [`${say.fault}${faults[fault]}`]),
    ...(appearsIn.length === 0
      ? []
      : [`${say.appears}${appearsIn.map((place) => appearances[place]).join('; ')}`]),
    `${say.again}${say.retry(explanation)}`,
    ...(explanation.documentedByMeta === false ? [`${say.source}${undocumented}`] : []),
    ...(fixAction === null ? [] : [`${say.command}npx ${fixAction}`]),
    ...(confirm === null ? [] : [`${say.confirm}${confirm}`]),
    ...(metaCode === null ? [] : ['', say.steps, ...steps.map((step, index) => `  ${index + 1}. ${step}`)]),
    `${say.next}${explanation.remedy}`,
  ];
}
