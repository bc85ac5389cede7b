import { z } from 'zod';

/** A time in an answer: ISO 8601 in UTC, such as `2026-11-20T14:00:00.000Z`. */
export function instant(description: string) {
  return z.string().meta({ description, format: 'date-time', examples: ['2026-11-20T14:00:00.000Z'] });
}

const zonedTime = z.iso.datetime({ offset: true });

/** A time in a request: ISO 8601 with its zone, which `Date.parse` reads. */
export function givenInstant(description: string) {
  return z
    .string()
    .refine((text) => zonedTime.safeParse(text).success, {
      error: 'must be a time with its zone, such as 2026-11-20T14:00:00Z or 2026-11-20T11:00:00-03:00',
    })
    .meta({ description, format: 'date-time', examples: ['2026-11-20T11:00:00-03:00'] });
}
