import * as z from 'zod';
import { type MessageTemplate, templateStatuses } from './template.ts';
import type { TemplateBook } from './template-book.ts';

/** What Meta decides about a template, as data: over HTTP, and in scenarios. */
export const templateDecision = z.strictObject({
  status: z.enum(templateStatuses).exactOptional(),
  reason: z.string().min(1).exactOptional(),
  quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']).exactOptional(),
  category: z.enum(['utility', 'marketing', 'authentication']).exactOptional(),
  acceptance: z.enum(['accepted', 'held_for_quality_assessment', 'paused']).exactOptional(),
});

/** Decides it; the business is told of what changes. */
export function decideTemplate(
  templates: Pick<TemplateBook, 'rate' | 'recategorise' | 'decide'>,
  template: MessageTemplate,
  { status, reason, quality, category, acceptance }: z.infer<typeof templateDecision>,
): void {
  if (quality !== undefined) templates.rate(template, quality);
  if (category !== undefined) templates.recategorise(template, category);
  if (status !== undefined) templates.decide(template, status, reason);
  if (acceptance !== undefined) template.acceptance = acceptance;
}
