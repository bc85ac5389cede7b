/**
 * Everything that people and Meta can be made to do as data, with what it takes and an example of each: for
 * docs/simulator-reference.md, and for the test that every example can be done.
 */
import type * as z from 'zod';
import { isJsonObject, type JsonObject } from '../src/domain/json.ts';
import { groupNews, plainNews } from '../src/simulator/bodies/meta-news-form.ts';
import { metaStep } from '../src/simulator/meta-steps.ts';
import { otherContent, personStep } from '../src/simulator/people/person-steps.ts';
import { membersInWords, partsOf, schemaOf } from './forms-in-words.ts';

/** One act: its word, the members that it takes beside the word, and an example. */
export type ActRow = { word: string; takes: string; example: JsonObject };

const template = { id: '700100700100701', name: 'hello_world', language: 'en_US' };
const group = { kind: 'group', groupId: 'Y2FwaV9ncm91cDox' };
const phone = { displayPhoneNumber: '551132100000' };

/** What a person does, of each kind one. */
const personExamples: readonly JsonObject[] = [
  { does: 'joins', name: 'Ana Souza' },
  {
    does: 'writes',
    text: 'Hi',
    adClick: { sourceUrl: 'https://fb.example/ad', sourceId: '120', headline: 'Cakes', body: 'Baked today' },
  },
  { does: 'sends', content: { kind: 'request-welcome' } },
  { does: 'edits', messageId: 'last', text: 'Hello' },
  { does: 'deletes', messageId: 'last' },
  { does: 'shows-read-receipts', shown: false },
  { does: 'sends-file', kind: 'audio', mimeType: 'audio/ogg; codecs=opus', base64: 'T2dnUw==', voice: true },
  { does: 'sends-location', latitude: -3.73, longitude: -38.52, name: 'Bakery' },
  { does: 'taps', choice: 'Yes' },
  { does: 'reacts', to: 'last', emoji: '👍' },
  { does: 'reads' },
  { does: 'plays', messageId: 'last' },
  { does: 'calls', lasting: 60_000 },
  { does: 'stops-marketing' },
  { does: 'resumes-marketing' },
  { does: 'blocks' },
  { does: 'unblocks' },
  { does: 'goes-offline' },
  { does: 'goes-online' },
  { does: 'opens-chat' },
  { does: 'closes-chat' },
  { does: 'changes-number', waId: '558587650000' },
  { does: 'takes-username', username: 'ana.souza', hideNumber: true },
  { does: 'is-answered-in-app', text: 'We close at six' },
  { does: 'stands-by', standby: true },
  { does: 'answers-always', text: 'Thank you', after: 5_000 },
];

/** What `sends` takes, of each kind one. */
const contentExamples: readonly JsonObject[] = [
  {
    kind: 'contacts',
    cards: [
      { name: 'Bia', phones: [{ number: '+55 11 91234-5678', waId: null, label: 'CELL' }], company: null },
    ],
  },
  {
    kind: 'order',
    catalogId: '1',
    text: null,
    items: [{ productRetailerId: 'cake', quantity: 2, itemPrice: 9.5, currency: 'BRL' }],
  },
  { kind: 'form-reply', form: 'flow', body: 'Sent', responseJson: '{"size":"M"}' },
  { kind: 'call-permission-reply', accepted: true, expiresAt: null },
  { kind: 'request-welcome' },
  { kind: 'unsupported', metaType: 'poll_creation' },
  { kind: 'invented', type: 'hologram', words: 'A type of tomorrow' },
];

/** What Meta does, of each kind one. */
const metaExamples: readonly JsonObject[] = [
  { does: 'misbehaves', fault: 'duplicate', times: 3, about: 'message' },
  { does: 'behaves' },
  { does: 'refuses-next', code: 131_016 },
  { does: 'loses-next-answer' },
  { does: 'sets-conditions', paymentProblem: true, marketingPerPerson: 2 },
  { does: 'tells', news: { kind: 'account-review', decision: 'APPROVED' } },
  { does: 'expires-tokens' },
  { does: 'renews-tokens' },
  { does: 'unregisters' },
  { does: 'registers' },
  { does: 'holds-statuses' },
  { does: 'releases-statuses' },
  { does: 'sets-phone', qualityRating: 'RED', throughputLevel: 'HIGH' },
  { does: 'sets-app', mode: 'development', fields: ['messages'] },
  { does: 'sets-account', canSendMessage: 'BLOCKED' },
  { does: 'sets-token', scopes: ['whatsapp_business_messaging'] },
  { does: 'decides-template', name: 'hello_world', language: 'en_US', status: 'PAUSED' },
  { does: 'releases-held' },
];

/** What Meta tells, of each kind one. */
const newsExamples: readonly JsonObject[] = [
  {
    kind: 'template-status',
    template,
    event: 'REJECTED',
    category: 'MARKETING',
    reason: 'PROMOTIONAL',
  },
  { kind: 'template-quality', template, former: 'GREEN', quality: 'YELLOW' },
  { kind: 'template-category', template, former: 'UTILITY', category: 'MARKETING', changesAt: null },
  { kind: 'template-components', template, title: null, body: 'Hello {{1}}', footer: null },
  {
    kind: 'phone-quality',
    ...phone,
    event: 'DOWNGRADE',
    limit: 'TIER_250',
    formerLimit: 'TIER_2K',
  },
  { kind: 'phone-name', ...phone, decision: 'APPROVED', requestedName: 'Bakery', rejectionReason: null },
  { kind: 'account-update', event: 'ACCOUNT_RESTRICTION', parts: { restriction_info: [] } },
  { kind: 'account-review', decision: 'APPROVED' },
  {
    kind: 'account-alert',
    entityType: 'WABA',
    entityId: '300100300100300',
    severity: 'WARNING',
    alertType: 'OBA_APPROVED',
    description: 'The account is official now',
  },
  { kind: 'capability', dailyLimit: 'TIER_2K', phoneNumbers: 25 },
  { kind: 'security', ...phone, event: 'PIN_CHANGED', requester: null },
  { kind: 'invented-field' },
  { kind: 'phone-error', code: 130_429, title: 'Rate limit hit', details: 'Too many messages' },
  { kind: 'dashboard-test' },
  { kind: 'full-batch', updates: 1_000, bytes: 3_145_728 },
  { kind: 'username', username: 'bakery', status: 'approved' },
  { kind: 'handover', waId: '558587654321', formerOwner: 'ai_agent', owner: 'escalation' },
  { kind: 'address-book', waId: '558587654321', fullName: 'Ana Souza', firstName: 'Ana' },
  {
    kind: 'history',
    phase: 0,
    chunkOrder: 1,
    progress: 100,
    threads: [
      {
        waId: '558587654321',
        messages: [
          {
            id: 'wamid.old',
            at: 1_780_000_000_000,
            from: 'person',
            content: { kind: 'text', body: 'Hi' },
            status: 'READ',
          },
        ],
      },
    ],
  },
  {
    ...group,
    field: 'group_lifecycle_update',
    subject: 'Orders',
    description: null,
    added: ['558587654321'],
    requestId: '1',
  },
  { ...group, field: 'group_participants_update', removed: ['558587654321'], requestId: '2' },
  {
    ...group,
    field: 'group_settings_update',
    picture: { mimeType: 'image/jpeg', sha256: 'zgkY' },
    requestId: '3',
  },
  { ...group, field: 'group_status_update' },
];

/** Acts of people, what they send otherwise, steps of Meta's, and its news. */
export const simulatorActs = {
  people: rows(personStep.options, 'does', personExamples),
  contents: rows(otherContent.options, 'kind', contentExamples),
  meta: rows(metaStep.options, 'does', metaExamples),
  news: [
    ...rows(plainNews.options, 'kind', newsExamples),
    ...rows(groupNews.options, 'field', newsExamples).map((row) => ({ ...row, word: `group, ${row.word}` })),
  ],
};

/** A row for each form, with its example. Throws where one has none: so the page has all of them. */
function rows(
  forms: readonly z.ZodType[],
  discriminator: string,
  examples: readonly JsonObject[],
): readonly ActRow[] {
  return forms.map((form) => {
    const { properties, required } = partsOf(schemaOf(form));
    const wordSchema = properties[discriminator];
    const word = isJsonObject(wordSchema) ? wordSchema.const : undefined;
    const example = examples.find((one) => one[discriminator] === word);
    if (typeof word !== 'string' || example === undefined) {
      throw new Error(`There is no example of ${JSON.stringify(word)} in scripts/simulator-acts.ts.`);
    }
    const members = Object.entries(properties).filter(([name]) => name !== discriminator);
    return { word, takes: membersInWords(members, required), example };
  });
}
