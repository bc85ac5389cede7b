import * as z from 'zod';
import { type ControlVerb, controlVerb } from './control-verb.ts';

const nothing = z.strictObject({});

/** What happened, and starting anew. */
export const recordVerbs: readonly ControlVerb[] = [
  controlVerb(
    {
      method: 'GET',
      path: '/state',
      summary: 'Addresses, secrets of pretence, time, and how much has happened',
    },
    nothing,
    ({ simulation }) => {
      const simulator = simulation.simulator();
      return {
        graphUrl: simulation.graphUrl,
        settings: simulator.settings,
        webhookUrl: simulator.accounts.app().subscription.callbackUrl,
        now: simulator.time.now(),
        people: simulator.people().length,
        messagesDelivered: simulator.ledger().length,
        requests: simulator.requests().length,
      };
    },
  ),
  controlVerb(
    { method: 'GET', path: '/ledger', summary: 'What reached whom, in order' },
    nothing,
    ({ simulation }) => ({ data: simulation.simulator().ledger() }),
  ),
  controlVerb(
    { method: 'GET', path: '/requests', summary: 'The calls of the Graph API, oldest first, without tokens' },
    nothing,
    ({ simulation }) => ({ data: simulation.simulator().requests() }),
  ),
  controlVerb(
    { method: 'POST', path: '/drain', summary: 'Waits until everything that is due has happened' },
    nothing,
    ({ simulation }) => simulation.simulator().drain(),
  ),
  controlVerb(
    { method: 'POST', path: '/reset', summary: 'Forgets everything, and starts anew on the same port' },
    nothing,
    ({ simulation }) => simulation.reset(),
  ),
];
