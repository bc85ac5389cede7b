/** What the documents say of Meta's error codes and of the API's own problems, in every language of Recado's. */
import { durationInWords } from '../src/domain/duration.ts';
import { errorWords } from '../src/domain/error-words.ts';
import { failureCodes } from '../src/domain/failure.ts';
import { failureText } from '../src/domain/failure-text.ts';
import type { Language } from '../src/domain/language.ts';
import { type ProblemCode, problemTable } from '../src/server/problem.ts';
import { problemsInPortuguese } from '../src/server/problem-portuguese.ts';
import type { CatalogueEntry } from '../src/whatsapp/error-catalogue/entry.ts';
import { errorFamilies } from '../src/whatsapp/error-catalogue.ts';
import { type ErrorExplanation, explainError } from '../src/whatsapp/explain-error.ts';

/** Writes a table of Markdown. */
export type WriteTable = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

type Words = {
  title: string;
  introduction: string;
  liesWith: string;
  failure: string;
  command: string;
  again: Readonly<Record<'never' | 'after-cure' | 'later-by-you' | 'later-by-recado', string>>;
  problems: { title: string; about: string; head: readonly string[] };
};

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Error codes of Meta',
    introduction: `What each error code of Meta’s means and how it is cured; [em português](erros.pt-BR.md).
\`npx recado show error 133010\` prints the same without a running gateway, \`GET /v1/errors/133010\` answers it as JSON.
Recado tries again by itself only when Meta *answers* a message with the error; a \`failed\` status ends the notification.
Titles are Meta’s own. Where a code stands without one, none is known.`,
    liesWith: 'Lies with',
    failure: 'Failure',
    command: 'Command',
    again: {
      never: 'Another try fails again.',
      'after-cure': 'Cure it first, then try anew.',
      'later-by-you': 'Try again later',
      'later-by-recado': 'Recado tries again by itself',
    },
    problems: {
      title: 'Problems of the API',
      about:
        'What the API itself finds wrong with a request: a problem document (RFC 9457) with one of these codes in `code`. A notification that is refused (422) has one of the failure codes above instead.',
      head: ['Code', 'Status', 'When', 'What to do'],
    },
  },
  'pt-BR': {
    title: 'Códigos de erro da Meta',
    introduction: `O que cada código de erro da Meta significa e como resolver; [in English](errors.md).
\`npx recado show error 133010 --language pt-BR\` mostra o mesmo sem nenhum gateway rodando; \`GET /v1/errors/133010\` com \`Accept-Language: pt-BR\` responde em JSON.
O Recado só tenta de novo sozinho quando a Meta *responde* a uma mensagem com o erro; um status \`failed\` encerra a notificação.
Os títulos são os da própria Meta. Quando um código aparece sem título, é porque nenhum é conhecido.`,
    liesWith: 'Origem:',
    failure: 'Falha',
    command: 'Comando',
    again: {
      never: 'Uma nova tentativa falha de novo.',
      'after-cure': 'Resolva primeiro e depois tente de novo.',
      'later-by-you': 'Tente de novo mais tarde',
      'later-by-recado': 'O Recado tenta de novo sozinho',
    },
    problems: {
      title: 'Problemas da API',
      about:
        'O que a própria API encontra de errado em uma requisição: um documento de problema (RFC 9457) com um destes códigos em `code`. Uma notificação recusada (422) traz um dos códigos de falha acima.',
      head: ['Código', 'Status', 'Quando', 'O que fazer'],
    },
  },
};

/** The title and the body of the page about Meta's errors; the Portuguese one also has Recado's own failures and problems. */
export function errorPage(language: Language, table: WriteTable): { title: string; body: string } {
  const { title, introduction } = words[language];
  const families = errorFamilies.map(
    (family) =>
      `## ${family.title[language]}\n\n${family.entries
        .map((entry) => errorSection(entry, language))
        .join('\n')
        .trimEnd()}`,
  );
  // In English they stand on the page of failures.
  const own = language === 'en' ? [] : [portugueseFailures(table), problemSection(language, table)];
  return { title, body: [introduction, ...families, ...own].join('\n\n') };
}

/** The API's own problems as a section of a page. */
export function problemSection(language: Language, table: WriteTable): string {
  const { title, about, head } = words[language].problems;
  const codes = Object.keys(problemTable) as ProblemCode[];
  const rows = codes.map((code) => {
    const text = language === 'en' ? problemTable[code] : problemsInPortuguese[code];
    return [`\`${code}\``, `${problemTable[code].status}`, text.title, escaped(text.remedy)];
  });
  return `## ${title}\n\n${about}\n\n${table(head, rows)}`;
}

function portugueseFailures(table: WriteTable): string {
  const rows = failureCodes.map((code) => {
    const { title, remedy } = failureText(code, 'pt-BR');
    return [`\`${code}\``, title, escaped(remedy)];
  });
  const about = 'O código está em `failure.code` da notificação e dos seus eventos.';
  return `## Falhas do Recado\n\n${about}\n\n${table(['Código', 'O que deu errado', 'O que fazer'], rows)}`;
}

function errorSection(entry: CatalogueEntry, language: Language): string {
  const say = words[language];
  const { faults, appearances, undocumented } = errorWords[language];
  const explanation = explainError(`${entry.code}`, language);
  if (explanation === null) throw new Error(`#${entry.code} is in the catalogue, but is not explained.`);
  const heading = entry.lastCode === undefined ? `${entry.code}` : `${entry.code}–${entry.lastCode}`;
  const facts = [
    ...(entry.title === null
      ? []
      : [`**${entry.title}**${entry.httpStatus === null ? '' : ` (HTTP ${entry.httpStatus})`}.`]),
    sentence(entry.appears.map((place) => appearances[place]).join('; ')),
    `${say.liesWith} ${faults[entry.fault]}.`,
    retrySentence(explanation, say),
    ...(entry.documented ? [] : [sentence(undocumented)]),
    ...(entry.failure === null ? [] : [`${say.failure}: \`${entry.failure}\`.`]),
    ...(entry.fixAction === undefined ? [] : [`${say.command}: \`npx ${entry.fixAction}\`.`]),
  ];
  const steps = explanation.steps.map((step, index) => `${index + 1}. ${escaped(step)}\n`).join('');
  return `### ${heading}\n\n${facts.join(' ')}\n\n${explanation.meaning}\n\n${steps}`;
}

function retrySentence({ retried, retryAfter, retriedByRecado }: ErrorExplanation, { again }: Words): string {
  if (retried !== 'later') return again[retried];
  const who = again[retriedByRecado ? 'later-by-recado' : 'later-by-you'];
  return `${who}${retryAfter === null ? '' : ` (${durationInWords(retryAfter * 1000)})`}.`;
}

/** Outside of code, a browser would take `<code>` for markup. */
function escaped(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('`');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
