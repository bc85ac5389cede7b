import type { JsonObject } from '../../domain/json.ts';
import type { TemplateParts } from './template-parts.ts';

/** What a template is about; Meta prices by it. */
export type TemplateCategory = 'utility' | 'marketing' | 'authentication';

/** A message template as an option of the simulator: as short as a test likes, or with all of its components. */
export type SimulatedTemplate = {
  name: string;
  /** Meta's language code, such as `pt_BR`. */
  language: string;
  /** `APPROVED` can be sent; `PAUSED`, `DISABLED`, `PENDING` and `REJECTED` are refused as Meta does. */
  status: string;
  /** How many placeholders the body has. */
  bodyParameters: number;
  /** `utility` unless said otherwise. */
  category?: TemplateCategory;
  /** The words on the phone, with `{{1}}` for the first parameter. Without it name and parameters are shown. */
  body?: string;
  /** Header, body, footer and buttons as the Graph API writes them; then `body` and `bodyParameters` say nothing. */
  components?: readonly JsonObject[];
};

/** How Meta can see a template: the words that `message_template_status_update` tells (meta-facts §3.1). */
export const templateStatuses = [
  'APPROVED',
  'ARCHIVED',
  'DELETED',
  'DISABLED',
  'FLAGGED',
  'IN_APPEAL',
  'LIMIT_EXCEEDED',
  'LOCKED',
  'PAUSED',
  'PENDING',
  'PENDING_DELETION',
  'REINSTATED',
  'REJECTED',
  'UNARCHIVED',
] as const;

/** One of those words. */
export type TemplateStatus = (typeof templateStatuses)[number];

/** What Meta answers to the send of a good template (meta-facts §3, `message_status`). */
export type TemplateAcceptance = 'accepted' | 'held_for_quality_assessment' | 'paused';

/** A message template of a WhatsApp account, in one language. */
export type MessageTemplate = {
  readonly id: string;
  readonly wabaId: string;
  readonly name: string;
  readonly language: string;
  category: TemplateCategory;
  /** The category before Meta changed it; null when it never did. */
  previousCategory: TemplateCategory | null;
  /** A word of `templateStatuses`, or any other that a test gives it. */
  status: string;
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  /** Why it was rejected, in Meta's word; `NONE` when it was not. */
  rejectedReason: string;
  parts: TemplateParts;
  /** What sends of it are answered. */
  acceptance: TemplateAcceptance;
};

/** The templates that a simulator has when it is given none. */
export const defaultTemplates: readonly SimulatedTemplate[] = [
  {
    name: 'hello_world',
    language: 'en_US',
    status: 'APPROVED',
    bodyParameters: 0,
    body: 'Hello! This is a template message. It may be sent at any time, even outside the 24-hour window.',
  },
  {
    name: 'interview_reminder',
    language: 'pt_BR',
    status: 'APPROVED',
    bodyParameters: 2,
    body: 'Olá, {{1}}! Lembrete: a sua entrevista é {{2}}. Responda a esta mensagem se precisar remarcar.',
  },
];
