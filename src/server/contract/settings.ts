import { z } from 'zod';
import type { Json } from '../../domain/json.ts';
import {
  type BehaviourName,
  behaviourNames,
  behaviourSettings,
  expectationOf,
  takesValue,
} from '../../domain/settings.ts';
import { pageOf } from './page.ts';
import { instant } from './time.ts';
import { anyJson, wordOf } from './value.ts';

/** A setting of behaviour as the API shows it. */
const settingSchema = z
  .object({
    name: wordOf(behaviourNames, 'Its name.'),
    kind: wordOf(
      [
        'switch',
        'duration',
        'number',
        'country',
        'template',
        'prices',
        'period',
        'phone-templates',
        'quiet-hours',
        'words',
      ],
      'What its values are.',
    ),
    value: anyJson('The value in force; times in words, such as `15 min`.'),
    default: anyJson('The value that this version has without a decision.'),
    description: z.string().meta({ description: 'What it decides.' }),
    expects: z.string().meta({ description: 'What values it takes, to be read after its name.' }),
    updatedAt: instant('When somebody decided it.').nullable(),
    updatedBy: z
      .string()
      .nullable()
      .meta({ description: 'The name of the API key that decided it; null while it has its default.' }),
  })
  .meta({ id: 'Setting', description: 'A setting of behaviour, kept in the database.' });

/** All settings. */
export const settingPageSchema = pageOf('SettingPage', settingSchema, 'Every setting of behaviour.');

const jsonTypes = {
  switch: 'boolean',
  duration: 'string',
  number: 'integer',
  country: 'string',
  template: 'object',
  prices: 'object',
  'phone-templates': 'object',
  'quiet-hours': 'object',
  words: 'array',
  period: 'string',
} as const;

/** A new value for a setting, or null for its default. */
function decision(name: BehaviourName) {
  const { about, kind, example } = behaviourSettings[name];
  return z
    .custom<Json>((value) => value === null || takesValue(name, value), { error: expectationOf(name) })
    .optional()
    .meta({
      type: [jsonTypes[kind], 'null'],
      description: `${about} Null: the default.`,
      examples: [example],
    });
}

/** The body of PATCH /v1/settings. */
export const settingChangesSchema = z
  .strictObject({
    sendingStopped: decision('sendingStopped'),
    unknownPatience: decision('unknownPatience'),
    orderPatience: decision('orderPatience'),
    transactionalPatience: decision('transactionalPatience'),
    marketingPatience: decision('marketingPatience'),
    authenticationPatience: decision('authenticationPatience'),
    defaultCountry: decision('defaultCountry'),
    defaultFallback: decision('defaultFallback'),
    phoneFallbacks: decision('phoneFallbacks'),
    optOutWords: decision('optOutWords'),
    quietHours: decision('quietHours'),
    messagesPerSecond: decision('messagesPerSecond'),
    prices: decision('prices'),
    retention: decision('retention'),
    mediaRetention: decision('mediaRetention'),
    mediaMegabytes: decision('mediaMegabytes'),
  } satisfies Record<BehaviourName, z.ZodType>)
  .meta({
    id: 'SettingChanges',
    description: 'New values by the names of the settings; null gives back the default.',
    examples: [{ unknownPatience: '20 min', defaultCountry: null }],
  });

/** All settings in an answer. */
export type SettingPageBody = z.infer<typeof settingPageSchema>;
