import type { Actor, AuditEntry } from '../../domain/audit.ts';
import type { Endpoint, EndpointState } from '../../domain/endpoint.ts';
import type { EventKind } from '../../domain/event.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { SecretBox } from '../business-phones.ts';
import { composeDelivery, type ReadyEndpoint } from './compose-delivery.ts';
import type { Deliver, DeliveryResult } from './delivery.ts';
import type { EndpointPicture, EndpointStore, StoredEndpoint } from './forwarding-store.ts';
import { newWebhookSecret } from './standard-webhooks.ts';

/** What can be decided of an endpoint; what is left out stays as it is. */
type EndpointDetails = {
  [Name in 'url' | 'name' | 'format' | 'order' | 'kinds' | 'businessPhones' | 'concurrency' | 'perSecond']?:
    | Endpoint[Name]
    | undefined;
} & {
  headers?: Record<string, string> | undefined;
  secret?: string | undefined;
  state?: Exclude<EndpointState, 'disabled'> | undefined;
};

/** Why nothing may be sent to a URL, with what was found, for people. */
export type UrlRefusal = {
  refusal:
    | 'endpoint-url-malformed'
    | 'endpoint-address-closed'
    | 'endpoint-name-unknown'
    | 'endpoint-unencrypted';
  found: string;
};

/** Why an endpoint was not changed. */
export type EndpointRefusal = UrlRefusal | { refusal: 'endpoint-unknown' | 'encryption-key-missing' };

/** An endpoint as people see it. */
export type EndpointView = Endpoint & { headerNames: string[]; readable: boolean };

/** Which events are delivered again. Times in milliseconds of receipt. */
export type Redelivery =
  | { kind: 'positions'; positions: number[] }
  | { kind: 'dead'; since: number }
  | { kind: 'range'; from: number; until: number; kinds: EventKind[] | null };

/** The endpoints, kept at hand. */
export type Endpoints = {
  /** Reads again what others may have changed. */
  reload(): Promise<void>;
  /** Those whose secrets can be read. */
  ready(): readonly ReadyEndpoint[];
  /** Sentences about what cannot be used. */
  warnings(): string[];
  list(): EndpointView[];
  find(id: string): EndpointView | null;
  picture(id: string): Promise<EndpointPicture>;
  /** The secret is in this answer and nowhere else. */
  create(
    details: EndpointDetails & { url: string },
    actor: Actor,
  ): Promise<{ endpoint: EndpointView; secret: string } | EndpointRefusal>;
  change(
    id: string,
    details: EndpointDetails,
    actor: Actor,
  ): Promise<{ endpoint: EndpointView } | EndpointRefusal>;
  remove(id: string, actor: Actor): Promise<{ endpoint: EndpointView } | EndpointRefusal>;
  /** Makes a new secret; for `overlap` milliseconds deliveries are signed by the former too. */
  rotateSecret(
    id: string,
    options: { secret: string | null; overlap: number },
    actor: Actor,
  ): Promise<{ endpoint: EndpointView; secret: string } | EndpointRefusal>;
  /** Delivers a made-up event at once; nothing is kept of it. */
  test(id: string): Promise<{ result: DeliveryResult } | EndpointRefusal>;
  redeliver(
    id: string,
    request: { scope: Redelivery; after: number; limit: number },
    actor: Actor,
  ): Promise<{ count: number; next: number | null } | EndpointRefusal>;
};

const secretsPlace = (id: string) => `endpoint ${id}, secrets`;
const headersPlace = (id: string) => `endpoint ${id}, headers`;

/**
 * Reads the endpoints and keeps them at hand. Changes made here are in force at once, those of other processes with
 * the next `reload`; every change begins with one.
 */
export async function openEndpoints(options: {
  store: EndpointStore & { lastPosition(): Promise<number> };
  box: SecretBox;
  clock: { now(): number };
  newId(): string;
  /** Whether anything may be sent to a URL at present. */
  judgeUrl(url: string): Promise<UrlRefusal | null>;
  deliver: Deliver;
  /** The body of a made-up event. */
  testPayload(endpoint: Endpoint, at: number): Uint8Array;
  /** Something is to be done for an endpoint. */
  changed(): void;
}): Promise<Endpoints> {
  const { store, box, clock } = options;
  let stored: StoredEndpoint[] = [];
  let opened: (OpenedEndpoint | { id: string; secrets: null })[] = [];
  let last: Promise<unknown> = Promise.resolve();

  function take(endpoints: StoredEndpoint[]): void {
    // Decrypting costs something, and seldom has anything changed.
    if (JSON.stringify(endpoints) === JSON.stringify(stored)) return;
    stored = endpoints;
    opened = endpoints.map(open);
  }

  function open({ headers, secrets, ...endpoint }: StoredEndpoint): (typeof opened)[number] {
    const list = secretsIn(box.open(secrets, secretsPlace(endpoint.id)));
    const own = headers === null ? {} : recordIn(box.open(headers, headersPlace(endpoint.id)));
    if (list === null || own === null) return { id: endpoint.id, secrets: null };
    return { ...endpoint, secrets: list, headers: own };
  }

  const ready = (endpoint: (typeof opened)[number]): ReadyEndpoint[] =>
    endpoint.secrets === null
      ? []
      : [
          {
            ...endpoint,
            secrets: endpoint.secrets
              .filter(({ until }) => until === null || until > clock.now())
              .map(({ secret }) => secret),
          },
        ];

  const readyOne = (id: string) => opened.filter((endpoint) => endpoint.id === id).flatMap(ready)[0] ?? null;

  function view(endpoint: StoredEndpoint): EndpointView {
    const { secrets: _, headers: __, from: ___, ...shown } = endpoint;
    const own = readyOne(endpoint.id);
    return { ...shown, headerNames: Object.keys(own?.headers ?? {}).sort(), readable: own !== null };
  }

  function viewOf(id: string): EndpointView | null {
    const endpoint = stored.find((one) => one.id === id);
    return endpoint === undefined ? null : view(endpoint);
  }

  /** One after another, so that each change starts from what the one before has left. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(async () => take(await store.readEndpoints())).then(work);
    last = result.catch(() => undefined);
    return result;
  }

  const audited = (
    action: string,
    subject: string,
    actor: Actor,
    detail: AuditEntry['detail'] = {},
  ): AuditEntry => ({
    at: clock.now(),
    actor,
    action,
    subject,
    detail,
  });

  async function put(endpoint: StoredEndpoint, audit: AuditEntry, revived = false): Promise<EndpointView> {
    const write = { put: [endpoint], remove: [], audit: [audit] };
    take(await store.writeEndpoints(revived ? { ...write, revivedAt: clock.now() } : write));
    options.changed();
    return view(endpoint);
  }

  const sealedSecrets = (id: string, secrets: readonly KeptSecret[]) =>
    box.seal(JSON.stringify(secrets), secretsPlace(id));

  function withDetails(endpoint: StoredEndpoint, details: EndpointDetails): StoredEndpoint {
    const { headers, secret, state } = details;
    return {
      ...endpoint,
      url: details.url ?? endpoint.url,
      name: given(details.name, endpoint.name),
      format: details.format ?? endpoint.format,
      order: details.order ?? endpoint.order,
      kinds: given(details.kinds, endpoint.kinds),
      businessPhones: given(details.businessPhones, endpoint.businessPhones),
      concurrency: details.concurrency ?? endpoint.concurrency,
      perSecond: given(details.perSecond, endpoint.perSecond),
      ...(headers === undefined
        ? {}
        : {
            headers:
              Object.keys(headers).length === 0
                ? null
                : box.seal(JSON.stringify(lowerNames(headers)), headersPlace(endpoint.id)),
          }),
      ...(secret === undefined ? {} : { secrets: sealedSecrets(endpoint.id, [{ secret, until: null }]) }),
      ...(state === undefined ? {} : { state, disabledBecause: null }),
      updatedAt: clock.now(),
    };
  }

  const found = (id: string) => stored.find((endpoint) => endpoint.id === id);
  const unknown = { refusal: 'endpoint-unknown' } as const;
  const lacksKey = { refusal: 'encryption-key-missing' } as const;

  await inTurn(async () => {});
  return {
    reload: () => inTurn(async () => {}),
    ready: () => opened.flatMap(ready),
    warnings: () =>
      opened
        .filter(({ secrets }) => secrets === null)
        .map(
          ({ id }) =>
            `The secrets of endpoint ${id} cannot be decrypted, so nothing is forwarded to it; its events wait. RECADO_ENCRYPTION_KEY is missing or another one: set it as it was and restart, or make a new secret with \`recado endpoints rotate ${id}\`.`,
        ),
    list: () => stored.map(view),
    find: viewOf,
    picture: (id) => store.readEndpointPicture(id),

    create: (details, actor) =>
      inTurn(async () => {
        if (!box.canSeal) return lacksKey;
        const refusal = await options.judgeUrl(details.url);
        if (refusal !== null) return refusal;
        const now = clock.now();
        const id = options.newId();
        const secret = details.secret ?? newWebhookSecret();
        const endpoint = withDetails(
          {
            id,
            url: details.url,
            name: null,
            format: 'recado',
            order: 'conversation',
            kinds: null,
            businessPhones: null,
            concurrency: 8,
            perSecond: null,
            state: 'active',
            disabledBecause: null,
            secrets: '',
            headers: null,
            from: await store.lastPosition(),
            createdAt: now,
            updatedAt: now,
          },
          { ...details, secret },
        );
        return {
          endpoint: await put(endpoint, audited('endpoint.created', id, actor, { url: details.url })),
          secret,
        };
      }),

    change: (id, details, actor) =>
      inTurn(async () => {
        const endpoint = found(id);
        if (endpoint === undefined) return unknown;
        if (!box.canSeal && (details.headers !== undefined || details.secret !== undefined)) return lacksKey;
        const refusal = details.url === undefined ? null : await options.judgeUrl(details.url);
        if (refusal !== null) return refusal;
        const detail = { changed: Object.keys(details).sort() };
        const entry = audited('endpoint.changed', id, actor, detail);
        // Whoever switches it on again has mended it: it is not held to how it failed before.
        const revived = details.state === 'active' && endpoint.state !== 'active';
        return { endpoint: await put(withDetails(endpoint, details), entry, revived) };
      }),

    remove: (id, actor) =>
      inTurn(async () => {
        const endpoint = viewOf(id);
        if (endpoint === null) return unknown;
        take(
          await store.writeEndpoints({
            put: [],
            remove: [id],
            audit: [audited('endpoint.removed', id, actor)],
          }),
        );
        options.changed();
        return { endpoint };
      }),

    rotateSecret: (id, { secret: given, overlap }, actor) =>
      inTurn(async () => {
        const endpoint = found(id);
        if (endpoint === undefined) return unknown;
        if (!box.canSeal) return lacksKey;
        const secret = given ?? newWebhookSecret();
        const until = clock.now() + overlap;
        const former = (readyOne(id)?.secrets ?? []).slice(0, 1).map((one) => ({ secret: one, until }));
        const secrets = sealedSecrets(id, [{ secret, until: null }, ...former]);
        const changed = { ...endpoint, secrets, updatedAt: clock.now() };
        const entry = audited('endpoint.secret-rotated', id, actor, { overlap });
        return { endpoint: await put(changed, entry), secret };
      }),

    async test(id) {
      const endpoint = readyOne(id);
      if (endpoint === null) return found(id) === undefined ? unknown : lacksKey;
      const refusal = await options.judgeUrl(endpoint.url);
      if (refusal !== null) return refusal;
      const at = clock.now();
      const body = options.testPayload(endpoint, at);
      return {
        result: await options.deliver(composeDelivery(endpoint, { id: `test_${at}`, body, at, skipped: 0 })),
      };
    },

    async redeliver(id, { scope, after, limit }, actor) {
      if (found(id) === undefined) return unknown;
      const audit = audited('endpoint.redelivered', id, actor, { scope: scope.kind });
      const done = await store.redeliver({ endpoint: id, scope, after, limit, now: clock.now(), audit });
      options.changed();
      return done;
    },
  };
}

/** Null is a value; left out is none. */
function given<Value>(value: Value | undefined, former: Value): Value {
  return value === undefined ? former : value;
}

function lowerNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A secret as it is kept: until when it signs beside the current one; null for the current one. */
type KeptSecret = { secret: string; until: number | null };

type OpenedEndpoint = Omit<ReadyEndpoint, 'secrets'> & { secrets: KeptSecret[] };

function secretsIn(json: string | null): KeptSecret[] | null {
  const list: unknown = json === null ? null : JSON.parse(json);
  if (!Array.isArray(list)) return null;
  return list.flatMap((item: unknown): KeptSecret[] =>
    isJsonObject(item) && typeof item.secret === 'string'
      ? [{ secret: item.secret, until: typeof item.until === 'number' ? item.until : null }]
      : [],
  );
}

function recordIn(json: string | null): Record<string, string> | null {
  const object: unknown = json === null ? null : JSON.parse(json);
  if (typeof object !== 'object' || object === null) return null;
  return Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
