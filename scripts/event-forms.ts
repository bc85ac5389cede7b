/**
 * Every form of event that Meta documents (meta-facts §3, §4), with an example among the bodies of
 * test/fixtures/webhooks: for docs/events.md, and for the test that nothing of it is forgotten.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type EventKind, eventKinds } from '../src/domain/event.ts';
import type { EventContent } from '../src/domain/event-content/event-content.ts';
import { summaryOf } from '../src/domain/event-content/event-summary.ts';
import type { Json } from '../src/domain/json.ts';
import { locate } from '../src/whatsapp/element-path.ts';
import { createEventKeys } from '../src/whatsapp/event-key.ts';
import { parseWebhook } from '../src/whatsapp/parse-webhook.ts';
import { readContentAt } from '../src/whatsapp/read-content.ts';
import { parseBody } from '../src/whatsapp/read-event.ts';

/** One row: a webhook field, Meta's word in it (null where it has none), and what it becomes. */
export type EventForm = { field: string; word: string | null; kind: EventKind; form: string | null };

function forms(
  field: string,
  kind: EventKind,
  byForm: Readonly<Record<string, readonly (string | null)[]>>,
): EventForm[] {
  return Object.entries(byForm).flatMap(([form, words]) =>
    words.map((word) => ({ field, word, kind, form: form === '' ? null : form })),
  );
}

/** All of them, in the order of the kinds. */
export const eventForms: readonly EventForm[] = [
  ...forms('messages', 'status', { '': ['sent', 'delivered', 'read', 'played', 'failed', 'deleted'] }),
  ...forms('messages', 'error', { '': [null] }),
  ...forms('messages', 'action', { 'link-click': ['marketing_messages_link_click'] }),
  ...forms('messages', 'context', { '': [null] }),
  ...forms('calls', 'call', {
    connect: ['connect'],
    status: ['RINGING', 'ACCEPTED', 'REJECTED'],
    terminate: ['terminate'],
  }),
  ...forms('smb_message_echoes', 'echo', { '': [null] }),
  ...forms('message_echoes', 'echo', { '': [null] }),
  ...forms('history', 'history', { chunk: [null], message: [null], withheld: [null] }),
  ...forms('smb_app_state_sync', 'sync', {
    'contact-added': ['add'],
    'contact-edited': ['edit'],
    'contact-removed': ['remove'],
  }),
  ...forms('user_preferences', 'preference', {
    stopped: ['stop'],
    resumed: ['resume'],
    'signed-up': ['signup'],
  }),
  ...forms('user_id_update', 'identity', { 'user-id-changed': [null] }),
  ...forms('consumer_profile', 'identity', { profile: [null] }),
  ...forms('group_lifecycle_update', 'group', { lifecycle: ['group_create'] }),
  ...forms('group_participants_update', 'group', { participants: [null] }),
  ...forms('group_settings_update', 'group', { settings: ['group_settings_update'] }),
  ...forms('group_status_update', 'group', { status: ['group_suspend'] }),
  ...forms('message_template_status_update', 'template', {
    status: [
      'APPROVED',
      'ARCHIVED',
      'UNARCHIVED',
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
    ],
  }),
  ...forms('message_template_quality_update', 'template', { quality: [null] }),
  ...forms('message_template_components_update', 'template', { components: [null] }),
  ...forms('template_category_update', 'template', { category: ['correct_category', 'previous_category'] }),
  ...forms('template_correct_category_detection', 'template', { 'category-detection': [null] }),
  ...forms('account_update', 'account', {
    notice: [
      'ACCOUNT_DELETED',
      'ACCOUNT_OFFBOARDED',
      'ACCOUNT_RECONNECTED',
      'VERIFIED_ACCOUNT',
      'AD_ACCOUNT_LINKED',
      'MM_LITE_TERMS_SIGNED',
    ],
    violation: ['ACCOUNT_VIOLATION'],
    restriction: ['ACCOUNT_RESTRICTION'],
    ban: ['SCHEDULE_FOR_DISABLE', 'DISABLE', 'REINSTATE'],
    partner: ['PARTNER_ADDED', 'PARTNER_REMOVED', 'PARTNER_APP_INSTALLED', 'PARTNER_APP_UNINSTALLED'],
    'partner-certification': [
      'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
      'PARTNER_CLIENT_CERTIFICATION_NEEDED',
    ],
    'pricing-tier': ['VOLUME_BASED_PRICING_TIER_UPDATE'],
    'price-eligibility': ['AUTH_INTL_PRICE_ELIGIBILITY_UPDATE'],
    country: ['BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE'],
  }),
  ...forms('account_alerts', 'account', { alert: [null] }),
  ...forms('account_review_update', 'account', { review: ['APPROVED'] }),
  ...forms('account_settings_update', 'account', { settings: [null] }),
  ...forms('business_capability_update', 'account', { capability: [null] }),
  ...forms('business_status_update', 'account', { 'business-status': [null] }),
  ...forms('phone_number_name_update', 'phone', { name: ['APPROVED', 'REJECTED', 'PENDING', 'DEFERRED'] }),
  ...forms('phone_number_quality_update', 'phone', {
    quality: ['THROUGHPUT_UPGRADE', 'ONBOARDING', 'UPGRADE', 'DOWNGRADE', 'FLAGGED'],
  }),
  ...forms('business_username_updates', 'phone', { username: ['reserved'] }),
  ...forms('security', 'security', { '': ['PIN_CHANGED', 'PIN_RESET_REQUEST', 'PIN_REQUEST_SUCCESS'] }),
  ...forms('flows', 'flow', {
    status: ['FLOW_STATUS_CHANGE'],
    'error-rate': ['CLIENT_ERROR_RATE', 'ENDPOINT_ERROR_RATE'],
    latency: ['ENDPOINT_LATENCY'],
    'version-expiry': ['FLOW_VERSION_EXPIRY_WARNING'],
  }),
  ...forms('messaging_handovers', 'handover', { '': ['control_taken'] }),
  ...forms('standby', 'standby', { message: [null], status: [null], echo: [null] }),
  ...forms('payment_configuration_update', 'payment', { '': [null] }),
  ...forms('partner_solutions', 'partner', { '': ['SOLUTION_CREATED'] }),
  ...forms('automatic_events', 'tracking', { '': [null] }),
  ...forms('tracking_events', 'tracking', { '': [null] }),
];

/** An event of a body in test/fixtures/webhooks. */
export type EventExample = { field: string | null; kind: EventKind; element: Json; content: EventContent };

/** Every event of every body in test/fixtures/webhooks. */
export function eventExamples(): EventExample[] {
  const folder = fileURLToPath(new URL('../test/fixtures/webhooks/', import.meta.url));
  const keys = createEventKeys(new Uint8Array(32));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const bytes = readFileSync(folder + file);
      const body = parseBody(bytes);
      return parseWebhook(bytes, keys).events.map(({ kind, path }) => ({
        field: fieldAt(body, path),
        kind,
        element: locate(body, path).element ?? null,
        content: readContentAt(kind, body, path),
      }));
    });
}

function fieldAt(body: Json | undefined, path: string): string | null {
  const change = locate(body, path.split('.').slice(0, 2).join('.')).element;
  const field = change instanceof Object && !Array.isArray(change) ? change['field'] : null;
  return typeof field === 'string' ? field : null;
}

/** The first example of a row; undefined when there is none. */
export function exampleOf(row: EventForm, examples: readonly EventExample[]): EventExample | undefined {
  return examples.find(
    ({ field, kind, element, content }) =>
      field === row.field &&
      kind === row.kind &&
      formOf(content) === row.form &&
      (row.word === null || JSON.stringify(element).includes(`"${row.word}"`)),
  );
}

/** Which form of its kind a content is; null where the kind has one form only. */
export function formOf(content: EventContent): string | null {
  return content !== null && 'form' in content ? content.form : null;
}

/** The cells of the table in docs/events.md. */
export function eventFormCells(): string[][] {
  const examples = eventExamples();
  return eventForms.map((row) => {
    const example = exampleOf(row, examples);
    if (example === undefined)
      throw new Error(`No body in test/fixtures/webhooks has ${JSON.stringify(row)}.`);
    const { kind, content } = example;
    const code = (word: string | null) => (word === null ? '' : `\`${word}\``);
    return [
      code(row.field),
      code(row.word),
      `[${row.kind}](#${row.kind})`,
      code(row.form),
      summaryOf(kind, content, 'en'),
      summaryOf(kind, content, 'pt-BR'),
    ];
  });
}

/** The shape of each kind's content, as its source tells it. */
export function contentShapes(): { kind: EventKind; source: string }[] {
  return eventKinds.flatMap((kind) => {
    if (kind === 'message' || kind === 'notification' || kind === 'alarm') return [];
    const file = new URL(`../src/domain/event-content/${kind}.ts`, import.meta.url);
    return [{ kind, source: shapeIn(readFileSync(file, 'utf8')) }];
  });
}

/** The types of a source file as a reader of the documents wants them. */
export function shapeIn(source: string): string {
  return source
    .replaceAll(/^import .*\n/gm, '')
    .replaceAll(/^export /gm, '')
    .replaceAll(/ \(meta-facts [^)]*\)/g, '')
    .replaceAll(/(\w+At): number/g, '$1: Instant')
    .trim();
}
