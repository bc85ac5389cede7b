import * as z from 'zod';
import { conditionsForm } from '../send/conditions-form.ts';
import { magicRecipients } from '../send/magic-recipients.ts';
import { templateStatuses } from '../templates/template.ts';
import { type ControlVerb, controlVerb } from './control-verb.ts';

const nothing = z.strictObject({});
const templateChanges = z
  .strictObject({
    status: z.enum(templateStatuses),
    reason: z.string().min(1),
    quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']),
    category: z.enum(['utility', 'marketing', 'authentication']),
    acceptance: z.enum(['accepted', 'held_for_quality_assessment', 'paused']),
  })
  .partial();

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
    conditionsForm,
    ({ simulation, body }) => {
      Object.assign(simulation.simulator().conditions, body);
    },
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
    templateChanges,
    ({ simulation, parameters, body }) => {
      const { templates } = simulation.simulator();
      const template = templates.withId(parameters.id ?? '');
      if (template === null) {
        throw new RangeError(
          `There is no template ${parameters.id}. GET /templates lists them with their ids.`,
        );
      }
      const { status, reason, quality, category, acceptance } = body;
      if (quality !== undefined) templates.rate(template, quality);
      if (category !== undefined) templates.recategorise(template, category);
      if (status !== undefined) templates.decide(template, status, reason);
      if (acceptance !== undefined) template.acceptance = acceptance;
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
