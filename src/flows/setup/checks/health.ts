import type { PhoneFacts } from '../../../whatsapp/graph-answers/read-phone-facts.ts';
import { phoneFactsCheck } from './ask-phone.ts';
import { judged, withoutFullStop } from './reading.ts';

/** Meta sees nothing in the way of sending, payment included (`health_status`, meta-facts §7.2). */
export const checkHealth = phoneFactsCheck({
  name: 'health',
  needs: ['registered'],
  judge({ health }) {
    if (health.canSend === null) return judged('health-untold');
    if (health.canSend === 'AVAILABLE') return judged('health-good');
    const worst = worstOf(health);
    const [error] = worst?.errors ?? [];
    const facts = {
      health: health.canSend,
      entity: worst?.type ?? '?',
      id: worst?.id ?? '?',
      code: String(error?.code ?? '?'),
      message: withoutFullStop(error?.description ?? '–'),
    };
    const paid = error?.code === 131042 || /payment|billing/i.test(facts.message);
    return judged(paid ? 'billing-stopped' : 'health-bad', facts);
  },
});

/** The part that says why, of those that say what the whole says. */
function worstOf({ canSend, entities }: PhoneFacts['health']) {
  const same = entities.filter((entity) => entity.canSend === canSend);
  return same.find(({ errors }) => errors.length > 0) ?? same[0];
}
