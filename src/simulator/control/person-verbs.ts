import * as z from 'zod';
import { personStep, takeStep } from '../people/person-steps.ts';
import type { SimulatedPerson } from '../people/simulated-person.ts';
import type { Simulator } from '../simulator.ts';
import { type ControlVerb, controlVerb } from './control-verb.ts';

const nothing = z.strictObject({});

/** The person with this WhatsApp id; a RangeError when nobody has it, so that a slip of the pen makes nobody. */
function personOf(simulator: Simulator, waId: string | undefined): SimulatedPerson {
  const found = simulator.people().find((person) => person.waId === waId);
  if (found !== undefined) return found;
  throw new RangeError(
    `Nobody here has the WhatsApp id ${waId ?? ''}. POST /_simulator/people makes somebody.`,
  );
}

/** A person and their phone. */
function shownPerson(person: SimulatedPerson) {
  const { waId, userId, name, online, autoRead } = person;
  return { waId, userId, name, online, autoRead, window: person.window(), messages: person.messages() };
}

/** The word of each act. */
const personActs = personStep.options.map(({ shape }) => shape.does.value);

/** What people do. */
export const personVerbs: readonly ControlVerb[] = [
  controlVerb(
    { method: 'GET', path: '/people', summary: 'Everybody, with what their phones show' },
    nothing,
    ({ simulation }) => ({ data: simulation.simulator().people().map(shownPerson) }),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/people',
      summary: '{"waId": "558587654321", "name": "Ana Souza"}: makes or renames somebody',
    },
    z.strictObject({ waId: z.string(), name: z.string().min(1).optional() }),
    ({ simulation, body: { waId, name } }) =>
      shownPerson(simulation.simulator().person(waId, name === undefined ? {} : { name })),
  ),
  controlVerb(
    { method: 'GET', path: '/people/{waId}', summary: 'One person' },
    nothing,
    ({ simulation, parameters }) => shownPerson(personOf(simulation.simulator(), parameters.waId)),
  ),
  controlVerb(
    { method: 'PATCH', path: '/people/{waId}', summary: '{"online": false, "autoRead": true}: their phone' },
    z.strictObject({ online: z.boolean().optional(), autoRead: z.boolean().optional() }),
    ({ simulation, parameters, body }) => {
      const person = personOf(simulation.simulator(), parameters.waId);
      if (body.online !== undefined) person.setOnline(body.online);
      if (body.autoRead !== undefined) person.setAutoRead(body.autoRead);
      return shownPerson(person);
    },
  ),
  controlVerb(
    { method: 'POST', path: '/people/{waId}/writes', summary: '{"text": "Hi"}: writes to the business' },
    z.strictObject({ text: z.string().min(1) }),
    ({ simulation, parameters, body }) => personOf(simulation.simulator(), parameters.waId).writes(body.text),
  ),
  controlVerb(
    { method: 'POST', path: '/people/{waId}/reads', summary: 'Reads everything that has arrived' },
    nothing,
    ({ simulation, parameters }) => personOf(simulation.simulator(), parameters.waId).reads(),
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/people/{waId}/acts',
      summary: `{"does": "taps", "choice": "Yes"}: anything a person can do, with the first business phone or with the one of ?businessPhone=. Acts: ${personActs.join(', ')}`,
    },
    personStep,
    ({ simulation, parameters, query, body }) => {
      const person = personOf(simulation.simulator(), parameters.waId);
      const businessPhone = query.get('businessPhone');
      return takeStep(businessPhone === null ? person : person.with(businessPhone), body);
    },
  ),
];
