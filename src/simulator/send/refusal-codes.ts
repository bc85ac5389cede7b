import type { OpenQuestions } from '../open-questions.ts';

/** The codes of those refusals for which meta-facts §5 names several. */
export type RefusalCodes = Pick<
  OpenQuestions,
  'missingParameter' | 'invalidValue' | 'unknownType' | 'forbiddenCharacters'
>;
