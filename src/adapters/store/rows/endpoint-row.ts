import { type Endpoint, type EndpointStanding, newStanding } from '../../../domain/endpoint.ts';
import { type EventKind, eventKinds } from '../../../domain/event.ts';
import type { ForwardAttempt, StoredEndpoint } from '../../../flows/forwarding/forwarding-store.ts';

/** A row of `endpoints`. */
export type EndpointRow = {
  id: string;
  url: string;
  name: string | null;
  format: Endpoint['format'];
  ordering: Endpoint['order'];
  kinds: string | null;
  business_phones: string | null;
  concurrency: number;
  per_second: number | null;
  state: Endpoint['state'];
  disabled_because: Endpoint['disabledBecause'];
  secrets: string;
  headers: string | null;
  from_position: number;
  created_at: number;
  updated_at: number;
};

/** The columns of `endpoints` in the order of {@link endpointValues}. */
export const endpointColumns = [
  'id',
  'url',
  'name',
  'format',
  'ordering',
  'kinds',
  'business_phones',
  'concurrency',
  'per_second',
  'state',
  'disabled_because',
  'secrets',
  'headers',
  'from_position',
  'created_at',
  'updated_at',
] as const;

/** The values of an endpoint's row. */
export function endpointValues(endpoint: StoredEndpoint): (string | number | null)[] {
  return [
    endpoint.id,
    endpoint.url,
    endpoint.name,
    endpoint.format,
    endpoint.order,
    endpoint.kinds === null ? null : JSON.stringify(endpoint.kinds),
    endpoint.businessPhones === null ? null : JSON.stringify(endpoint.businessPhones),
    endpoint.concurrency,
    endpoint.perSecond,
    endpoint.state,
    endpoint.disabledBecause,
    endpoint.secrets,
    endpoint.headers,
    endpoint.from,
    endpoint.createdAt,
    endpoint.updatedAt,
  ];
}

/** The endpoint of a row. */
export function endpointOfRow(row: EndpointRow): StoredEndpoint {
  return {
    id: row.id,
    url: row.url,
    name: row.name,
    format: row.format,
    order: row.ordering,
    // A kind of a later version is heard by none of this one.
    kinds: row.kinds === null ? null : knownKinds(textsIn(row.kinds)),
    businessPhones: row.business_phones === null ? null : textsIn(row.business_phones),
    concurrency: row.concurrency,
    perSecond: row.per_second,
    state: row.state,
    disabledBecause: row.disabled_because,
    secrets: row.secrets,
    headers: row.headers,
    from: row.from_position,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function textsIn(json: string): string[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

function knownKinds(words: readonly string[]): EventKind[] {
  return eventKinds.filter((kind) => words.includes(kind));
}

/** A row of `endpoint_standings`. */
export type StandingRow = {
  failures: number;
  failing_since: number | null;
  open_until: number | null;
  probes: number;
  recovered_at: number | null;
  delivered_at: number | null;
  last_failure: string | null;
};

/** The standing of a row; that of a new endpoint without one. */
export function standingOfRow(row: StandingRow | undefined): EndpointStanding {
  if (row === undefined) return newStanding;
  return {
    failures: row.failures,
    failingSince: row.failing_since,
    openUntil: row.open_until,
    probes: row.probes,
    recoveredAt: row.recovered_at,
    deliveredAt: row.delivered_at,
    lastFailure: row.last_failure,
  };
}

/** Endpoints, each with its standing. */
export function withStandings(
  endpoints: readonly StoredEndpoint[],
  rows: readonly (StandingRow & { endpoint: string })[],
): (StoredEndpoint & { standing: EndpointStanding })[] {
  const standings = new Map(rows.map((row) => [row.endpoint, row]));
  return endpoints.map((endpoint) => ({
    ...endpoint,
    standing: standingOfRow(standings.get(endpoint.id)),
  }));
}

/** The values of a standing's row behind the endpoint's id, in the order of {@link StandingRow}. */
export function standingValues(standing: EndpointStanding): (string | number | null)[] {
  return [
    standing.failures,
    standing.failingSince,
    standing.openUntil,
    standing.probes,
    standing.recoveredAt,
    standing.deliveredAt,
    standing.lastFailure,
  ];
}

/** A row of `forward_attempts`. */
export type ForwardAttemptRow = {
  number: number;
  position: number;
  at: number;
  took: number;
  status: number | null;
  delivered: number;
  failure: string | null;
  excerpt: string;
};

/** The attempt of a row. */
export function forwardAttemptOfRow(row: ForwardAttemptRow): ForwardAttempt & { number: number } {
  return { ...row, delivered: row.delivered === 1 };
}

/** How many attempts of an endpoint are kept: the latest. */
export const ATTEMPTS_KEPT = 500;
