import type { SimulatedTemplate } from '../simulator/simulator.ts';
import { defaultTemplates } from '../simulator/templates/template.ts';

/** The templates of the sandbox: the simulator's own, one with buttons to tap, and one that can be said no to. */
export const sandboxTemplates: readonly SimulatedTemplate[] = [
  ...defaultTemplates,
  {
    name: 'interview_invitation',
    language: 'en_US',
    status: 'APPROVED',
    bodyParameters: 2,
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Your interview' },
      {
        type: 'BODY',
        text: 'Hello {{1}}, we would like to meet you {{2}}. Will you come?',
        example: { body_text: [['Ana', 'tomorrow at 10:00']] },
      },
      { type: 'FOOTER', text: 'Tap a button to answer' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'I will come' },
          { type: 'QUICK_REPLY', text: 'Another day' },
          { type: 'URL', text: 'How to get there', url: 'https://www.example.com/way' },
        ],
      },
    ],
  },
  {
    name: 'job_news',
    language: 'en_US',
    status: 'APPROVED',
    category: 'marketing',
    bodyParameters: 0,
    body: 'New openings this week! Whoever has stopped marketing messages does not get this one.',
  },
];
