import { step, unknown } from './reason.ts';

/** What more than one check can find. */
export const sharedReasons = {
  blocked: unknown(
    'Not looked at, because {blocker} is red.',
    'Não verificado, porque {blocker} está vermelho.',
  ),
  'setting-missing': unknown(
    'Not looked at, because {setting} is not set.',
    'Não verificado, porque {setting} não está definido.',
  ),
  'out-of-time': unknown(
    'Not looked at: the run had taken too long by then.',
    'Não verificado: a execução já tinha demorado demais.',
    step('Look at this link alone:', 'Verifique só este elo:', { run: 'npx recado doctor --only {check}' }),
  ),
  'meta-unanswered': unknown(
    'Meta gave no usable answer: {reason}.',
    'A Meta não deu uma resposta que se possa usar: {reason}.',
    step('Look again in a minute:', 'Verifique de novo em um minuto:', { run: 'npx recado doctor' }),
  ),
  'meta-will-not-say': unknown(
    'Meta refuses to say: #{code} {message}.',
    'A Meta se recusa a dizer: #{code} {message}.',
    step('See what the number means:', 'Veja o que o número significa:', {
      run: 'npx recado show error {code}',
    }),
  ),
  'check-failed': unknown(
    'The check itself failed ({reason}), which is a fault in Recado.',
    'A própria verificação falhou ({reason}), o que é um defeito do Recado.',
    step('Report it with the lines of the log.', 'Relate isso com as linhas do log.'),
  ),
} as const;
