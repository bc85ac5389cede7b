import type { Message } from '../message-content/message.ts';
import { summaryOfMessage } from '../message-content/message-summary.ts';
import type { MetaError, StatusName } from '../status.ts';
import type { ActionContent } from './action.ts';
import type { CallContent } from './call.ts';
import type { ContextContent } from './context.ts';
import type { EchoContent } from './echo.ts';
import type { ErrorContent } from './error.ts';
import type { HistoryContent } from './history.ts';
import { counted, personSaid, quoted, type Said, said, withMore, wordSaid } from './said.ts';
import type { StandbyContent } from './standby.ts';
import type { StatusContent } from './status.ts';

/** A message without its sender, who stands beside it in the event. */
export function messageSaid(message: Message): Said {
  return said(summaryOfMessage(message, 'en'), summaryOfMessage(message, 'pt-BR'));
}

const statusWords: Readonly<Record<StatusName, Said>> = {
  sent: said('Sent to', 'Enviada a'),
  delivered: said('Delivered to', 'Entregue a'),
  read: said('Read by', 'Lida por'),
  played: said('Played by', 'Ouvida por'),
  failed: said('Failed for', 'Falhou para'),
  deleted: said('Deleted for', 'Apagada para'),
};

/** A status of a message: what became of it, whose, and why. */
export function statusSaid({ name, event, recipient, groupId, errors }: StatusContent): Said {
  const word =
    name === null ? said(`Status ${quoted(event)} for`, `Status ${quoted(event)} para`) : statusWords[name];
  const whom = withMore(word, personSaid(recipient), ' ');
  const where = groupId === null ? whom : said(`${whom.en} in a group`, `${whom['pt-BR']} em um grupo`);
  return withMore(where, firstOf(errors));
}

/** A trouble that Meta reports. */
export function errorSaid({ code, title, details }: ErrorContent): Said {
  const error =
    code === null
      ? said('Meta reports an error', 'A Meta informa um erro')
      : said(`Meta reports error #${code}`, `A Meta informa o erro #${code}`);
  return withMore(error, title ?? details);
}

/** What a person did with a message. */
export function actionSaid({ form, event, person }: ActionContent): Said {
  const who = personSaid(person);
  if (form === 'link-click') {
    return said(
      `A link in a marketing message was tapped by ${who.en}`,
      `Link de uma mensagem de marketing tocado por ${who['pt-BR']}`,
    );
  }
  return said(`Action of ${who.en}: ${quoted(event)}`, `Ação de ${who['pt-BR']}: ${quoted(event)}`);
}

/** What was said in a chat until now. */
export function contextSaid({ person, summary }: ContextContent): Said {
  const who = personSaid(person);
  return withMore(said(`Chat with ${who.en} so far`, `Conversa com ${who['pt-BR']} até agora`), summary);
}

const callWords = {
  RINGING: said('ringing', 'chamando'),
  ACCEPTED: said('accepted', 'aceita'),
  REJECTED: said('rejected', 'recusada'),
  COMPLETED: said('completed', 'concluída'),
};

/** A step of a call. */
export function callSaid(call: CallContent): Said {
  const who = personSaid(call.person);
  const name =
    call.direction === null
      ? said(`Call with ${who.en}`, `Chamada com ${who['pt-BR']}`)
      : call.direction === 'in'
        ? said(`Call from ${who.en}`, `Chamada de ${who['pt-BR']}`)
        : said(`Call to ${who.en}`, `Chamada para ${who['pt-BR']}`);
  switch (call.form) {
    case 'connect':
      return withMore(name, said('connecting', 'conectando'));
    case 'status':
      return withMore(name, wordSaid(call.event, callWords));
    case 'terminate': {
      const ended = withMore(name, said('ended', 'encerrada'));
      const how = call.outcome === null ? ended : withMore(ended, wordSaid(call.outcome, callWords), ', ');
      return call.durationSeconds === null ? how : withMore(how, `${call.durationSeconds} s`, ', ');
    }
    case 'other':
      return withMore(name, wordSaid(call.event, {}));
  }
}

/** A message that the business wrote elsewhere. */
export function echoSaid({ to, message }: EchoContent): Said {
  const whom = personSaid(to);
  const written = said(`Written elsewhere to ${whom.en}`, `Escrita em outro lugar para ${whom['pt-BR']}`);
  return withMore(written, messageSaid(message));
}

/** A part of the history, or why there is none. */
export function historySaid(history: HistoryContent): Said {
  switch (history.form) {
    case 'chunk': {
      const share = history.progress === null ? '' : ` (${history.progress} %)`;
      const threads = counted(history.threads.length, said('chat', 'conversa'), said('chats', 'conversas'));
      const written = history.threads.reduce((sum, { messages }) => sum + messages.length, 0);
      const messages = counted(written, said('message', 'mensagem'), said('messages', 'mensagens'));
      const start = withMore(said(`History${share}`, `Histórico${share}`), threads);
      return withMore(start, messages, ', ');
    }
    case 'message':
      return withMore(said('Earlier message', 'Mensagem anterior'), messageSaid(history.message));
    case 'withheld':
      return withMore(
        said('Meta withholds the history', 'A Meta não entrega o histórico'),
        firstOf(history.errors),
      );
    case 'other':
      return said('History in an unknown form', 'Histórico em forma desconhecida');
  }
}

/** Something in a chat that somebody else answers. */
export function standbySaid(standby: StandbyContent): Said {
  const chat = said('In a chat that another answers', 'Em conversa atendida por outro');
  switch (standby.form) {
    case 'message':
      return withMore(chat, messageSaid(standby.message));
    case 'status':
      return withMore(chat, statusSaid(standby.status));
    case 'echo':
      return withMore(chat, echoSaid(standby.echo));
    case 'other':
      return withMore(chat, said('something unknown', 'algo desconhecido'));
  }
}

/** The first error in short; null when there is none, or one that says nothing. */
function firstOf([error]: readonly MetaError[]): string | null {
  if (error === undefined) return null;
  const parts = [error.code === null ? null : `#${error.code}`, error.title ?? error.details];
  return parts.filter((part) => part !== null).join(' ') || null;
}
