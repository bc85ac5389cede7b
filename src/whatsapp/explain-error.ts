import type { CheckName } from '../domain/check.ts';
import type { Appearance, ErrorFamilyName, Fault } from '../domain/error-facts.ts';
import { checkOf, type FailureCode, failureRow } from '../domain/failure.ts';
import { failureText } from '../domain/failure-text.ts';
import type { Language } from '../domain/language.ts';
import type { CatalogueEntry, ErrorText } from './error-catalogue/entry.ts';
import { entryOfMetaCode, errorFamilies, metaCodesOf } from './error-catalogue.ts';
import { readErrorCode } from './read-error-code.ts';

/** All that Recado can say of an error code, in one language. */
export type ErrorExplanation = {
  /** False for a number that this version does not know. */
  known: boolean;
  /** The failure of a notification that meets it. */
  code: FailureCode;
  /** Meta's number; null when a failure code was asked for. */
  metaCode: number | null;
  /** Every number of Meta's that is listed under this failure. */
  metaCodes: number[];
  /** The family in the catalogue. */
  family: ErrorFamilyName | null;
  /** One sentence, or a few: what went wrong. */
  title: string;
  metaTitle: string | null;
  httpStatus: number | null;
  /** False for what is known from users of the platform only; null for what is no code of Meta's. */
  documentedByMeta: boolean | null;
  appearsIn: Appearance[];
  fault: Fault | null;
  retried: 'never' | 'after-cure' | 'later';
  /** Seconds before the first other try; null where another try does not help, or where Meta says how long. */
  retryAfter: number | null;
  /** Whether Recado tries again by itself when Meta answers a message so; a `failed` status is an end. */
  retriedByRecado: boolean;
  meaning: string;
  /** The cure, in order. */
  steps: string[];
  /** The cure in one paragraph. */
  remedy: string;
  /** The check of doctor that would confirm it. */
  check: CheckName | null;
  /** A command or call of Recado's that does the decisive step. */
  fixAction: string | null;
};

/**
 * What an error code means, as a person writes it: `133010`, `(#133010)`, or a failure code of ours. Null for what is
 * no code at all.
 */
export function explainError(text: string, language: Language): ErrorExplanation | null {
  const asked = readErrorCode(text);
  if (asked === null) return null;
  return 'code' in asked ? explainFailure(asked.code, language) : explainMetaCode(asked.metaCode, language);
}

/** What a number of Meta's means; for an unknown one, what Recado does with it and whom to ask. */
function explainMetaCode(code: number, language: Language): ErrorExplanation {
  const entry = entryOfMetaCode(code);
  return entry === null ? unknownCode(code, language) : explainEntry(entry, code, language);
}

/** What a failure code of Recado's means. */
function explainFailure(code: FailureCode, language: Language): ErrorExplanation {
  const { title, remedy } = failureText(code, language);
  return {
    known: true,
    code,
    metaCode: null,
    metaCodes: metaCodesOf(code),
    family: null,
    title,
    metaTitle: null,
    httpStatus: null,
    documentedByMeta: null,
    appearsIn: [],
    fault: null,
    ...retryOfFailure(code),
    meaning: title,
    steps: [remedy],
    remedy,
    check: checkOf(code),
    fixAction: null,
  };
}

/** Every entry of the catalogue in the order of its numbers; a range under its first. */
export function explainAll(language: Language): ErrorExplanation[] {
  return errorFamilies
    .flatMap(({ entries }) => entries)
    .sort((one, other) => one.code - other.code)
    .map((entry) => explainEntry(entry, entry.code, language));
}

function explainEntry(entry: CatalogueEntry, code: number, language: Language): ErrorExplanation {
  const { meaning, steps } = entry[language];
  const failure = entry.failure ?? 'meta-refused';
  const { title, remedy } =
    entry.failure === null ? { title: meaning, remedy: steps[0] } : failureText(entry.failure, language);
  return {
    known: true,
    code: failure,
    metaCode: code,
    metaCodes: entry.failure === null ? [] : metaCodesOf(entry.failure),
    family: familyOf(entry),
    title,
    metaTitle: entry.title,
    httpStatus: entry.httpStatus,
    documentedByMeta: entry.documented,
    appearsIn: [...entry.appears],
    fault: entry.fault,
    ...retryOfEntry(entry),
    meaning,
    steps: [...steps],
    remedy,
    // What no message meets comes from calls about a setup, at which doctor looks as a whole.
    check: entry.failure === null ? null : checkOf(entry.failure),
    fixAction: entry.fixAction ?? null,
  };
}

function unknownCode(code: number, language: Language): ErrorExplanation {
  const { meaning, steps } = unknownText[language](code);
  return {
    ...explainFailure('meta-refused', language),
    known: false,
    metaCode: code,
    metaCodes: [],
    documentedByMeta: null,
    meaning,
    steps: [...steps],
    remedy: steps.join(' '),
  };
}

type RetryFacts = Pick<ErrorExplanation, 'retried' | 'retryAfter' | 'retriedByRecado'>;

/** The failure table decides where it has a row; only what no notification meets has a rule of its own. */
function retryOfEntry(entry: CatalogueEntry): RetryFacts {
  if (entry.failure !== null) return retryOfFailure(entry.failure);
  const { retry } = entry;
  const wait = retry.help === 'later' ? retry.after : null;
  return {
    retried: retry.help,
    retryAfter: wait === null ? null : wait / 1000,
    retriedByRecado: false,
  };
}

function retryOfFailure(code: FailureCode): RetryFacts {
  const { retry } = failureRow(code);
  const later = retry.help === 'later';
  return { retried: retry.help, retryAfter: later ? retry.delay / 1000 : null, retriedByRecado: later };
}

function familyOf(entry: CatalogueEntry): ErrorFamilyName | null {
  return errorFamilies.find(({ entries }) => entries.includes(entry))?.name ?? null;
}

/** Where Meta lists its codes (meta-facts §0). */
const metaList =
  'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes';

/** What all known codes of a thousand have in common (meta-facts §5). */
const thousands: Readonly<Record<number, Readonly<Record<Language, string>>>> = {
  132: {
    en: ' The codes from 132000 on that it does know concern templates and Flows.',
    'pt-BR': ' Os códigos a partir de 132000 que ele conhece tratam de modelos e Flows.',
  },
  133: {
    en: ' The codes from 133000 on that it does know concern the registration of your own number.',
    'pt-BR': ' Os códigos a partir de 133000 que ele conhece tratam do registro do seu próprio número.',
  },
};

const unknownText: Readonly<Record<Language, (code: number) => ErrorText>> = {
  en: (code) => ({
    meaning: `Recado does not know #${code}.${thousands[Math.floor(code / 1000)]?.en ?? ''} A notification that Meta refuses with it fails as \`meta-refused\` and is not sent again, unless Meta says that the error will pass (\`is_transient\`).`,
    steps: [
      'Read what Meta said beside the number: `details` of the failure, in `npx recado show <notification id>`.',
      `Look the number up in Meta’s list: ${metaList}`,
      'If it is not there either, ask Meta’s support, and give them the trace id of the attempt.',
    ],
  }),
  'pt-BR': (code) => ({
    meaning: `O Recado não conhece o #${code}.${thousands[Math.floor(code / 1000)]?.['pt-BR'] ?? ''} Uma notificação que a Meta recusa com ele falha como \`meta-refused\` e não é reenviada, a menos que a Meta diga que o erro é passageiro (\`is_transient\`).`,
    steps: [
      'Leia o que a Meta disse junto do código: `details` da falha, em `npx recado show <id da notificação>`.',
      `Procure o código na lista da Meta: ${metaList}`,
      'Se também não estiver lá, fale com o suporte da Meta e informe o trace id da tentativa.',
    ],
  }),
};
