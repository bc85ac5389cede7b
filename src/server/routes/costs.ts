import { type ChargeCount, costsOf, type Prices } from '../../domain/charge.ts';
import { type Lane, phoneLane } from '../../domain/lane.ts';
import { monthBounds, monthOf } from '../../flows/calendar-month.ts';
import type { Clock } from '../../runtime/clock.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { type CostsBody, costQuerySchema, costsSchema } from '../contract/cost.ts';
import type { Api } from '../typed-fastify.ts';

/** What the route of costs needs. */
export type CostPorts = {
  /** How many messages were charged alike from one moment until before another; `lane` null for all. */
  countCharges(scope: { from: number; until: number; lane: Lane | null }): Promise<ChargeCount[]>;
  /** What the operator says that Meta charges. */
  prices(): Prices;
  clock: Clock;
};

/** GET /v1/costs: what Meta told of what is charged. */
export function costRoutes(api: Api, ports: CostPorts): void {
  api.get(
    '/costs',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Costs'],
        operationId: 'getCosts',
        summary: 'Count what a month cost',
        description:
          'Charged and free messages of a month by category and pricing type, as Meta told them with the statuses. A message counts in the month, in UTC, of the first status that told its price; Meta’s invoice may draw the line in another time zone. Messages that other programs sent from the same business phone count as well. Meta sends no amounts: with the setting `prices` the counts become an estimate.',
        querystring: costQuerySchema,
        response: { 200: answerOf(costsSchema, 'The costs.'), ...problemAnswers(400, 401, 500) },
      },
    },
    async (request): Promise<CostsBody> => {
      const { businessPhone } = request.query;
      const month = request.query.month ?? monthOf(ports.clock.now());
      const bounds = monthBounds(month) ?? { from: 0, until: 0 };
      const lane = businessPhone === undefined ? null : phoneLane(businessPhone);
      const counts = await ports.countCharges({ ...bounds, lane });
      const { lines, estimates, unpriced } = costsOf(counts, ports.prices());
      return { month, businessPhoneId: businessPhone ?? null, data: lines, estimates, unpriced };
    },
  );
}
