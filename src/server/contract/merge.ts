import { z } from 'zod';
import { evidenceKinds } from '../../domain/merge.ts';
import { pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { wordOf } from './value.ts';

/** A merge as the API shows it. */
export const mergeSchema = z
  .object({
    id: z.string().meta({ description: 'Its id.', examples: ['mg_01k9x2m4c7b8d3fq'] }),
    survivorId: z.string().meta({
      description: 'Of the two contacts that the evidence names, the one whose side was seen first.',
      examples: ['ct_01k9x2m4c7b8d3fq'],
    }),
    mergedId: z.string().meta({ description: 'The other one.', examples: ['ct_01k9x2m4c7b8d3fr'] }),
    evidence: z
      .object({
        kind: wordOf(evidenceKinds, 'What shows that both are one person.'),
        sentence: z.string().meta({ description: 'The same as a sentence.' }),
        eventId: z.string().nullable().meta({ description: 'The event in which it stands.' }),
        notificationId: z
          .string()
          .nullable()
          .meta({ description: 'The notification to which Meta’s answer says it.' }),
      })
      .meta({ description: 'Why these two are one person.' }),
    at: instant('When the evidence came about.'),
    undoneAt: instant('When somebody undid it; null while it holds.').nullable(),
    undoneBy: z.string().nullable().meta({ description: 'The name of the API key that undid it.' }),
  })
  .meta({ id: 'Merge', description: 'Two contacts that were made one, on evidence.' });

/** The query of GET /v1/contacts/{id}/merges. */
export const mergeQuerySchema = z.strictObject(pageQuery);

/** A page of merges. */
export const mergePageSchema = pageOf('MergePage', mergeSchema, 'Merges.');

/** The contact and the merge in an address. */
export const mergeParameters = z.strictObject({
  id: z.string().meta({ description: 'The id of the contact.', examples: ['ct_01k9x2m4c7b8d3fq'] }),
  mergeId: z.string().meta({ description: 'The id of the merge.', examples: ['mg_01k9x2m4c7b8d3fq'] }),
});

/** A merge in an answer. */
export type MergeBody = z.infer<typeof mergeSchema>;

/** A page of merges in an answer. */
export type MergePageBody = z.infer<typeof mergePageSchema>;
