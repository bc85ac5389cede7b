/** What a template is about; Meta prices by it. */
export type TemplateCategory = 'utility' | 'marketing' | 'authentication';

/** A message template of the simulated WhatsApp account. */
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

/** The words that the person sees. */
export function renderTemplate(template: SimulatedTemplate, parameters: readonly string[]): string {
  if (template.body === undefined) return [`[${template.name}]`, ...parameters].join(' ');
  return template.body.replace(
    /\{\{(\d+)\}\}/g,
    (hole, number: string) => parameters[Number(number) - 1] ?? hole,
  );
}
