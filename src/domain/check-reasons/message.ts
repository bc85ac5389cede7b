import { green, red, step, unknown } from './reason.ts';

/** What the checks with a real message can find. */
export const messageReasons = {
  'message-arrived': green('The message {code} arrived at {at}.', 'A mensagem {code} chegou em {at}.'),
  'message-awaited': unknown(
    'Nobody has sent {code} to +{number} yet.',
    'Ninguém enviou {code} para +{number} ainda.',
    step(
      'Send {code} from any phone to +{number}: {link}',
      'Envie {code} de qualquer celular para +{number}: {link}',
    ),
    step(
      'Then look again, or let doctor wait for it:',
      'Depois verifique de novo, ou deixe o doctor esperar:',
      {
        run: 'npx recado doctor --message',
      },
    ),
  ),
  'message-for-another-number': red(
    'The message {code} arrived at business phone {other}, which is not one of ours.',
    'A mensagem {code} chegou ao número comercial {other}, que não é um dos nossos.',
    step(
      'Send it to +{number}: {link}. Or, when {other} is the number that you mean, add it: npx recado phones add {other}',
      'Envie para +{number}: {link}. Ou, se {other} é o número certo, adicione: npx recado phones add {other}',
    ),
  ),
  'reply-delivered': green(
    'The reply was {state}, and Meta told so.',
    'A resposta chegou ({state}), e a Meta avisou.',
  ),
  'reply-waits-for-message': unknown(
    'There is nothing to reply to before {code} has arrived.',
    'Não há o que responder antes de {code} chegar.',
  ),
  'reply-awaited': unknown(
    'The reply is {state}; its delivery has not been told yet.',
    'A resposta está {state}; a entrega ainda não foi avisada.',
    step('Look again in a moment:', 'Verifique de novo em instantes:', { run: 'npx recado doctor' }),
  ),
  'reply-failed': red(
    'The reply failed{number}: {title}',
    'A resposta falhou{number}: {title}',
    step('{remedy}', '{remedy}'),
    step(
      'Then send {code} once more, and look again:',
      'Depois envie {code} mais uma vez e verifique de novo:',
      { run: 'npx recado doctor --message' },
    ),
  ),
} as const;
