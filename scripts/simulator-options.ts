/** What the simulator can be told at its start, as a file has it, for docs/simulator-reference.md. */
import { isJsonObject, type Json } from '../src/domain/json.ts';
import { likelyAnswers, type OpenQuestions } from '../src/simulator/open-questions.ts';
import { simulatorForm } from '../src/simulator/simulator-form.ts';
import { inWords, partsOf, schemaOf } from './forms-in-words.ts';

/** What each question is about; the answers stand in the form. */
const questions: Readonly<Record<keyof OpenQuestions, string>> = {
  missingPermission: 'Code where a token lacks a permission, or does not reach the account',
  failedHandshake: 'Code for a callback that fails the handshake',
  fieldsInDevelopment: 'Fields that are told while the app is in development',
  retryPeriod: 'For how many milliseconds a webhook is tried again: 7 days, or 36 hours',
  retriesGoTo: 'Who gets another try',
  otherSuccess: 'Whether another 2xx than 200 is as good',
  appSubscriptions: 'Whether `POST /{app}/subscriptions` takes WhatsApp',
  openChats: 'Whether `delivered` is told where a chat is open and `read` says it already',
  withoutPlus: 'Whose a number without `+` is: with its own country code, or of the business phone’s country',
  encoding: 'The bytes of a body, beyond ASCII',
  otherVersions: 'What becomes of Graph versions that are unknown or ended',
  edits: 'How an edit of a person is told, with a number in the WhatsApp Business app',
  missingParameter: 'Code for a parameter that is missing',
  invalidValue: 'Code for a parameter of the wrong kind',
  unknownType: 'Code for a type of message that there is not',
  forbiddenCharacters: 'Code for line breaks in a template’s parameter',
  overMessagingLimit: 'Code beyond the messaging limit',
  toldBy: 'Codes that are told by a `failed` status, or at once, other than the magic recipients above',
  prices: 'Whether the prices of October 2026 come',
  listBodyLength: 'The most characters above a list',
  templateLimits: 'How long a template’s parts may be',
};

const { properties } = partsOf(schemaOf(simulatorForm));

/** Where the form itself would say too much. */
const inPlaceOfForm: Readonly<Record<string, string>> = {
  furtherBusinessPhones: 'a list of what `businessPhone` may be',
  openQuestions: 'see below',
};

/** Each option with what it takes. */
export const optionRows: readonly (readonly string[])[] = Object.entries(properties).map(([name, schema]) => [
  `\`${name}\``,
  inPlaceOfForm[name] ?? `\`${inWords(schema)}\``,
]);

/** Each open question with its answers, the likely one last. */
export const questionRows: readonly (readonly string[])[] = Object.entries(questions).map(([name, about]) => [
  `\`${name}\``,
  about,
  `\`${inWords(answersOf(name))}\``,
  `\`${JSON.stringify(Reflect.get(likelyAnswers, name))}\``,
]);

function answersOf(name: string): Json {
  const answers = partsOf(properties.openQuestions ?? null).properties[name];
  if (!isJsonObject(answers)) throw new Error(`The form of the options has no question ${name}.`);
  return answers;
}
