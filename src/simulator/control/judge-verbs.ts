import * as z from 'zod';
import { type ControlVerb, controlVerb } from './control-verb.ts';

const nothing = z.strictObject({});
const milliseconds = z.number().positive();

/** Judgements of what happened: a sentence that says what was found, or a 409 that says what was expected. */
export const judgeVerbs: readonly ControlVerb[] = [
  controlVerb(
    {
      method: 'POST',
      path: '/judgements/received-once',
      summary: '{"waId": "558587654321", "text": "Hello"}: the person received it, and no second one',
    },
    z.strictObject({ waId: z.string(), text: z.string().min(1) }),
    ({ simulation, body }) => ({ found: simulation.simulator().judge.receivedOnce(body.waId, body.text) }),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/judgements/received-in-order',
      summary: '{"waId": "558587654321", "texts": ["one", "two"]}: one after the other',
    },
    z.strictObject({ waId: z.string(), texts: z.array(z.string().min(1)).min(1) }),
    ({ simulation, body }) => ({
      found: simulation.simulator().judge.receivedInOrder(body.waId, ...body.texts),
    }),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/judgements/answered-within',
      summary: '{"milliseconds": 60000}: everything that people wrote was answered, by simulated time',
    },
    z.strictObject({ milliseconds, waId: z.string().optional() }),
    ({ simulation, body }) => ({
      found: simulation.simulator().judge.answeredWithin(body.milliseconds, body.waId),
    }),
  ),
  controlVerb(
    {
      method: 'GET',
      path: '/judgements/no-rate-breach',
      summary: 'Nothing went beyond a limit of Meta’s',
    },
    nothing,
    ({ simulation }) => ({ found: simulation.simulator().judge.noRateBreach() }),
  ),
  controlVerb(
    { method: 'GET', path: '/judgements/nothing-twice', summary: 'Nobody received the same words twice' },
    nothing,
    ({ simulation }) => ({ found: simulation.simulator().judge.nothingTwice() }),
  ),
  controlVerb(
    {
      method: 'GET',
      path: '/judgements/everything-acknowledged',
      summary: 'Every webhook was answered 200 in the end',
    },
    nothing,
    ({ simulation }) => ({ found: simulation.simulator().judge.everythingAcknowledged() }),
  ),
];
