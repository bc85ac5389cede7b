import * as z from 'zod';
import { isJsonObject } from '../../domain/json.ts';
import { recordingForm } from '../judge/recording-form.ts';
import { metaStepWords, readMetaStep } from '../meta-steps.ts';
import type { Scenario } from '../people/script.ts';
import { readSimulatorOptions } from '../simulator-form.ts';
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
    {
      method: 'GET',
      path: '/webhooks',
      summary: 'Every try to hand over a webhook, with its outcome, and why somebody was not told',
    },
    nothing,
    ({ simulation }) => ({
      data: simulation
        .simulator()
        .judge.events()
        .flatMap((event) => (event.kind === 'webhook' ? [{ at: event.at, ...event.report }] : [])),
    }),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/play',
      summary:
        '{"steps": [{"at": 0, "person": "558587654321", "does": "writes", "text": "Hi"}, {"at": 60000, "does": "expires-tokens"}]}: plays it while time travels to its end, and answers with the steps that failed',
    },
    z.custom<Scenario>((given) => isJsonObject(given) && Array.isArray(given.steps), 'must have steps'),
    async ({ simulation, body }) => {
      const simulator = simulation.simulator();
      const playing = simulator.play(body);
      // What is no scenario is refused before time moves.
      await Promise.race([playing, new Promise(setImmediate)]);
      await simulator.travel(Math.max(0, ...body.steps.map(({ at }) => at)));
      return { failed: await playing };
    },
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/meta',
      summary: `{"does": "expires-tokens"}: what Meta does. Acts: ${metaStepWords.join(', ')}`,
    },
    z.looseObject({}).transform(readMetaStep),
    ({ simulation, body }) => simulation.simulator().takes(body),
  ),
  controlVerb(
    {
      method: 'GET',
      path: '/recording',
      summary: 'All that came into the run from outside, to be played again',
    },
    nothing,
    ({ simulation }) => simulation.simulator().recording(),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/replay',
      summary:
        'A recording: plays it again beside this run, and answers with the webhooks that it makes, and with `differences` where a call was answered otherwise',
    },
    recordingForm,
    ({ simulation, body }) => simulation.replay(body),
  ),
  controlVerb(
    { method: 'POST', path: '/drain', summary: 'Waits until everything that is due has happened' },
    nothing,
    ({ simulation }) => simulation.simulator().drain(),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/reset',
      summary:
        '{"throttling": "as-meta"}: forgets everything, and starts anew on the same port, with these options in place of those of the start',
    },
    z.looseObject({}).transform(readSimulatorOptions),
    ({ simulation, body }) => simulation.reset(body),
  ),
];
