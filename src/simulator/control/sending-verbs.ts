import * as z from 'zod';
import { conditionsForm } from '../send/conditions-form.ts';
import { magicRecipients } from '../send/magic-recipients.ts';
import { templateDecision } from '../templates/template-decision.ts';
import { asGiven, type ControlVerb, controlVerb } from './control-verb.ts';

const nothing = z.strictObject({});

/** What becomes of sends, and what Meta does with templates. */
export const sendingVerbs: readonly ControlVerb[] = [
  controlVerb(
    { method: 'GET', path: '/conditions', summary: 'What keeps Meta from sending or delivering' },
    nothing,
    ({ simulation }) => {
      const { linkFails: _function, ...switches } = simulation.simulator().conditions;
      return switches;
    },
  ),
  controlVerb(
    {
      method: 'PATCH',
      path: '/conditions',
      summary: '{"paymentProblem": true, "experiment": ["558587654321"], "marketingPerPerson": 2}',
    },
    asGiven(conditionsForm),
    ({ simulation, body }) => simulation.simulator().takes({ ...body, does: 'sets-conditions' }),
  ),
  controlVerb(
    { method: 'GET', path: '/templates', summary: 'The message templates of every WhatsApp account' },
    nothing,
    ({ simulation }) => ({ data: simulation.simulator().templates.all() }),
  ),
  controlVerb(
    {
      method: 'PATCH',
      path: '/templates/{id}',
      summary:
        '{"status": "PAUSED", "quality": "RED", "category": "marketing"}: Meta decides, and tells of it',
    },
    asGiven(templateDecision),
    ({ simulation, parameters, body }) => {
      const simulator = simulation.simulator();
      const template = simulator.templates.withId(parameters.id ?? '');
      if (template === null) {
        throw new RangeError(
          `There is no template ${parameters.id}. GET /templates lists them with their ids.`,
        );
      }
      const { wabaId, name, language } = template;
      simulator.takes({ ...body, does: 'decides-template', wabaId, name, language });
      return template;
    },
  ),
  controlVerb(
    {
      method: 'POST',
      path: '/held/release',
      summary: 'Messages that their template held back go on their way',
    },
    nothing,
    ({ simulation }) => simulation.simulator().releaseHeld(),
  ),
  controlVerb(
    { method: 'GET', path: '/rate-breaches', summary: 'Messages that went beyond a limit, refused or not' },
    nothing,
    ({ simulation }) => ({ data: simulation.simulator().rateBreaches() }),
  ),
  controlVerb(
    { method: 'GET', path: '/magic-recipients', summary: 'Numbers to which every send fails with a code' },
    nothing,
    () => ({ data: magicRecipients }),
  ),
];
