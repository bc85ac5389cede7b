import type { Actor, AuditEntry } from '../../domain/audit.ts';
import { type ConnectionWay, callbackUrlOf, type StepOutcome } from '../../domain/connection.ts';
import { type SetupProblem, setupProblem } from '../../domain/setup-problem.ts';
import { wantedFields } from '../../whatsapp/wanted-fields.ts';
import type { RegisterPhone } from '../register-phone.ts';
import {
  type Callback,
  type ConnectionChange,
  type ConnectionState,
  type ConnectionStep,
  type ConnectionWish,
  type Found,
  type PhoneSetup,
  planConnection,
} from './connection-plan.ts';
import type { GraphChanges } from './graph-changes.ts';
import type { GraphReads } from './graph-reads.ts';
import { asApp, foundIn, problemIn, withCallback } from './meta-problem.ts';

/** What a connection is made from. */
export type ConnectionPorts = {
  reads: Pick<GraphReads, 'readToken' | 'readAppSubscription' | 'readSubscribedApps' | 'readPhone'>;
  changes: GraphChanges;
  /** The app of the environment, with its secrets in the order in which they are tried. */
  app: { id: string | null; secrets: readonly string[] };
  verifyToken: string | null;
  /** Whether Meta itself is called, which takes https only, and not a simulator. */
  isMeta: boolean;
  /** The address under which Meta reaches this gateway, as it is now; without a path. */
  publicUrl(): string | null;
  /** Our business phones; the token is null when there is none that can be read. */
  phones(): Promise<{ id: string; wabaId: string | null; token: string | null }[]>;
  /** An account that is configured, whether or not a phone of it is. */
  account: { id: string; token: string } | null;
  hasPin: boolean;
  registerPhone: RegisterPhone;
  noteAudit(entry: AuditEntry): Promise<unknown>;
  clock: { now(): number };
};

/** The connection to Meta: how it stands, or what was made of it. */
export type Connection = {
  callbackUrl: string | null;
  way: ConnectionWay;
  steps: (ConnectionStep & { outcome: StepOutcome })[];
};

/** Connects this gateway with Meta: the plan, and carrying it out. */
export type Connect = {
  plan(way: ConnectionWay): Promise<Connection>;
  /** Does what the plan says, one step after another, and reads back whether it is so. Changes nothing twice. */
  carryOut(way: ConnectionWay, actor: Actor): Promise<Connection>;
};

/** Makes the connection's two verbs. Only one is carried out at a time. */
export function createConnect(ports: ConnectionPorts): Connect {
  let last: Promise<unknown> = Promise.resolve();

  async function look(way: ConnectionWay): Promise<ConnectionStep[]> {
    return planConnection(wishOf(ports, way), await readState(ports));
  }

  function connection(way: ConnectionWay, steps: Connection['steps']): Connection {
    return { callbackUrl: callbackUrlOf(ports.publicUrl()), way, steps };
  }

  async function carryOut(way: ConnectionWay, actor: Actor): Promise<Connection> {
    const tried: { step: ConnectionStep; problem: SetupProblem | null }[] = [];
    for (const step of await look(way)) {
      if (step.change === null) continue;
      const problem = await make(step.change, ports, actor);
      tried.push({ step, problem });
      if (problem !== null) continue;
      const { part, subject, now, wanted } = step;
      await ports.noteAudit({
        at: ports.clock.now(),
        actor,
        action: 'connection.changed',
        subject: subject ?? part,
        detail: { part, now, wanted },
      });
    }
    const after = await look(way);
    const steps = after.map((step) => {
      const before = tried.find(
        ({ step: { part, subject } }) => part === step.part && subject === step.subject,
      );
      return before === undefined ? withOutcome(step) : afterTrying(step, before);
    });
    return connection(way, steps);
  }

  return {
    plan: async (way) => connection(way, (await look(way)).map(withOutcome)),
    carryOut(way, actor) {
      const result = last.then(() => carryOut(way, actor));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

function withOutcome(step: ConnectionStep): Connection['steps'][number] {
  const outcome = step.problem !== null ? 'blocked' : step.change === null ? 'right' : 'to-change';
  return { ...step, outcome };
}

/** How a step stands that was tried: what Meta says now counts, not what it answered then. */
function afterTrying(
  step: ConnectionStep,
  { step: planned, problem }: { step: ConnectionStep; problem: SetupProblem | null },
): Connection['steps'][number] {
  if (step.change === null && step.problem === null) {
    return { ...planned, outcome: 'changed' };
  }
  return { ...step, problem: problem ?? step.problem ?? setupProblem('not-as-wanted'), outcome: 'failed' };
}

function wishOf(ports: ConnectionPorts, way: ConnectionWay): ConnectionWish {
  return { way, callback: callbackOf(ports), fields: wantedFields, pin: ports.hasPin };
}

function callbackOf({ verifyToken, isMeta, publicUrl }: ConnectionPorts): Found<Callback> {
  const url = callbackUrlOf(publicUrl());
  if (url === null) return { problem: setupProblem('public-url-missing') };
  if (isMeta && !url.startsWith('https:')) return { problem: setupProblem('public-url-not-https', url) };
  if (verifyToken === null) return { problem: setupProblem('verify-token-missing') };
  return { found: { url, verifyToken } };
}

async function readState(ports: ConnectionPorts): Promise<ConnectionState> {
  const phones = await ports.phones();
  const appId = await appIdOf(ports);
  const [app, accounts, setups] = await Promise.all([
    readApp(appId, ports),
    Promise.all(accountsOf(ports, phones).map((account) => readAccount(account, appId, ports))),
    Promise.all(
      phones.map(async (phone) => ({
        id: phone.id,
        wabaId: phone.wabaId,
        setup: await readPhone(phone, ports),
      })),
    ),
  ]);
  return { app, accounts, phones: setups };
}

/** The id of the app: as it is configured, or else as Meta says of the access token. */
async function appIdOf({ app, account, phones, reads }: ConnectionPorts): Promise<string | null> {
  if (app.id !== null) return app.id;
  const token = account?.token ?? (await phones()).find((phone) => phone.token !== null)?.token ?? null;
  if (token === null) return null;
  const reading = await reads.readToken({ token, asker: token });
  return reading.got === 'value' ? reading.value.appId : null;
}

async function readApp(id: string | null, { app, reads }: ConnectionPorts): Promise<ConnectionState['app']> {
  if (id === null) return { id, subscription: { problem: setupProblem('app-id-missing') } };
  let subscription: ConnectionState['app']['subscription'] = { problem: setupProblem('app-secret-missing') };
  for (const appSecret of app.secrets) {
    const read = foundIn(await reads.readAppSubscription({ appId: id, appSecret }), asApp);
    if ('found' in read) return { id, subscription: { found: read.found.subscription } };
    subscription = read;
  }
  return { id, subscription };
}

async function readAccount(
  { id, token }: { id: string; token: string | null },
  appId: string | null,
  { reads }: ConnectionPorts,
): Promise<ConnectionState['accounts'][number]> {
  if (token === null) return { id, subscription: { problem: setupProblem('access-token-missing') } };
  if (appId === null) return { id, subscription: { problem: setupProblem('app-id-missing') } };
  const read = foundIn(await reads.readSubscribedApps({ wabaId: id, accessToken: token }));
  if ('problem' in read) return { id, subscription: read };
  return { id, subscription: { found: read.found.find((app) => app.id === appId) ?? null } };
}

async function readPhone(
  { id, token }: { id: string; token: string | null },
  { reads }: ConnectionPorts,
): Promise<Found<PhoneSetup>> {
  if (token === null) return { problem: setupProblem('access-token-missing') };
  return foundIn(await reads.readPhone({ phoneNumberId: id, accessToken: token }));
}

/** The WhatsApp accounts of our phones, each once, with a token that reaches it. */
function accountsOf(
  { account }: ConnectionPorts,
  phones: Awaited<ReturnType<ConnectionPorts['phones']>>,
): { id: string; token: string | null }[] {
  const tokens = new Map<string, string | null>(account === null ? [] : [[account.id, account.token]]);
  for (const { wabaId, token } of phones) {
    if (wabaId !== null) tokens.set(wabaId, tokens.get(wabaId) ?? token);
  }
  return [...tokens].map(([id, token]) => ({ id, token }));
}

/** Makes one change. Null when Meta took it. */
async function make(
  change: ConnectionChange,
  ports: ConnectionPorts,
  actor: Actor,
): Promise<SetupProblem | null> {
  const { changes } = ports;
  if (change.change === 'registration') return register(change.id, ports, actor);
  if (change.change === 'app-callback') return setAppCallback(change, ports);
  const phones = await ports.phones();
  const { id, override } = change;
  const meaning = override === null ? undefined : withCallback;
  if (change.change === 'phone-callback') {
    const accessToken = phones.find((phone) => phone.id === id)?.token ?? null;
    if (accessToken === null) return setupProblem('access-token-missing');
    return problemIn(await changes.overridePhone({ phoneNumberId: id, accessToken, override }), meaning);
  }
  const accessToken = accountsOf(ports, phones).find((account) => account.id === id)?.token ?? null;
  if (accessToken === null) return setupProblem('access-token-missing');
  return problemIn(await changes.subscribeAccount({ wabaId: id, accessToken, override }), meaning);
}

/** Sets the app's callback, as the app itself: with each of the secrets until one is taken. */
async function setAppCallback(
  { appId, callback, fields }: Extract<ConnectionChange, { change: 'app-callback' }>,
  { app, changes }: ConnectionPorts,
): Promise<SetupProblem | null> {
  let problem: SetupProblem | null = setupProblem('app-secret-missing');
  for (const appSecret of app.secrets) {
    const made = await changes.setAppCallback({ appId, appSecret, callback, fields });
    problem = problemIn(made, (code) => asApp(code) ?? withCallback(code));
    if (problem?.code !== 'app-secret-wrong') return problem;
  }
  return problem;
}

async function register(id: string, ports: ConnectionPorts, actor: Actor): Promise<SetupProblem | null> {
  const result = await ports.registerPhone(id, null, actor);
  switch (result.outcome) {
    case 'registered':
      return null;
    case 'refused': {
      const { metaCode, details } = result.failure;
      return { code: 'meta-refused', metaCode, details };
    }
    case 'unanswered':
      return setupProblem('meta-unanswered', `${result.reason}.`);
    case 'not-tried':
      if (result.because === 'pin-missing') return setupProblem('pin-missing');
      if (result.because === 'used-up') {
        return setupProblem('registration-limit', `The next after ${new Date(result.until).toISOString()}.`);
      }
      return setupProblem('access-token-missing');
  }
}
