import type { Clock } from '../../runtime/clock.ts';
import type { BusinessNews } from '../bodies/business-body.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Scheduler } from '../time/scheduler.ts';
import type { MessageTemplate, TemplateCategory, TemplateStatus } from './template.ts';
import { REVIEW_DELAY, reviewTemplate, type TemplateReview } from './template-review.ts';

/** The message templates of every WhatsApp account, and what Meta does with them. Changes are told by webhooks. */
export type TemplateBook = {
  /** All templates, or those of one WhatsApp account, in the order in which they were made; copies of the list. */
  all(wabaId?: string): MessageTemplate[];
  find(wabaId: string, name: string, language: string): MessageTemplate | null;
  /** The template with this id; null when there is none. */
  withId(id: string): MessageTemplate | null;
  /** A template as it stands, without review. */
  add(template: NewTemplate & Partial<Pick<MessageTemplate, 'status' | 'quality'>>): MessageTemplate;
  /** A new template, `PENDING` until its review. */
  submit(template: NewTemplate): MessageTemplate;
  /** Changes a template, which is reviewed again. */
  edit(template: MessageTemplate, change: Partial<Pick<MessageTemplate, 'category' | 'parts'>>): void;
  remove(template: MessageTemplate): void;
  /** Meta decides something about a template: pauses, disables, rejects, reinstates it. */
  decide(template: MessageTemplate, status: TemplateStatus, reason?: string): void;
  rate(template: MessageTemplate, quality: MessageTemplate['quality']): void;
  /** Meta puts a template into another category, at once. */
  recategorise(template: MessageTemplate, category: TemplateCategory): void;
};

/** What a new template is made of. */
export type NewTemplate = Pick<MessageTemplate, 'wabaId' | 'name' | 'language' | 'category' | 'parts'>;

/** An empty book. */
export function createTemplateBook(options: {
  clock: Clock;
  random: SeededRandom;
  scheduler: Scheduler;
  review: TemplateReview;
  /** Tells the business of a change. */
  tell: (wabaId: string, news: BusinessNews) => void;
}): TemplateBook {
  const { clock, random, review, scheduler } = options;
  const templates = new Map<string, MessageTemplate>();

  function add(made: Parameters<TemplateBook['add']>[0]): MessageTemplate {
    const template: MessageTemplate = {
      // Digits, as long as a number that survives JSON.
      id: `1${Array.from({ length: 14 }, () => random.integer(10)).join('')}`,
      previousCategory: null,
      status: 'APPROVED',
      quality: 'UNKNOWN',
      rejectedReason: 'NONE',
      acceptance: 'accepted',
      ...made,
    };
    templates.set(template.id, template);
    return template;
  }

  function submit(made: NewTemplate): MessageTemplate {
    const template = add({ ...made, status: 'PENDING' });
    reviewLater(template);
    return template;
  }

  function reviewLater(template: MessageTemplate): void {
    const reviewed = template.parts;
    scheduler.at(clock.now() + (review.delay ?? REVIEW_DELAY), () => {
      // Deleted, decided otherwise, or edited since: then this review is of no account.
      const stands = templates.has(template.id) && template.parts === reviewed;
      if (!stands || template.status !== 'PENDING') return;
      const outcome = reviewTemplate(template, review);
      if (outcome.category !== null) recategorise(template, outcome.category);
      if (outcome.status !== 'PENDING') decide(template, outcome.status, outcome.reason);
      if (outcome.afterwards !== null) decide(template, outcome.afterwards);
    });
  }

  function edit(template: MessageTemplate, change: Parameters<TemplateBook['edit']>[1]): void {
    Object.assign(template, { ...change, parts: { ...(change.parts ?? template.parts) } });
    const { header, body, footer } = template.parts;
    template.status = 'PENDING';
    template.rejectedReason = 'NONE';
    const title = header?.format === 'TEXT' ? header.text : null;
    options.tell(template.wabaId, { kind: 'template-components', template, title, body, footer });
    reviewLater(template);
  }

  function decide(template: MessageTemplate, status: TemplateStatus, reason = 'NONE'): void {
    template.status = status;
    template.rejectedReason = status === 'REJECTED' ? reason : 'NONE';
    const category = template.category.toUpperCase();
    options.tell(template.wabaId, { kind: 'template-status', template, event: status, category, reason });
  }

  function rate(template: MessageTemplate, quality: MessageTemplate['quality']): void {
    const former = template.quality;
    template.quality = quality;
    if (former !== quality) {
      options.tell(template.wabaId, { kind: 'template-quality', template, former, quality });
    }
  }

  function recategorise(template: MessageTemplate, category: TemplateCategory): void {
    if (category === template.category) return;
    template.previousCategory = template.category;
    template.category = category;
    options.tell(template.wabaId, {
      kind: 'template-category',
      template,
      former: template.previousCategory.toUpperCase(),
      category: category.toUpperCase(),
      changesAt: null,
    });
  }

  return {
    all: (wabaId) =>
      [...templates.values()].filter((template) => wabaId === undefined || template.wabaId === wabaId),
    find: (wabaId, name, language) =>
      templates
        .values()
        .find(
          (template) =>
            template.wabaId === wabaId && template.name === name && template.language === language,
        ) ?? null,
    withId: (id) => templates.get(id) ?? null,
    add,
    submit,
    edit,
    remove(template) {
      if (templates.delete(template.id)) decide(template, 'DELETED');
    },
    decide,
    rate,
    recategorise,
  };
}
