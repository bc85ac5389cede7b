import { z } from 'zod';

/** What every list takes: how many, and after which. */
export const pageQuery = {
  after: z.string().max(100).optional().meta({
    description: 'Begin after this: the `next` of an earlier answer, or the id of a listed thing.',
  }),
  limit: z
    .preprocess(
      (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
      z
        .int({ error: 'must be a whole number from 1 to 500' })
        .min(1, { error: 'must be a whole number from 1 to 500' })
        .max(500, { error: 'must be a whole number from 1 to 500' })
        .default(100),
    )
    .meta({ description: 'How many at most, 1 to 500.' }),
};

/** For lists that can also be read from their end. */
export const orderQuery = {
  order: z.enum(['oldest', 'newest']).default('oldest').meta({
    description:
      '`newest`: from the end backwards. Begin without `after` then, and go on with the `next` of the answer.',
  }),
};

/** What every page of a list has. */
export function pageMembers<Item extends z.ZodType>(item: Item) {
  return {
    data: z.array(item).meta({ description: 'The things of this page, in the order of the list.' }),
    next: z
      .string()
      .nullable()
      .meta({ description: 'Give this as `after` for the following page; null at the end.' }),
  };
}

/** One page of a list, in ascending order unless the query asks for another. */
export function pageOf<Item extends z.ZodType>(name: string, item: Item, description: string) {
  return z.object(pageMembers(item)).meta({ id: name, description });
}
