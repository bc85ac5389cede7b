import type { MessageTemplate, TemplateCategory } from './template.ts';

/** What Meta's review ends in. */
export type ReviewOutcome = {
  status: 'APPROVED' | 'REJECTED' | 'PENDING';
  /** Meta's word for a rejection (meta-facts §3.1); `NONE` for the others. */
  reason: string;
  /** The category that Meta puts it into; null to leave it. */
  category: TemplateCategory | null;
  /** What happens to it right after its approval. */
  afterwards: 'PAUSED' | 'DISABLED' | null;
};

/** How templates are reviewed. */
export type TemplateReview = {
  /** Milliseconds of simulated time from submission to decision; a minute when left out. */
  delay?: number;
  /** Decides; by magic names when left out. Null leaves the decision to the magic names too. */
  decide?: (template: MessageTemplate) => Partial<ReviewOutcome> | null;
};

/** How long a review takes, in milliseconds. Meta gives no number; a minute lets both be seen. */
export const REVIEW_DELAY = 60_000;

const approval: ReviewOutcome = { status: 'APPROVED', reason: 'NONE', category: null, afterwards: null };

/**
 * Ends of a template's name that decide its review, as magic recipients decide sends. The reasons are the words of
 * meta-facts §3.1.
 */
export const magicTemplateNames: Readonly<Record<string, Partial<ReviewOutcome>>> = {
  _abusive_content: { status: 'REJECTED', reason: 'ABUSIVE_CONTENT' },
  _incorrect_category: { status: 'REJECTED', reason: 'INCORRECT_CATEGORY' },
  _invalid_format: { status: 'REJECTED', reason: 'INVALID_FORMAT' },
  _promotional: { status: 'REJECTED', reason: 'PROMOTIONAL' },
  _scam: { status: 'REJECTED', reason: 'SCAM' },
  _tag_content_mismatch: { status: 'REJECTED', reason: 'TAG_CONTENT_MISMATCH' },
  _never_reviewed: { status: 'PENDING' },
  _recategorised: { category: 'marketing' },
  _paused: { afterwards: 'PAUSED' },
  _disabled: { afterwards: 'DISABLED' },
};

/** What the review of a template ends in. */
export function reviewTemplate(template: MessageTemplate, review: TemplateReview): ReviewOutcome {
  const end = Object.keys(magicTemplateNames).find((magic) => template.name.endsWith(magic));
  const magic = end === undefined ? {} : magicTemplateNames[end];
  return { ...approval, ...(review.decide?.(template) ?? magic) };
}
