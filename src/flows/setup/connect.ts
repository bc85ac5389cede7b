import type { Actor, AuditEntry } from '../../domain/audit.ts';
import { type ConnectionWay, callbackUrlOf, type StepOutcome } from '../../domain/connection.ts';
import { type SetupProblem, setupProblem } from '../../domain/setup-problem.ts';
import type { AccountSubscription, AppSubscription, PhoneSetup } from '../../whatsapp/setup-answers.ts';
import { wantedFields } from '../../whatsapp/wanted-fields.ts';
import type { RegisterPhone } from '../register-phone.ts';
import {
  type Callback,
  type ConnectionChange,
  type ConnectionState,
  type ConnectionStep,
  type ConnectionWish,
  type Found,
  planConnection,
} from './connection-plan.ts';

/** The app whose webhooks are connected. The secrets are tried in their order. */
export type ConnectedApp = { id: string; secrets: readonly string[] };

/** Meta's calls about setup (meta-facts §7.2). What changes something answers null when it is done. */
export type SetupApi = {
  readApp(app: ConnectedApp): Promise<Found<AppSubscription | null>>;
  readAccount(account: { id: string; token: string }): Promise<Found<AccountSubscription[]>>;
  readPhone(phone: { id: string; token: string }): Promise<Found<PhoneSetup>>;
  setAppCallback(
    app: ConnectedApp,
    to: { callback: Callback; fields: readonly string[] },
  ): Promise<SetupProblem | null>;
  subscribeAccount(
    account: { id: string; token: string },
    override: Callback | null,
  ): Promise<SetupProblem | null>;
  overridePhone(
    phone: { id: string; token: string },
    override: Callback | null,
  ): Promise<SetupProblem | null>;
};

/** What a connection is made from. */
export type ConnectionPorts = {
  meta: SetupApi;
  /** The app of the environment. */
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
    return { ...planned, now: planned.now, outcome: 'changed' };
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
  const [app, accounts, setups] = await Promise.all([
    readApp(ports),
    Promise.all(accountsOf(ports, phones).map((account) => readAccount(account, ports))),
    Promise.all(
      phones.map(async ({ id, wabaId, token }) => ({
        id,
        wabaId,
        setup:
          token === null
            ? { problem: setupProblem('access-token-missing') }
            : await ports.meta.readPhone({ id, token }),
      })),
    ),
  ]);
  return { app, accounts, phones: setups };
}

async function readApp({ app, meta }: ConnectionPorts): Promise<ConnectionState['app']> {
  const { id, secrets } = app;
  if (id === null) return { id, subscription: { problem: setupProblem('app-id-missing') } };
  if (secrets.length === 0) return { id, subscription: { problem: setupProblem('app-secret-missing') } };
  return { id, subscription: await meta.readApp({ id, secrets }) };
}

async function readAccount(
  { id, token }: { id: string; token: string | null },
  { app, meta }: ConnectionPorts,
): Promise<ConnectionState['accounts'][number]> {
  if (token === null) return { id, subscription: { problem: setupProblem('access-token-missing') } };
  if (app.id === null) return { id, subscription: { problem: setupProblem('app-id-missing') } };
  const read = await meta.readAccount({ id, token });
  if ('problem' in read) return { id, subscription: read };
  return { id, subscription: { found: read.found.find(({ appId }) => appId === app.id) ?? null } };
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
  const { meta, app } = ports;
  if (change.change === 'app-callback') {
    if (app.id === null) return setupProblem('app-id-missing');
    return meta.setAppCallback({ id: app.id, secrets: app.secrets }, change);
  }
  if (change.change === 'registration') return register(change.id, ports, actor);
  const phones = await ports.phones();
  const { id, override } = change;
  if (change.change === 'phone-callback') {
    const token = phones.find((phone) => phone.id === id)?.token ?? null;
    if (token === null) return setupProblem('access-token-missing');
    return meta.overridePhone({ id, token }, override);
  }
  const token = accountsOf(ports, phones).find((account) => account.id === id)?.token ?? null;
  if (token === null) return setupProblem('access-token-missing');
  return meta.subscribeAccount({ id, token }, override);
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
