import { z } from 'zod';
import { alarmCodes } from '../../domain/alarm.ts';
import { confirmingCheck } from './confirming-check.ts';
import { pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { wordOf } from './value.ts';

/** An alarm as the API shows it. */
const alarmSchema = z
  .object({
    id: z.string().meta({ description: 'Its id.', examples: ['al_1np4c3zk9v0w2xy7'] }),
    code: wordOf(alarmCodes, 'What kind it is.'),
    subject: z.string().meta({
      description:
        'What it is about: Meta’s id of a business phone or account, a template’s name and language, or `installation`.',
    }),
    severity: wordOf(
      ['critical', 'warning'],
      '`critical`: messages are not heard or not sent. `warning`: they soon may not be.',
    ),
    sentence: z.string().meta({ description: 'What is wrong.' }),
    remedy: z.string().meta({ description: 'What to do about it.' }),
    check: confirmingCheck,
    raisedAt: instant('When it was raised.'),
    lastSeenAt: instant('When its cause was last seen.'),
    count: z.int().meta({ description: 'How often its cause was seen.' }),
    resolvedAt: instant('When its cause was gone; null while it is open.').nullable(),
  })
  .meta({ id: 'Alarm', description: 'Something that a person has to know of and act on while it lasts.' });

/** The query of GET /v1/alarms. */
export const alarmQuerySchema = z.strictObject(pageQuery);

/** A page of alarms. */
export const alarmPageSchema = pageOf(
  'AlarmPage',
  alarmSchema,
  'Open alarms, then resolved ones; in each the newest first.',
);

/** An alarm in an answer. */
export type AlarmBody = z.infer<typeof alarmSchema>;

/** A page of alarms in an answer. */
export type AlarmPageBody = z.infer<typeof alarmPageSchema>;
