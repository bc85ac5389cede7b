import { intro, isCancel, log, password, select, text } from '@clack/prompts';
import type { Setting } from '../config/settings.ts';
import { CommandError } from './command-error.ts';
import type { Choose } from './init-looking.ts';

/** Asks a person for the value of a setting. Null: left empty. `verdict` is a sentence when a value is wrong. */
export type Ask = (setting: Setting, verdict: (value: string) => string | null) => Promise<string | null>;

/** Asks on the terminal. Secrets are not shown while they are typed. */
export const askOnTerminal: Ask = async (setting, verdict) => {
  const question = {
    message: `${setting.name} (may be left empty)\n${setting.about}${setting.foundAt === undefined ? '' : `\n${setting.foundAt}`}`,
    validate: (value: string | undefined) => {
      const given = value?.trim() ?? '';
      return given === '' ? undefined : (verdict(given) ?? undefined);
    },
  };
  const answer = await (setting.secret
    ? password(question)
    : text({ ...question, placeholder: setting.example }));
  if (isCancel(answer))
    throw new CommandError('Stopped; nothing was written.', 'Run `npx recado init` again.');
  const given = (answer ?? '').trim();
  return given === '' ? null : given;
};

/** Lets a person choose on the terminal. */
export const chooseOnTerminal: Choose = async (message, choices) => {
  const answer = await select<string>({
    message,
    options: [
      ...choices.map(({ value, label }) => ({ value, label })),
      { value: '', label: 'None of these: I type the id' },
    ],
  });
  if (isCancel(answer))
    throw new CommandError('Stopped; nothing was written.', 'Run `npx recado init` again.');
  return answer === '' ? null : answer;
};

/** Says what the questions are for. */
export function introduceQuestions(): void {
  intro('Recado: what Meta and Recado must know of each other');
  log.message('Values go into .env. What is there already stays; every question may be left empty.');
}
