import type { Appearance, Fault } from './error-facts.ts';
import type { Language } from './language.ts';

/** How the words of the error catalogue are said to people. */
export type ErrorWords = {
  /** Where the cause lies, to follow "lies with" and "origem". */
  faults: Readonly<Record<Fault, string>>;
  appearances: Readonly<Record<Appearance, string>>;
  /** What is said of an error that Meta's list does not have. */
  undocumented: string;
};

/** How the words of the error catalogue are said, in every language. */
export const errorWords: Readonly<Record<Language, ErrorWords>> = {
  en: {
    faults: { you: 'you', recipient: 'the recipient', meta: 'Meta', nobody: 'nobody in particular' },
    appearances: {
      answer: 'in the answer when a message is sent',
      'failed-status': 'in a `failed` status',
      'incoming-message': 'in a message that comes in',
      webhook: 'in a webhook of its own',
      'management-call': 'in answers to calls about numbers, templates and accounts',
    },
    undocumented: 'not in Meta’s list; known from users of the platform',
  },
  'pt-BR': {
    faults: {
      you: 'você',
      recipient: 'o destinatário',
      meta: 'a Meta',
      nobody: 'ninguém em especial',
    },
    appearances: {
      answer: 'na resposta ao enviar uma mensagem',
      'failed-status': 'em um status `failed`',
      'incoming-message': 'em uma mensagem recebida',
      webhook: 'em um webhook próprio',
      'management-call': 'em respostas a chamadas sobre números, modelos e contas',
    },
    undocumented: 'não está na lista da Meta; conhecido por usuários da plataforma',
  },
};
