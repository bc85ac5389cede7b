/**
 * The settings of behaviour: what an installation may decide about how notifications are treated. They live
 * in the database and change while Recado runs; what belongs to the process and its secrets is environment.
 */
import { type Prices, pricePattern } from './charge.ts';
import { countries } from './country.ts';
import { readDuration, writeDuration } from './duration.ts';
import { isJsonObject, type Json } from './json.ts';
import { mayBeOptOutWord } from './opt-out-words.ts';
import { endOfQuietHours, type QuietHours, quietHoursIn } from './quiet-hours.ts';

/** A template by its name and Meta's language code, without parameters. */
export type TemplateReference = { name: string; language: string };

/** Every setting of behaviour with its value; times in milliseconds. */
export type Behaviour = {
  sendingStopped: boolean;
  unknownPatience: number;
  transactionalPatience: number;
  marketingPatience: number;
  authenticationPatience: number;
  defaultCountry: string | null;
  defaultFallback: TemplateReference | null;
  /** By the id of a business phone: what stands in for `defaultFallback` there. */
  phoneFallbacks: Readonly<Record<string, TemplateReference>>;
  /** What people write to stop marketing messages, beside the usual words. */
  optOutWords: string[];
  /** When marketing messages wait; null: never. */
  quietHours: QuietHours | null;
  /** Null: as fast as Meta lets each business phone go. */
  messagesPerSecond: number | null;
  orderPatience: number;
  /** What Meta charges, by category, as the operator typed it. */
  prices: Prices;
  /** Null: everything is kept. */
  retention: number | null;
  /** Null: as long as the messages. */
  mediaRetention: number | null;
  /** Null: as large as Meta carries them. */
  mediaMegabytes: number | null;
};

/** The name of a setting of behaviour. */
export type BehaviourName = keyof Behaviour;

/** How a setting is declared: what it means, and what values it takes. */
export type BehaviourSetting = {
  /** What it decides, in sentences. */
  about: string;
  /** A value as the API and the command line take it. */
  example: Json;
} & (
  | { kind: 'switch'; default: false }
  | { kind: 'duration'; default: number; shortest: number; longest: number }
  | { kind: 'period'; default: null; shortest: number; longest: number }
  | { kind: 'number'; default: null; least: number; most: number }
  | { kind: 'country'; default: null }
  | { kind: 'template'; default: null }
  | { kind: 'phone-templates'; default: Readonly<Record<string, TemplateReference>> }
  | { kind: 'words'; default: string[]; most: number }
  | { kind: 'quiet-hours'; default: null }
  | { kind: 'prices'; default: Prices }
);

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Every setting of behaviour, once. Only what this version really does stands here. */
export const behaviourSettings = {
  sendingStopped: {
    kind: 'switch',
    about:
      'The emergency brake: while it is true nothing is handed to Meta, on any business phone. Notifications are taken, wait, and expire at their `notAfter`; what is on its way already cannot be called back. `POST /v1/sending/stop` and `/start` decide it too.',
    default: false,
    example: true,
  },
  unknownPatience: {
    kind: 'duration',
    about:
      'How long a notification that may have left stays `unknown`, before it counts as failed. A status that comes later still corrects it.',
    // Statuses usually follow a send within seconds; this also covers a webhook door that was shut for a while.
    default: 15 * minute,
    shortest: minute,
    longest: 7 * day,
    example: '20 min',
  },
  orderPatience: {
    kind: 'duration',
    about:
      'How long an event that an endpoint cannot take may hold up its conversation there, before it is given up and the rest flows. Time in which the whole endpoint is down does not count.',
    default: 15 * minute,
    shortest: minute,
    longest: 7 * day,
    example: '1 h',
  },
  transactionalPatience: {
    kind: 'duration',
    about:
      'How long a transactional notification may wait to be sent when the request gives no `notAfter`; then it expires.',
    default: day,
    shortest: minute,
    longest: 30 * day,
    example: '12 h',
  },
  marketingPatience: {
    kind: 'duration',
    about:
      'How long a marketing notification may wait to be sent when the request gives no `notAfter`; then it expires.',
    default: day,
    shortest: minute,
    longest: 30 * day,
    example: '4 h',
  },
  authenticationPatience: {
    kind: 'duration',
    about:
      'How long an authentication notification may wait to be sent when the request gives no `notAfter`; a code that comes late is worse than none.',
    // Meta itself keeps these for ten minutes (meta-facts §6).
    default: 10 * minute,
    shortest: 30 * second,
    longest: day,
    example: '5 min',
  },
  defaultCountry: {
    kind: 'country',
    about:
      'The country as whose number `to` is read when it is typed without a plus sign. A WhatsApp id that is already known here stays what it is. Without this setting every number begins with its country code.',
    default: null,
    example: 'BR',
  },
  defaultFallback: {
    kind: 'template',
    about:
      'The template that goes instead of a text when the window is closed and the request says neither `fallback` nor `onClosedWindow`. Where its body has exactly one placeholder, the text becomes its value, on one line; else it needs to have none.',
    default: null,
    example: { name: 'interview_reminder', language: 'pt_BR' },
  },
  phoneFallbacks: {
    kind: 'phone-templates',
    about:
      'What stands in for `defaultFallback` on single business phones, by their ids: templates belong to a WhatsApp account, so phones of two accounts need one each.',
    default: {},
    example: { '200100200100200': { name: 'interview_reminder', language: 'pt_BR' } },
  },
  optOutWords: {
    kind: 'words',
    about:
      'What people write to stop marketing messages, beside STOP, SAIR and the other usual words. Only a message that is nothing else counts; case, accents and signs make no difference. It holds for what arrives from then on.',
    default: [],
    most: 50,
    example: ['Não quero mais', 'Fora da lista'],
  },
  quietHours: {
    kind: 'quiet-hours',
    about:
      'The hours in which no marketing message leaves, every day, by the clock of one time zone; what was asked for goes when they end, if its `notAfter` lets it. Everything else goes at any hour. Without this setting there are none.',
    default: null,
    example: { from: '21:00', until: '08:00', timeZone: 'America/Sao_Paulo' },
  },
  messagesPerSecond: {
    kind: 'number',
    about:
      'How many messages a second one business phone may carry, what it sends and what people write together. Without this setting it is what Meta allows: 80, 20 with the WhatsApp Business app beside it, 1,000 for large businesses; Recado asks Meta which. Set it lower to leave room for other programs that send from the same number.',
    default: null,
    least: 2,
    most: 100_000,
    example: 40,
  },
  prices: {
    kind: 'prices',
    about:
      'What Meta charges you for one message of each category, from its price list for your country. Meta tells no amounts, so `GET /v1/costs` estimates with these; without them it only counts.',
    default: {},
    example: { utility: { price: '0.0068', currency: 'USD' } },
  },
  retention: {
    kind: 'period',
    about:
      'For how long what happened is kept: webhooks as they were received, events, the messages of conversations, the tries to send. What is older is deleted for good, a little at a time. Contacts, opt-outs, costs and what became of each notification stay. Without this setting everything is kept.',
    default: null,
    // Meta delivers again for seven days; whoever reads the feed has to come back within this time.
    shortest: 30 * day,
    longest: 3_650 * day,
    example: '400 d',
  },
  mediaRetention: {
    kind: 'period',
    about:
      'For how long the files that people send are kept, counted from their messages. What is older is deleted for good; the messages stay. Without this setting files are kept as long as their messages.',
    default: null,
    // Within this time Meta still gives a file out: one that is deleted earlier could be fetched again.
    shortest: 7 * day,
    longest: 3_650 * day,
    example: '90 d',
  },
  mediaMegabytes: {
    kind: 'number',
    about:
      'The largest file of a message that is kept, in megabytes of 1,048,576 bytes. Without this setting every file is kept that Meta carries, up to 100.',
    default: null,
    least: 1,
    most: 100,
    example: 16,
  },
} as const satisfies Record<BehaviourName, BehaviourSetting>;

/** Every name, in the order of the declarations. */
export const behaviourNames = Object.keys(behaviourSettings) as BehaviourName[];

/** What a setting takes, to be read after its name. */
export function expectationOf(name: BehaviourName): string {
  const setting = behaviourSettings[name];
  switch (setting.kind) {
    case 'switch':
      return 'must be `true` or `false`';
    case 'duration':
    case 'period': {
      const { shortest, longest, example } = setting;
      return `must be a time from ${writeDuration(shortest)} to ${writeDuration(longest)}, such as \`${example}\``;
    }
    case 'number':
      return `must be a whole number from ${setting.least} to ${setting.most}, such as \`${setting.example}\``;
    case 'country':
      return 'must be the two capital letters of a country, such as `BR` (ISO 3166-1)';
    case 'template':
      return 'must be an object with exactly `name` and `language`, such as `{"name":"interview_reminder","language":"pt_BR"}`';
    case 'phone-templates':
      return 'must be an object with a template for each id of a business phone, such as `{"200100200100200":{"name":"interview_reminder","language":"pt_BR"}}`';
    case 'words':
      return `must be a list of at most ${setting.most} texts of up to 40 characters with a letter or a digit, none of which means to start again, such as \`["Não quero mais"]\``;
    case 'quiet-hours':
      return 'must be an object with exactly `from`, `until` and `timeZone`, such as `{"from":"21:00","until":"08:00","timeZone":"America/Sao_Paulo"}`: two different times as HH:MM and the IANA name of a time zone';
    case 'prices':
      return 'must be an object with a price for each category of Meta’s, such as `{"utility":{"price":"0.0068","currency":"USD"}}`: the price as text with at most six places, the currency in three capital letters';
  }
}

/** Whether a setting takes a value. */
export function takesValue(name: BehaviourName, value: unknown): boolean {
  const setting = behaviourSettings[name];
  switch (setting.kind) {
    case 'switch':
      return typeof value === 'boolean';
    case 'duration':
    case 'period':
      return durationWithin(setting, value) !== null;
    case 'number':
      return numberWithin(setting, value) !== null;
    case 'country':
      return countryIn(value) !== null;
    case 'template':
      return templateIn(value) !== null;
    case 'phone-templates':
      return phoneTemplatesIn(value) !== null;
    case 'words':
      return wordsIn(setting, value) !== null;
    case 'quiet-hours':
      return isJsonObject(value) && quietHoursIn(value) !== null;
    case 'prices':
      return pricesIn(value) !== null;
  }
}

/** The behaviour that stored values give. What is missing, or what this version cannot take, has its default. */
export function behaviourOf(stored: ReadonlyMap<string, Json>): Behaviour {
  const quietHours = stored.get('quietHours');
  const duration = (name: DurationName) =>
    durationWithin(behaviourSettings[name], stored.get(name)) ?? behaviourSettings[name].default;
  return {
    sendingStopped: stored.get('sendingStopped') === true,
    unknownPatience: duration('unknownPatience'),
    orderPatience: duration('orderPatience'),
    transactionalPatience: duration('transactionalPatience'),
    marketingPatience: duration('marketingPatience'),
    authenticationPatience: duration('authenticationPatience'),
    defaultCountry: countryIn(stored.get('defaultCountry')),
    messagesPerSecond: numberWithin(behaviourSettings.messagesPerSecond, stored.get('messagesPerSecond')),
    defaultFallback: templateIn(stored.get('defaultFallback')),
    phoneFallbacks: phoneTemplatesIn(stored.get('phoneFallbacks')) ?? {},
    optOutWords: wordsIn(behaviourSettings.optOutWords, stored.get('optOutWords')) ?? [],
    quietHours: isJsonObject(quietHours) ? quietHoursIn(quietHours) : null,
    prices: pricesIn(stored.get('prices')) ?? {},
    retention: durationWithin(behaviourSettings.retention, stored.get('retention')),
    mediaRetention: durationWithin(behaviourSettings.mediaRetention, stored.get('mediaRetention')),
    mediaMegabytes: numberWithin(behaviourSettings.mediaMegabytes, stored.get('mediaMegabytes')),
  };
}

/** The behaviour of an installation that has decided nothing. */
export const defaultBehaviour: Behaviour = behaviourOf(new Map());

/** The template that goes instead of a text from a business phone when nobody says which; null for none. */
export function fallbackOf(
  { defaultFallback, phoneFallbacks }: Pick<Behaviour, 'defaultFallback' | 'phoneFallbacks'>,
  businessPhoneId: string | null,
): TemplateReference | null {
  const own = new Map(Object.entries(phoneFallbacks)).get(businessPhoneId ?? '');
  return own ?? defaultFallback;
}

/** When the quiet hours end that hold a message of a purpose back at a moment, in milliseconds; null when none do. */
export function quietUntilOf(
  purpose: string,
  { quietHours }: Pick<Behaviour, 'quietHours'>,
  at: number,
): number | null {
  return purpose === 'marketing' && quietHours !== null ? endOfQuietHours(quietHours, at) : null;
}

/** A setting's value as people write it: times in words. */
export function writtenValue(name: BehaviourName, behaviour: Behaviour): Json {
  const value = behaviour[name];
  const { kind } = behaviourSettings[name];
  return typeof value === 'number' && (kind === 'duration' || kind === 'period')
    ? writeDuration(value)
    : value;
}

type DurationName = {
  [Name in BehaviourName]: (typeof behaviourSettings)[Name]['kind'] extends 'duration' ? Name : never;
}[BehaviourName];

function durationWithin(
  { shortest, longest }: { shortest: number; longest: number },
  value: unknown,
): number | null {
  const duration = typeof value === 'string' ? readDuration(value) : null;
  return duration !== null && duration >= shortest && duration <= longest ? duration : null;
}

function numberWithin({ least, most }: { least: number; most: number }, value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
    ? value
    : null;
}

function countryIn(value: unknown): string | null {
  return typeof value === 'string' && countries.includes(value) ? value : null;
}

function templateIn(value: unknown): TemplateReference | null {
  if (!isJsonObject(value) || Object.keys(value).length !== 2) return null;
  const { name, language } = value;
  return isFilled(name, 512) && isFilled(language, 20) ? { name, language } : null;
}

function wordsIn({ most }: { most: number }, value: unknown): string[] | null {
  if (!Array.isArray(value) || value.length > most) return null;
  const words = value.filter((word) => typeof word === 'string').filter(mayBeOptOutWord);
  return words.length === value.length ? words : null;
}

function phoneTemplatesIn(value: unknown): Record<string, TemplateReference> | null {
  if (!isJsonObject(value)) return null;
  const entries = Object.entries(value).map(([id, given]) => [id, templateIn(given)] as const);
  const templates = entries.flatMap(([id, template]) =>
    template === null || !/^\d{1,32}$/.test(id) ? [] : [[id, template] as const],
  );
  return templates.length === entries.length ? Object.fromEntries(templates) : null;
}

function pricesIn(value: unknown): Prices | null {
  if (!isJsonObject(value)) return null;
  const prices: Record<string, { price: string; currency: string }> = {};
  for (const [category, given] of Object.entries(value)) {
    if (!/^[a-z][a-z_-]{0,63}$/.test(category) || !isJsonObject(given)) return null;
    const { price, currency } = given;
    if (Object.keys(given).length !== 2 || typeof price !== 'string' || typeof currency !== 'string')
      return null;
    if (!pricePattern.test(price) || !/^[A-Z]{3}$/.test(currency)) return null;
    prices[category] = { price, currency };
  }
  return prices;
}

function isFilled(text: unknown, longest: number): text is string {
  return typeof text === 'string' && /\S/.test(text) && text.length <= longest;
}
