import * as z from 'zod';
import { appChanges, tokenChanges, whatsappAccountChanges } from './accounts/book-changes-form.ts';
import { businessPhoneStanding } from './accounts/business-phone-form.ts';
import type { MetaNews } from './bodies/meta-news.ts';
import { metaNews } from './bodies/meta-news-form.ts';
import { misbehaviourForm } from './delivery/misbehaviour-form.ts';
import { conditionsForm } from './send/conditions-form.ts';
import type { Simulator } from './simulator.ts';
import { decideTemplate, templateDecision } from './templates/template-decision.ts';

const id = z.string().min(1).exactOptional();

/** Every step by its word. */
export const metaStep = z.discriminatedUnion('does', [
  misbehaviourForm.extend({ does: z.literal('misbehaves') }),
  z.strictObject({ does: z.literal('behaves') }),
  /** The next send is answered with this code. */
  z.strictObject({ does: z.literal('refuses-next'), code: z.int() }),
  z.strictObject({ does: z.literal('loses-next-answer') }),
  conditionsForm.extend({ does: z.literal('sets-conditions') }),
  z.strictObject({
    does: z.literal('tells'),
    news: metaNews,
    phoneNumberId: id,
  }),
  z.strictObject({ does: z.literal('expires-tokens') }),
  z.strictObject({ does: z.literal('renews-tokens') }),
  z.strictObject({ does: z.literal('unregisters') }),
  z.strictObject({ does: z.literal('registers') }),
  z.strictObject({ does: z.literal('holds-statuses') }),
  z.strictObject({ does: z.literal('releases-statuses') }),
  /** How Meta sees a business phone, an app, a WhatsApp account, an access token: the first where none is named. */
  businessPhoneStanding.extend({ does: z.literal('sets-phone'), phoneNumberId: id }),
  appChanges.extend({ does: z.literal('sets-app'), appId: id }),
  whatsappAccountChanges.extend({ does: z.literal('sets-account'), wabaId: id }),
  tokenChanges.extend({ does: z.literal('sets-token'), value: id }),
  /** Meta decides about a message template, and tells of it. */
  templateDecision.extend({
    does: z.literal('decides-template'),
    wabaId: id,
    name: z.string().min(1),
    language: z.string().min(1),
  }),
  /** What a template's `acceptance` has held back goes on its way. */
  z.strictObject({ does: z.literal('releases-held') }),
]);

/** One thing that Meta does, or that goes wrong, as data that JSON can hold. */
export type MetaStep =
  | Exclude<z.input<typeof metaStep>, { does: 'tells' }>
  | { does: 'tells'; news: MetaNews; phoneNumberId?: string };

/** The word of each step. */
export const metaStepWords: readonly string[] = metaStep.options.map(({ shape }) => shape.does.value);

/** Reads a step. Throws a TypeError, whose message says what is wrong, for what is none. */
export function readMetaStep(given: object): MetaStep {
  const read = metaStep.safeParse(given);
  if (read.success) return given as MetaStep;
  throw new TypeError(`This is nothing that Meta does: ${z.prettifyError(read.error)}`);
}

/** The methods of a simulator that steps stand for. */
export type MetaActs = Pick<
  Simulator,
  | 'misbehave'
  | 'behave'
  | 'failNext'
  | 'dropAnswer'
  | 'conditions'
  | 'tells'
  | 'expireToken'
  | 'renewToken'
  | 'unregister'
  | 'register'
  | 'holdStatuses'
  | 'releaseStatuses'
  | 'releaseHeld'
  | 'accounts'
  | 'templates'
>;

/** The same methods, each done by way of its step. */
export function recordedMetaActs(acts: MetaActs, takes: (step: MetaStep) => void): MetaActs {
  return {
    ...acts,
    misbehave: (misbehaviour) => takes({ does: 'misbehaves', ...misbehaviour }),
    behave: () => takes({ does: 'behaves' }),
    failNext: (code) => takes({ does: 'refuses-next', code }),
    dropAnswer: () => takes({ does: 'loses-next-answer' }),
    tells: (news, phoneNumberId) =>
      takes({ does: 'tells', news, ...(phoneNumberId !== undefined && { phoneNumberId }) }),
    expireToken: () => takes({ does: 'expires-tokens' }),
    renewToken: () => takes({ does: 'renews-tokens' }),
    unregister: () => takes({ does: 'unregisters' }),
    register: () => takes({ does: 'registers' }),
    holdStatuses: () => takes({ does: 'holds-statuses' }),
    releaseStatuses: () => takes({ does: 'releases-statuses' }),
    releaseHeld: () => takes({ does: 'releases-held' }),
  };
}

/** Does it. Throws what the method of the simulator throws. */
export function takeMetaStep(simulator: MetaActs, step: MetaStep): void {
  switch (step.does) {
    case 'misbehaves': {
      const { does: _, ...misbehaviour } = step;
      simulator.misbehave(misbehaviour);
      return;
    }
    case 'sets-conditions': {
      const { does: _, ...conditions } = step;
      Object.assign(simulator.conditions, conditionsForm.parse(conditions));
      return;
    }
    case 'refuses-next':
      simulator.failNext(step.code);
      return;
    case 'tells':
      simulator.tells(step.news, step.phoneNumberId);
      return;
    case 'sets-phone':
    case 'sets-app':
    case 'sets-account':
    case 'sets-token':
      setBooks(simulator, step);
      return;
    case 'decides-template': {
      const { does: _, wabaId, name, language, ...decision } = step;
      const account = simulator.accounts.whatsappAccount(wabaId);
      const template = simulator.templates.find(account.id, name, language);
      if (template === null) {
        throw new RangeError(
          `There is no template ${name} in ${language}. GET /_simulator/templates lists them, and so does templates.all().`,
        );
      }
      decideTemplate(simulator.templates, template, decision);
      return;
    }
    default:
      plainActs[step.does](simulator);
  }
}

/** Changes Meta's books. */
function setBooks(
  { accounts }: Pick<MetaActs, 'accounts'>,
  step: Extract<MetaStep, { does: 'sets-phone' | 'sets-app' | 'sets-account' | 'sets-token' }>,
): void {
  switch (step.does) {
    case 'sets-phone': {
      const { does: _, phoneNumberId, ...changes } = step;
      Object.assign(accounts.phone(phoneNumberId), businessPhoneStanding.parse(changes));
      return;
    }
    case 'sets-app': {
      const { does: _, appId, ...changes } = step;
      const app = accounts.app(appId);
      const { mode = app.mode, secret = app.secret, ...subscription } = appChanges.parse(changes);
      Object.assign(app, { mode, secret, subscription: { ...app.subscription, ...subscription } });
      return;
    }
    case 'sets-account': {
      const { does: _, wabaId, ...changes } = step;
      Object.assign(accounts.whatsappAccount(wabaId), whatsappAccountChanges.parse(changes));
      return;
    }
    case 'sets-token': {
      const { does: _, value, ...changes } = step;
      const token = accounts.tokens().find((one) => value === undefined || one.value === value);
      if (token === undefined) {
        throw new RangeError(
          'There is no such access token in the simulator; GET /_simulator/accounts lists them.',
        );
      }
      Object.assign(token, tokenChanges.parse(changes));
    }
  }
}

type PlainStep = Exclude<
  MetaStep['does'],
  | 'misbehaves'
  | 'sets-conditions'
  | 'refuses-next'
  | 'tells'
  | 'sets-phone'
  | 'sets-app'
  | 'sets-account'
  | 'sets-token'
  | 'decides-template'
>;

const plainActs: Readonly<Record<PlainStep, (simulator: MetaActs) => void>> = {
  behaves: (simulator) => simulator.behave(),
  'loses-next-answer': (simulator) => simulator.dropAnswer(),
  'expires-tokens': (simulator) => simulator.expireToken(),
  'renews-tokens': (simulator) => simulator.renewToken(),
  unregisters: (simulator) => simulator.unregister(),
  registers: (simulator) => simulator.register(),
  'holds-statuses': (simulator) => simulator.holdStatuses(),
  'releases-statuses': (simulator) => simulator.releaseStatuses(),
  'releases-held': (simulator) => simulator.releaseHeld(),
};
