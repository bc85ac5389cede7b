import type { OpenQuestions } from '../open-questions.ts';

/** What is open about reading a send: codes of refusals for which meta-facts §5 names several, and one length. */
export type RefusalCodes = Pick<
  OpenQuestions,
  'missingParameter' | 'invalidValue' | 'unknownType' | 'forbiddenCharacters' | 'listBodyLength'
>;
