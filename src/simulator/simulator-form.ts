import * as z from 'zod';
import type { JsonObject } from '../domain/json.ts';
import { businessPhoneForm } from './accounts/business-phone-form.ts';
import { defaultAppId, defaultBusinessPhone } from './accounts/open-accounts.ts';
import { answerFaults, deliveryFaults } from './delivery/misbehaviour.ts';
import type { OpenQuestions } from './open-questions.ts';
import type { SimulatorOptions } from './simulator.ts';

const text = z.string().min(1);
const milliseconds = z.number().nonnegative();
const telling = z.enum(['status', 'answer']);
const json: z.ZodType<JsonObject> = z.record(z.string(), z.json());
const count = z.int().positive();

const openQuestions = z.strictObject({
  missingPermission: z.literal([10, 200]).exactOptional(),
  failedHandshake: z.int().exactOptional(),
  fieldsInDevelopment: z.array(text).exactOptional(),
  retryPeriod: milliseconds.exactOptional(),
  retriesGoTo: z.enum(['the-app-that-failed', 'every-app']).exactOptional(),
  otherSuccess: z.enum(['retried', 'acknowledged']).exactOptional(),
  appSubscriptions: z.enum(['taken', 'refused']).exactOptional(),
  openChats: z.enum(['delivered-and-read', 'read-alone']).exactOptional(),
  withoutPlus: z.enum(['international', 'own-country']).exactOptional(),
  encoding: z.enum(['utf-8', 'escaped', 'escaped-as-in-2017']).exactOptional(),
  otherVersions: z.enum(['refused', 'answered']).exactOptional(),
  edits: z.enum(['as-edits', 'as-unsupported']).exactOptional(),
  missingParameter: z.literal([131008, 100]).exactOptional(),
  invalidValue: z.literal([100, 131009]).exactOptional(),
  unknownType: z.literal([100, 131051]).exactOptional(),
  forbiddenCharacters: z.literal([132018, 132007]).exactOptional(),
  overMessagingLimit: z.literal([131048, 130429]).exactOptional(),
  toldBy: z.record(z.string().regex(/^\d+$/), telling).exactOptional(),
  prices: z.enum(['by-date', 'before-october-2026']).exactOptional(),
  listBodyLength: z.literal([4096, 1024]).exactOptional(),
  templateLimits: z
    .strictObject({ header: count, body: count, footer: count, button: count, buttons: count })
    .exactOptional(),
} satisfies Record<keyof OpenQuestions, z.ZodType>);

/** The options that are data; the others are given by whoever starts the simulator. */
type DataOptions = Omit<SimulatorOptions, 'host' | 'port' | 'clock'>;

const furtherApp = z.strictObject({
  id: z.string().regex(/^\d+$/),
  secret: text,
  name: text.exactOptional(),
  mode: z.enum(['live', 'development']).exactOptional(),
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .exactOptional(),
  verifyToken: z.string().exactOptional(),
  fields: z.array(text).exactOptional(),
  subscribedTo: z.array(text).exactOptional(),
});

const furtherToken = z.strictObject({
  value: text,
  kind: z.enum(['system-user', 'user', 'temporary']).exactOptional(),
  appId: text.exactOptional(),
  scopes: z.array(text).exactOptional(),
  accountIds: z.array(text).nullable().exactOptional(),
  expiresAt: z.number().nullable().exactOptional(),
});

/** The options as JSON has them. */
export const simulatorForm = z.strictObject({
  businessPhone: businessPhoneForm.exactOptional(),
  furtherBusinessPhones: z.array(businessPhoneForm).exactOptional(),
  appId: text.exactOptional(),
  appSecret: text.exactOptional(),
  verifyToken: text.exactOptional(),
  accessToken: text.exactOptional(),
  furtherApps: z.array(furtherApp).exactOptional(),
  furtherTokens: z.array(furtherToken).exactOptional(),
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .exactOptional(),
  templates: z
    .array(
      z.strictObject({
        name: text,
        language: text,
        status: text,
        bodyParameters: z.int().nonnegative(),
        category: z.enum(['utility', 'marketing', 'authentication']).exactOptional(),
        body: text.exactOptional(),
        components: z.array(json).exactOptional(),
      }),
    )
    .exactOptional(),
  closedWindow: telling.exactOptional(),
  latency: milliseconds.exactOptional(),
  patience: milliseconds.exactOptional(),
  seed: text.exactOptional(),
  batching: z.enum(['off', 'elements', 'changes', 'entries']).exactOptional(),
  misbehaviour: z
    .partialRecord(z.enum([...deliveryFaults, ...answerFaults]), z.number().min(0).max(1))
    .exactOptional(),
  throttling: z.enum(['off', 'as-meta']).exactOptional(),
  templateReview: z.strictObject({ delay: milliseconds.exactOptional() }).exactOptional(),
  magicRecipients: z.boolean().exactOptional(),
  groups: z.array(z.strictObject({ id: text, members: z.array(text) })).exactOptional(),
  webhookShape: z
    .strictObject({
      version: z.int().min(20).max(26).exactOptional(),
      userIds: z.boolean().exactOptional(),
      pricingModel: z.enum(['by-date', 'CBP', 'PMP']).exactOptional(),
      priceWith: z.enum(['sent', 'delivered']).exactOptional(),
      mediaUrls: z.boolean().exactOptional(),
    })
    .exactOptional(),
  openQuestions: openQuestions.exactOptional(),
} satisfies Record<keyof DataOptions, z.ZodType>);

const wholeForm = simulatorForm.superRefine((options, context) => {
  const phones = [options.businessPhone ?? defaultBusinessPhone, ...(options.furtherBusinessPhones ?? [])];
  const wabaIds = phones.map(({ wabaId }) => wabaId);
  const appIds = [options.appId ?? defaultAppId, ...(options.furtherApps ?? []).map(({ id }) => id)];
  const mustKnow = (known: readonly string[], given: string | undefined, path: (string | number)[]) => {
    if (given === undefined || known.includes(given)) return;
    context.addIssue({
      code: 'custom',
      path,
      message: `${given} is not there. Known are: ${known.join(', ')}`,
    });
  };
  for (const [index, app] of (options.furtherApps ?? []).entries()) {
    for (const id of app.subscribedTo ?? []) mustKnow(wabaIds, id, ['furtherApps', index, 'subscribedTo']);
  }
  for (const [index, token] of (options.furtherTokens ?? []).entries()) {
    mustKnow(appIds, token.appId, ['furtherTokens', index, 'appId']);
  }
});

/**
 * Reads the options of a simulator that JSON can hold: all but `host`, `port` and `clock`.
 *
 * @throws TypeError whose message names every mistake
 */
export function readSimulatorOptions(given: unknown): DataOptions {
  const read = wholeForm.safeParse(given);
  if (read.success) return read.data;
  throw new TypeError(z.prettifyError(read.error));
}
