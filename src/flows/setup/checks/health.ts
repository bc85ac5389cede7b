import type { PhoneFacts } from '../../../whatsapp/graph-answers/read-phone-facts.ts';
import type { Judgement } from '../check.ts';
import { phoneFactsCheck } from './ask-phone.ts';
import { judged, withoutFullStop } from './reading.ts';

/** Meta sees nothing in the way of sending, payment included (`health_status`, meta-facts §7.2). */
export const checkHealth = phoneFactsCheck({
  name: 'health',
  needs: ['registered'],
  judge: judgeHealth,
});

/** What a business phone's `health_status` comes to. */
export function judgeHealth({ health }: Pick<PhoneFacts, 'health'>): Judgement {
  if (health.canSend === null) return judged('health-untold');
  if (health.canSend === 'AVAILABLE') return judged('health-good');
  const worst = worstOf(health);
  const [error] = worst?.errors ?? [];
  const message = error?.description ?? worst?.information[0] ?? null;
  const facts = {
    health: health.canSend,
    entity: worst?.type ?? '?',
    id: worst?.id ?? '?',
    code: String(error?.code ?? '?'),
    message: withoutFullStop(message ?? '–'),
  };
  // A limit without an error is told in words alone.
  if (error === undefined || error.code === null)
    return judged(message === null ? 'health-unexplained' : 'health-told', facts);
  const paid = error.code === 131042 || /payment|billing/i.test(facts.message);
  return judged(paid ? 'billing-stopped' : 'health-bad', facts);
}

/** The part that says why, of those that say what the whole says. */
function worstOf({ canSend, entities }: PhoneFacts['health']) {
  const same = entities.filter((entity) => entity.canSend === canSend);
  return (
    same.find(({ errors }) => errors.length > 0) ??
    same.find(({ information }) => information.length > 0) ??
    same[0]
  );
}
