import { type AccountFact, templateSubject } from '../../src/domain/account-fact.ts';
import { type Alarm, resolved, sighted } from '../../src/domain/alarm.ts';
import type { Command } from '../../src/domain/command.ts';
import type { ConnectionWay, StepOutcome } from '../../src/domain/connection.ts';
import type { Contact } from '../../src/domain/contact.ts';
import { type Conversation, windowAt } from '../../src/domain/conversation.ts';
import { failureOf } from '../../src/domain/failure.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import type { MediaFile } from '../../src/domain/media-file.ts';
import type { Merge } from '../../src/domain/merge.ts';
import type { Notification } from '../../src/domain/notification.ts';
import type { TemplateDefinition } from '../../src/domain/template.ts';
import type { ShownContact } from '../../src/domain/views.ts';
import type { RereadScope } from '../../src/flows/inbound/reread.ts';
import type { RereadRun } from '../../src/flows/inbound/reread-runs.ts';
import { ShelfFailure } from '../../src/flows/media/media-shelf.ts';
import type { UploadResult } from '../../src/flows/media/upload-file.ts';
import type { MarkedRead } from '../../src/flows/outbound/mark-read.ts';
import type {
  ConsiderNotification,
  NotificationRequest,
  TakeResult,
} from '../../src/flows/outbound/take-contract.ts';
import type { Connect, Connection } from '../../src/flows/setup/connect.ts';
import type { DoctorRun } from '../../src/flows/setup/doctor.ts';
import type { TemplateChange } from '../../src/flows/templates/change-templates.ts';
import type { ApiPorts } from '../../src/server/api.ts';
import type { NotificationDetails } from '../../src/server/representations/notification.ts';
import type { HealthPorts } from '../../src/server/routes/health.ts';
import type { MetricsPorts } from '../../src/server/routes/metrics.ts';
import { createAccessPorts } from './in-memory-access.ts';
import { inMemoryBatches } from './in-memory-batches.ts';
import { inMemoryConfiguration } from './in-memory-configuration.ts';
import { inMemoryEndpoints } from './in-memory-endpoints.ts';
import { createFeed } from './in-memory-feed.ts';

const lane = phoneLane('200100200100200');

/** A template in Meta's books. */
const templates: TemplateDefinition[] = ['order_ready', 'refused', 'unanswered', 'homeless'].map((name) => ({
  wabaId: '300100300100300',
  templateId: '1',
  name,
  language: 'pt_BR',
  status: 'APPROVED',
  category: 'utility',
  quality: 'GREEN',
  reason: null,
  named: false,
  header: { format: 'text', text: 'Pedido' },
  body: 'Olá, {{1}}!',
  footer: null,
  buttons: [{ kind: 'url', text: 'Ver', url: 'https://shop.example/{{1}}' }],
  whole: true,
  components: [{ type: 'BODY', text: 'Olá, {{1}}!' }],
}));

/** Noon of the day on which these tests play. */
export const noon = Date.parse('2026-11-20T12:00:00Z');

const hour = 60 * 60 * 1000;

/** An id of sixteen characters that sorts by its number. */
export function idOf(
  prefix: 'nt' | 'ct' | 'cv' | 'ak' | 'al' | 'mg' | 'cm' | 'bt' | 'ep',
  number: number,
): string {
  return `${prefix}_${String(number).padStart(16, '0')}`;
}

/** A connection of which one part can be done, and Meta refuses the other. */
const pretendConnection: Connect = {
  plan: async (way) => connectionOf(way, 'to-change'),
  carryOut: async (way) => connectionOf(way, 'changed'),
};

function connectionOf(way: ConnectionWay, outcome: StepOutcome): Connection {
  const step = { now: null, wanted: null, warning: null, problem: null, change: null };
  return {
    callbackUrl: 'https://api.example.com/webhooks/whatsapp/',
    way,
    steps: [
      { ...step, part: 'app-callback', subject: '400100400100400', now: 'no callback', outcome },
      {
        ...step,
        part: 'registration',
        subject: '200100200100200',
        problem: { code: 'meta-refused', metaCode: 133_005, details: 'PIN mismatch' },
        outcome: outcome === 'changed' ? 'failed' : 'blocked',
      },
    ],
  };
}

/** Five letters that are kept, and where they would be kept. */
const fileBytes = { bytes: Buffer.from('Olá!'), sha256: 'a'.repeat(64) };

const mediaFile: MediaFile = {
  id: '1',
  lane,
  position: 1,
  receivedAt: noon - hour,
  mimeType: 'text/html',
  filename: '../Orçamento "2".html',
  state: 'kept',
  sha256: fileBytes.sha256,
  size: fileBytes.bytes.byteLength,
  failure: null,
  tries: 1,
  nextTryAt: null,
  endedAt: noon - hour,
};

/** One of each kind: kept, waiting, failed, waiting behind a failure, kept elsewhere, and where nobody can read. */
const mediaFiles: MediaFile[] = [
  mediaFile,
  { ...mediaFile, id: '2', position: 2, state: 'waiting', sha256: null, size: null, nextTryAt: noon },
  {
    ...mediaFile,
    id: '3',
    position: 3,
    state: 'failed',
    sha256: null,
    failure: failureOf('media-expired', { code: 100, details: 'Meta did not give the file out.' }),
  },
  {
    ...mediaFile,
    id: '4',
    position: 4,
    state: 'waiting',
    sha256: null,
    failure: failureOf('media-not-kept', { code: null, details: 'The system said ENOSPC.' }),
    nextTryAt: noon + 90_000,
  },
  { ...mediaFile, id: '5', position: 5, sha256: 'b'.repeat(64) },
  { ...mediaFile, id: '6', position: 6, sha256: 'c'.repeat(64) },
];

async function* partsOf(bytes: Uint8Array, part = { first: 0, last: bytes.byteLength - 1 }) {
  yield bytes.subarray(part.first, part.last + 1);
}

const configuration = await inMemoryConfiguration({ now: () => noon });

/**
 * What the API needs, in memory. `+55 85 1111-1111` is refused because its window is closed; `nonsense` is no
 * recipient.
 */
export function createPorts() {
  const feed = createFeed();
  const access = createAccessPorts({ now: () => noon });
  const requests: NotificationRequest[] = [];
  const notifications: NotificationDetails[] = [];
  const keys = new Map<string, { notification: Notification; content: string }>();
  const state = { ready: true, broken: false, commandsWait: false, commandsCancel: false };
  const reread: { run: RereadRun | null } = { run: null };
  const doctor: { run: DoctorRun | null; busy: boolean } = { run: null, busy: false };
  const commands: Command[] = [];

  async function takeNotification(request: NotificationRequest): Promise<TakeResult> {
    if (state.broken) throw new Error('segredo: the disk is gone');
    requests.push(request);
    if (request.to === 'nonsense') {
      return { outcome: 'invalid', field: 'to', failure: failureOf('recipient-invalid') };
    }
    const { idempotency, ...rest } = request;
    const content = JSON.stringify(rest);
    const key = idempotency === null ? null : `${idempotency.scope} ${idempotency.key}`;
    const earlier = key === null ? undefined : keys.get(key);
    if (earlier !== undefined) {
      const { notification } = earlier;
      return earlier.content === content
        ? { outcome: 'repeated', refused: notification.decision === 'refuse', notification }
        : { outcome: 'conflict', notificationId: notification.id };
    }
    const refused = request.to === '+55 85 1111-1111';
    const notification = notificationOf(request, notifications.length + 1, refused);
    notifications.push({ notification, attempts: [], statuses: [], charge: null });
    if (key !== null) keys.set(key, { notification, content });
    return { outcome: refused ? 'refused' : 'taken', notification };
  }

  async function considerNotification(
    request: Omit<NotificationRequest, 'idempotency'>,
  ): ReturnType<ConsiderNotification> {
    if (state.broken) throw new Error('segredo: the disk is gone');
    if (request.to === 'nonsense') {
      return { outcome: 'invalid', field: 'to', failure: failureOf('recipient-invalid') };
    }
    const refused = request.to === '+55 85 1111-1111';
    const { recipient, because } = notificationOf({ ...request, idempotency: null }, 1, refused);
    return {
      outcome: 'considered',
      at: noon,
      lane,
      recipient,
      contact: null,
      window: windowAt(null, noon),
      earliest: Math.max(noon, request.notBefore ?? noon),
      fallback: request.fallback,
      holds: request.onClosedWindow === 'hold',
      admission: refused
        ? { decision: 'refuse', because, failure: failureOf('window-closed') }
        : { decision: 'free-form', because, content: request.content, costCategory: 'service' },
    };
  }

  /** Of a name that begins with the word, Meta says so. */
  function changeOf(name: string): TemplateChange {
    if (name.startsWith('refused')) {
      return { outcome: 'refused', error: { code: 100, subcode: null, message: 'Invalid parameter' } };
    }
    if (name.startsWith('unanswered')) return { outcome: 'unanswered', reason: 'the connection broke' };
    return { outcome: name.startsWith('homeless') ? 'no-account' : 'done' };
  }

  const ports: ApiPorts & HealthPorts & MetricsPorts = {
    ...feed,
    ...access.ports,
    ...configuration,
    ...inMemoryBatches(noon, idOf),
    ...inMemoryEndpoints(),
    clock: { now: () => noon },
    takeNotification,
    considerNotification,
    async markRead(id) {
      const outcomes: Record<string, MarkedRead> = {
        [idOf('cv', 1)]: { outcome: 'marked', messageId: 'wamid.X' },
        [idOf('cv', 2)]: { outcome: 'nothing-to-read' },
        [idOf('cv', 3)]: {
          outcome: 'refused',
          failure: failureOf('request-invalid', { code: 131009, details: null }),
        },
        [idOf('cv', 4)]: { outcome: 'unanswered', reason: 'the connection broke' },
        [idOf('cv', 5)]: { outcome: 'no-sender', failure: 'access-token-missing' },
      };
      return outcomes[id] ?? { outcome: 'unknown' };
    },
    listTemplates: async () => templates.map((template) => ({ template, syncedAt: noon })),
    syncTemplates: async () => [
      { wabaId: '300100300100300', outcome: 'synced', count: templates.length },
      { wabaId: '300100300100301', outcome: 'failed', because: 'Meta did not answer' },
    ],
    changeTemplates: {
      create: async (template) => changeOf(template.name),
      edit: async (name) => changeOf(name),
      remove: async (name) => changeOf(name),
    },
    listAlarms: async ({ after, limit }) =>
      alarms.slice(after === null ? 0 : alarms.findIndex(({ id }) => id === after) + 1).slice(0, limit),
    metrics: {
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      text: async () => '# TYPE recado_feed_position gauge\nrecado_feed_position 7\n',
    },
    listNotifications: async ({ after, limit, state: wanted, failure = null, newest = false }) =>
      (newest ? notifications.toReversed() : notifications)
        .filter(({ notification: { id } }) => after === null || (newest ? id < after : id > after))
        .filter(({ notification }) => wanted === null || notification.state === wanted)
        .filter(({ notification }) => failure === null || notification.failure?.code === failure)
        .slice(0, limit),
    countNotifications: async () =>
      notifications.map(({ notification: { state: counted, failure } }) => ({
        state: counted,
        failure: failure?.code ?? null,
        count: 1,
      })),
    findNotification: async (id) => notifications.find(({ notification }) => notification.id === id) ?? null,
    listContacts: async ({ after, limit, search }) =>
      contacts
        .filter(({ contact }) => after === null || contact.id > after)
        .filter(({ contact }) => search === null || contact.name?.includes(search))
        .slice(0, limit),
    findContact: async (id) => contacts.find(({ contact }) => contact.id === id) ?? null,
    changeOptOut: async ({ who, optedOut, purpose, evidence }) =>
      contacts.some(({ contact }) => contact.id === who)
        ? { optOuts: optedOut ? [{ purpose, since: noon, evidence }] : [] }
        : { refusal: 'contact-unknown' },
    readAccountFacts: async (names) => accountFacts.filter(({ content }) => names.includes(content.name)),
    phoneNumberIdMistake: () => null,
    unregisteredPhones: async () => [],
    auditTimes: async () => [],
    async registerPhone(id, pin) {
      if (!configuration.businessPhones.isOurs(id)) return { outcome: 'not-tried', because: 'unknown' };
      switch (pin) {
        case null:
          return { outcome: 'not-tried', because: 'pin-missing' };
        case '133005':
          return { outcome: 'refused', failure: { ...failureOf('meta-refused'), metaCode: 133_005 } };
        case '000502':
          return { outcome: 'unanswered', reason: 'HTTP 502 without Meta’s word on it' };
        case '000010':
          return { outcome: 'not-tried', because: 'used-up', until: noon };
        case '000190':
          return { outcome: 'not-tried', because: 'no-sender', failure: 'access-token-missing' };
        default:
          return { outcome: 'registered' };
      }
    },
    connection: pretendConnection,
    prices: () => ({ utility: { price: '0.0068', currency: 'USD' } }),
    countCharges: async () => [
      {
        billable: true,
        model: 'PMP',
        type: 'regular',
        failed: false,
        category: 'utility',
        messages: 3,
        conversations: 0,
      },
    ],
    listMerges: async ({ contactId, after, limit }) =>
      merges
        .filter(({ survivor }) => survivor === contactId)
        .filter(({ id }) => after === null || id > after)
        .slice(0, limit),
    findMerge: async (id) => merges.find((merge) => merge.id === id) ?? null,
    async giveCommand(commandLane, request, actor) {
      const id = idOf('cm', commands.length + 1);
      const waits = state.commandsWait;
      const command: Command = {
        id,
        lane: commandLane,
        request,
        actor,
        createdAt: noon,
        appliedAt: waits ? null : noon,
        result: waits ? null : { outcome: 'done' },
      };
      commands.push(command);
      const details = notifications.find(
        ({ notification }) =>
          request.kind === 'cancel-notification' && notification.id === request.notificationId,
      );
      if (details !== undefined && state.commandsCancel) details.notification.state = 'cancelled';
      return command;
    },
    findCommand: async (id) => commands.find((command) => command.id === id) ?? null,
    listConversations: async ({ after, limit }) =>
      contacts
        .flatMap(({ contact, conversation }) =>
          conversation === null ? [] : [{ conversation, name: contact.name }],
        )
        .filter(({ conversation }) => after === null || conversation.id > after)
        .slice(0, limit),
    listLatestConversations: async ({ after, limit }) =>
      contacts
        .flatMap(({ contact, conversation }) =>
          conversation === null ? [] : [{ conversation, name: contact.name }],
        )
        .filter(({ conversation }) => after === null || conversation.lastMessageAt < after.lastMessageAt)
        .slice(0, limit),
    async listMessages({ conversationId, after, limit, newest = false }) {
      if (conversationId !== idOf('cv', 1)) return null;
      const [details] = notifications;
      const thread = [
        {
          position: 1,
          direction: 'in' as const,
          at: noon - hour,
          type: 'text',
          text: 'Oi',
          messageId: 'wamid.in',
          payload: { type: 'text', text: { body: 'Oi' } },
          notification: null,
        },
        {
          position: 2,
          direction: 'out' as const,
          at: noon,
          type: 'text',
          text: 'Olá, Ana',
          messageId: null,
          payload: null,
          notification: details?.notification ?? null,
        },
      ];
      return (newest ? thread.toReversed() : thread)
        .filter(({ position }) => after === null || (newest ? position < after : position > after))
        .slice(0, limit);
    },
    findMedia: async (id) => mediaFiles.find((file) => file.id === id) ?? null,
    listMedia: async ({ after, state: wanted, limit }) =>
      mediaFiles
        .filter(({ position }) => after === null || position > after.position)
        .filter((file) => wanted === null || file.state === wanted)
        .slice(0, limit),
    async readMedia({ sha256 }, part) {
      if (sha256.startsWith('c')) throw new ShelfFailure('EACCES');
      return sha256 === fileBytes.sha256 ? partsOf(fileBytes.bytes, part) : null;
    },
    async uploadFile({ mimeType, filename }) {
      const upload = {
        id: '77',
        businessPhoneId: '200100200100200',
        mimeType,
        sha256: fileBytes.sha256,
        size: 5,
        uploadedAt: noon,
        expiresAt: noon + 30 * 24 * hour,
      };
      const outcomes: Record<string, UploadResult> = {
        known: { outcome: 'known', upload },
        large: { outcome: 'too-large', kind: 'image', most: 5_242_880, size: 6_000_000 },
        endless: { outcome: 'too-large', kind: 'video', most: 16_777_216, size: null },
        empty: { outcome: 'empty' },
        broken: { outcome: 'broken-off' },
        foreign: { outcome: 'unknown-phone' },
        homeless: { outcome: 'no-sender', failure: 'access-token-missing' },
        refused: {
          outcome: 'refused',
          failure: failureOf('request-invalid', { code: 131_053, details: 'Wrong type' }),
        },
        unanswered: { outcome: 'unanswered', reason: 'the connection broke' },
      };
      if (filename === 'full') throw new ShelfFailure('ENOSPC');
      return outcomes[filename ?? ''] ?? { outcome: 'uploaded', upload };
    },
    startReread: async (scope) => {
      if (scope.webhookId === 404) return { outcome: 'unknown-webhook' };
      if (reread.run?.state === 'running') return { outcome: 'busy' };
      reread.run = rereadOf(scope);
      return { outcome: 'started', run: reread.run };
    },
    latestReread: () => reread.run,
    doctor: {
      latest: () => doctor.run,
      run: async () => {
        if (doctor.busy) return 'busy';
        doctor.run = doctorRun();
        return doctor.run;
      },
    },
    readiness: async () => ({ database: { ok: state.ready, detail: 'The database answers.' } }),
  };
  return { ports, feed, access, requests, notifications, reread, doctor, state };
}

/** What Meta told of the business phone and of a template. */
const accountFacts: AccountFact[] = [
  {
    subject: lane,
    at: noon,
    key: '01',
    replayed: false,
    content: { name: 'limit', limit: 'TIER_2K', former: null },
  },
  {
    subject: templateSubject({
      account: 'waba:300100300100300',
      name: 'interview_reminder',
      language: 'pt-BR',
    }),
    at: noon,
    key: '02',
    replayed: false,
    content: { name: 'template-status', status: 'APPROVED', reason: null, disableDate: null },
  },
];

/** One that is open, and one that is over. */
const alarms: Alarm[] = [alarmOf(2), resolved(alarmOf(1), noon, null)];

function alarmOf(number: number): Alarm {
  const sighting = { code: 'queue-growing', subject: 'installation', facts: null, at: noon - hour } as const;
  return sighted(null, sighting, () => idOf('al', number)).alarm;
}

const contacts: ShownContact[] = [
  contactOf(1, 'Ana Souza', noon - hour),
  contactOf(2, 'Bruno Lima', noon - 25 * hour),
  contactOf(3, null, null),
];

function contactOf(number: number, name: string | null, lastInboundAt: number | null): ShownContact {
  const contact: Contact = {
    id: idOf('ct', number),
    lane,
    name,
    nameAt: noon,
    nameKey: '',
    identifiers: [
      {
        kind: 'wa_id',
        value: `55858765432${number}`,
        confirmedAt: noon,
        pairedSince: null,
        pairedAt: null,
        until: null,
        passedOn: false,
      },
    ],
    firstSeenAt: noon - 30 * hour,
    wroteIn: lastInboundAt !== null,
    mergedInto: null,
  };
  const conversation: Conversation = {
    id: idOf('cv', number),
    lane,
    contactId: contact.id,
    groupId: null,
    lastInboundAt,
    lastMessageAt: noon,
  };
  return {
    contact,
    conversation: lastInboundAt === null ? null : conversation,
    mergedFrom: [],
    optOuts: [],
  };
}

const merges: Merge[] = [
  {
    id: idOf('mg', 1),
    lane,
    survivor: idOf('ct', 1),
    merged: idOf('ct', 4),
    evidence: { kind: 'pair', position: 7 },
    at: noon - hour,
    undoneAt: null,
    undoneBy: null,
  },
  {
    id: idOf('mg', 2),
    lane,
    survivor: idOf('ct', 1),
    merged: idOf('ct', 5),
    evidence: { kind: 'answer', attemptId: `${idOf('nt', 1)}.1` },
    at: noon - hour,
    undoneAt: noon,
    undoneBy: 'Django',
  },
];

/** A chain of which one link is red, and another one unknown because of it. */
function doctorRun(): DoctorRun {
  const subject = '200100200100200';
  const call = { call: 'GET https://graph.facebook.com/v25.0/debug_token', answer: 'HTTP 401 {}' };
  return {
    startedAt: noon,
    finishedAt: noon + 1_000,
    results: [
      {
        check: 'token',
        subject,
        verdict: 'red',
        reason: 'token-refused',
        facts: { message: 'gone', appId: '500100500100500', origin: 'environment' },
        calls: [call],
        blockedBy: null,
      },
      {
        check: 'app-secret',
        subject,
        verdict: 'unknown',
        reason: 'blocked',
        facts: {},
        calls: [],
        blockedBy: { check: 'token', subject },
      },
    ],
  };
}

function rereadOf(scope: RereadScope & { dryRun: boolean }): RereadRun {
  return {
    ...scope,
    state: 'running',
    total: 3,
    webhooks: 1,
    upgraded: 1,
    found: 0,
    skipped: 0,
    kinds: { message: 1 },
    startedAt: noon,
    finishedAt: null,
  };
}

function notificationOf(request: NotificationRequest, number: number, refused: boolean): Notification {
  return {
    id: idOf('nt', number),
    lane,
    to: request.to,
    recipient: { kind: 'number', digits: '558587654321' },
    party: 'number:558587654321',
    batchId: null,
    contactId: null,
    content: request.content,
    fallback: request.fallback,
    holds: request.onClosedWindow === 'hold',
    purpose: request.purpose,
    reference: request.reference,
    state: refused ? 'failed' : 'queued',
    metaHold: false,
    played: false,
    decision: refused ? 'refuse' : 'free-form',
    because: refused ? 'The window closed an hour ago.' : 'The window is open for 23 hours.',
    messageId: null,
    failure: refused ? failureOf('window-closed') : null,
    attempts: 0,
    position: number,
    notBefore: request.notBefore,
    notAfter: request.notAfter ?? noon + 24 * hour,
    nextAttemptAt: refused ? null : noon,
    createdAt: noon,
    updatedAt: noon,
  };
}
