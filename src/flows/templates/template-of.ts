import type { Lane } from '../../domain/lane.ts';
import type { NotificationContent, TemplateContent } from '../../domain/notification-content.ts';
import type { TemplateKnowledge } from '../../domain/template.ts';
import type { LookUpTemplate } from './look-up-template.ts';

/**
 * What is known of the template that a message may go as: itself, or its fallback when the window is
 * closed. No other needs a look.
 */
export async function templateOf(
  lane: Lane,
  content: NotificationContent,
  fallback: TemplateContent | null,
  freeFormMayGo: boolean,
  lookUpTemplate: LookUpTemplate,
): Promise<TemplateKnowledge> {
  const template = content.type === 'template' ? content : freeFormMayGo ? null : fallback;
  return template === null ? { known: false } : lookUpTemplate(lane, template);
}
