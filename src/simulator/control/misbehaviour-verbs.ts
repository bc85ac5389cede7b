import * as z from 'zod';
import { faults, misbehaviourForm } from '../delivery/misbehaviour-form.ts';
import { type ControlVerb, controlVerb } from './control-verb.ts';

const chance = z.number().min(0).max(1).optional();
const chances = z.strictObject({
  duplicate: chance,
  reorder: chance,
  drop: chance,
  delay: chance,
  'wrong-signature': chance,
  'status-before-answer': chance,
  'lost-answer': chance,
  'server-error': chance,
});
/** What goes wrong on purpose. */
export const misbehaviourVerbs: readonly ControlVerb[] = [
  controlVerb(
    {
      method: 'POST',
      path: '/misbehaviour',
      summary: `{"fault": "duplicate", "times": 3, "about": "message"}: the next ones. Faults: ${faults.join(', ')}`,
    },
    misbehaviourForm,
    ({ simulation, body }) => simulation.simulator().misbehave(body),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/misbehaviour/chances',
      summary: '{"duplicate": 0.1, "lost-answer": 0.01}: by chance, following the seed',
    },
    chances,
    ({ simulation, body }) => simulation.simulator().misbehaveByChance(defined(body)),
  ),
  controlVerb(
    { method: 'POST', path: '/misbehaviour/end', summary: 'Nothing goes wrong any more' },
    z.strictObject({}),
    ({ simulation }) => simulation.simulator().behave(),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/sends/refuse-next',
      summary: '{"code": 131016}: the next send is answered with it',
    },
    z.strictObject({ code: z.int() }),
    ({ simulation, body }) => simulation.simulator().failNext(body.code),
  ),
  controlVerb(
    { method: 'POST', path: '/statuses/hold', summary: 'Keeps statuses back' },
    z.strictObject({}),
    ({ simulation }) => simulation.simulator().holdStatuses(),
  ),
  controlVerb(
    { method: 'POST', path: '/statuses/release', summary: 'Sends the statuses that were kept back' },
    z.strictObject({}),
    ({ simulation }) => simulation.simulator().releaseStatuses(),
  ),
];

/** Without the members that were left out, as optional ones are meant. */
function defined<Body extends object>(body: Body): { [Name in keyof Body]: Exclude<Body[Name], undefined> };
function defined(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
