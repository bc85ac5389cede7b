import type { AccountFact, AccountFactName } from '../../domain/account-fact.ts';
import { businessPhoneFacts, businessPhoneState } from '../../domain/business-phone-state.ts';
import type { Language } from '../../domain/language.ts';
import { accountStanding } from '../../flows/account-standing.ts';
import type {
  BusinessPhones,
  BusinessPhoneView,
  PhoneChange,
  PhoneRefusal,
} from '../../flows/business-phone-contract.ts';
import {
  REGISTERED,
  type RegisterPhone,
  type Registration,
  type RegistrationStore,
} from '../../flows/register-phone.ts';
import type { Clock } from '../../runtime/clock.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import {
  type BusinessPhoneBody,
  type BusinessPhonePageBody,
  businessPhoneChangesSchema,
  businessPhonePageSchema,
  businessPhoneQuerySchema,
  businessPhoneSchema,
  newBusinessPhoneSchema,
  registrationSchema,
} from '../contract/business-phone.ts';
import { problemSchema } from '../contract/problem.ts';
import { idParameters } from '../contract/value.ts';
import { languageAsked } from '../language.ts';
import { readPage } from '../page.ts';
import { type ProblemCode, ProblemError, problemOf } from '../problem.ts';
import { refusedByMeta } from '../refused-by-meta.ts';
import { businessPhoneBody } from '../representations/business-phone.ts';
import { isoTime } from '../representations/time.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of business phones need. */
export type BusinessPhonePorts = {
  businessPhones: Pick<BusinessPhones, 'list' | 'add' | 'change' | 'remove'>;
  /** The facts of these names, about whatever subject. */
  readAccountFacts(names: readonly AccountFactName[]): Promise<AccountFact[]>;
  /** What is certainly wrong with the id of a new business phone, by the rule of META_PHONE_NUMBER_ID; or null. */
  phoneNumberIdMistake(id: string): { found?: string; expected: string } | null;
  /** The business phones of which Meta says that they are not registered. */
  unregisteredPhones(): Promise<string[]>;
  /** When a thing was done to a subject since a time, in milliseconds. */
  auditTimes: RegistrationStore['auditTimes'];
  registerPhone: RegisterPhone;
  clock: Clock;
};

/** The business phones: the environment's, those that were added, and foreign ones that webhooks speak of. */
export function businessPhoneRoutes(api: Api, ports: BusinessPhonePorts): void {
  const { businessPhones } = ports;

  async function bodiesOf(phones: readonly BusinessPhoneView[]): Promise<BusinessPhoneBody[]> {
    const facts = await ports.readAccountFacts(businessPhoneFacts);
    const unregistered = await ports.unregisteredPhones();
    const { factsOf } = accountStanding(phones);
    return Promise.all(
      phones.map(async (phone) =>
        businessPhoneBody(phone, {
          ...businessPhoneState(factsOf(phone, facts), ports.clock.now()),
          registered: unregistered.includes(phone.id) ? false : await wasRegistered(phone.id),
        }),
      ),
    );
  }

  /** True when Recado has registered it; null when nothing is known of that. */
  async function wasRegistered(id: string): Promise<true | null> {
    const times = await ports.auditTimes({ action: REGISTERED, subject: id, since: 0 });
    return times.length > 0 ? true : null;
  }

  async function bodyOf(phone: BusinessPhoneView): Promise<BusinessPhoneBody> {
    const [body] = await bodiesOf([phone]);
    if (body === undefined) throw new Error('One phone has one body.');
    return body;
  }

  api.get(
    '/business-phones',
    {
      config: { scopes: ['read', 'manage'] },
      schema: {
        tags: ['Business phones'],
        operationId: 'listBusinessPhones',
        summary: 'List business phones',
        description:
          'The business phones by their ids: the one of the environment, those that were added, and those that webhooks speak of without being configured.',
        querystring: businessPhoneQuerySchema,
        response: {
          200: answerOf(businessPhonePageSchema, 'A page of business phones.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request): Promise<BusinessPhonePageBody> => {
      const after = phoneCursor(request.query.after);
      const { rows, next } = await readPage(
        request.query.limit,
        async (limit) => (await businessPhones.list()).filter(({ id }) => id > after).slice(0, limit),
        (phone) => phone.id,
      );
      return { data: await bodiesOf(rows), next };
    },
  );

  api.get(
    '/business-phones/:id',
    {
      config: { scopes: ['read', 'manage'] },
      schema: {
        tags: ['Business phones'],
        operationId: 'getBusinessPhone',
        summary: 'Get a business phone',
        description: 'A business phone that is configured, or that webhooks speak of.',
        params: idParameters('200100200100200'),
        response: {
          200: answerOf(businessPhoneSchema, 'The business phone.'),
          ...problemAnswers(401, 404, 500),
        },
      },
    },
    async (request): Promise<BusinessPhoneBody> => {
      const phone = (await businessPhones.list()).find(({ id }) => id === request.params.id);
      if (phone === undefined) throw new ProblemError(problemOf('business-phone-unknown'));
      return bodyOf(phone);
    },
  );

  api.post(
    '/business-phones',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Business phones'],
        operationId: 'addBusinessPhone',
        summary: 'Add a business phone',
        description:
          'Adds a WhatsApp number of yours, with its own access token and app secrets or with those of the environment. It hears and sends from this answer on, without a restart. Secrets are kept encrypted under RECADO_ENCRYPTION_KEY and never shown again. Events about it that came while it was foreign stay foreign: they are in the feed, and change nothing afterwards. The first business phone of all becomes the default.',
        body: newBusinessPhoneSchema,
        response: {
          201: answerOf(businessPhoneSchema, 'The business phone.'),
          ...problemAnswers(400, 401, 413, 415, 500),
          409: conflict('It is ours already, or RECADO_ENCRYPTION_KEY is not set. Nothing was stored.'),
        },
      },
    },
    async (request, reply): Promise<BusinessPhoneBody> => {
      const { id, ...details } = request.body;
      refuseOtherNumber(ports.phoneNumberIdMistake(id));
      const phone = changedPhone(await businessPhones.add(id, details, callerOf(request)));
      reply.code(201).header('location', `/v1/business-phones/${id}`);
      return bodyOf(phone);
    },
  );

  api.patch(
    '/business-phones/:id',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Business phones'],
        operationId: 'changeBusinessPhone',
        summary: 'Change a business phone',
        description:
          'Changes what is named and leaves the rest; in force with the answer. To rotate an app secret, give the new one in front of the old one, and the new one alone once Meta signs with it. Of the business phone of the environment only `default` can be changed here.',
        params: idParameters('200100200100201'),
        body: businessPhoneChangesSchema,
        response: {
          200: answerOf(businessPhoneSchema, 'The business phone as it is now.'),
          ...problemAnswers(400, 401, 404, 413, 415, 500),
          409: conflict('It is configured in the environment, or RECADO_ENCRYPTION_KEY is not set.'),
        },
      },
    },
    async (request): Promise<BusinessPhoneBody> =>
      bodyOf(changedPhone(await businessPhones.change(request.params.id, request.body, callerOf(request)))),
  );

  api.post(
    '/business-phones/:id/register',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Business phones'],
        operationId: 'registerBusinessPhone',
        summary: 'Register a business phone',
        description:
          'Registers a business phone of ours on the Cloud API, which cures #133010: Meta is called once, with its two-step PIN. Meta allows ten calls in 72 hours, so a further one is not made. What failed meanwhile is not sent again by itself.',
        params: idParameters('200100200100200'),
        body: registrationSchema,
        response: {
          200: answerOf(businessPhoneSchema, 'Meta has registered it.'),
          ...problemAnswers(400, 401, 404, 413, 415, 422, 500, 502),
          409: conflict('There is no PIN, no access token, or the ten calls are used up.'),
        },
      },
    },
    async (request): Promise<BusinessPhoneBody> => {
      const { id } = request.params;
      const result = await ports.registerPhone(id, request.body.pin ?? null, callerOf(request));
      if (result.outcome !== 'registered') throw registrationProblem(result, languageAsked(request));
      const phone = (await businessPhones.list()).find((candidate) => candidate.id === id);
      if (phone === undefined) throw new ProblemError(problemOf('business-phone-unknown'));
      return bodyOf(phone);
    },
  );

  api.delete(
    '/business-phones/:id',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Business phones'],
        operationId: 'removeBusinessPhone',
        summary: 'Remove a business phone',
        description:
          'Takes a business phone out of service, and forgets its token and secrets. Its contacts, conversations and events stay; what is still queued for it fails; new webhooks about it are foreign while another phone is ours.',
        params: idParameters('200100200100201'),
        response: {
          200: answerOf(businessPhoneSchema, 'The business phone as it was.'),
          ...problemAnswers(401, 404, 500),
          409: conflict('It is configured in the environment.'),
        },
      },
    },
    async (request): Promise<BusinessPhoneBody> =>
      bodyOf(changedPhone(await businessPhones.remove(request.params.id, callerOf(request)))),
  );
}

function conflict(description: string) {
  return answerOf(problemSchema, description, 'application/problem+json');
}

const problemCodes: Record<PhoneRefusal, ProblemCode> = {
  known: 'business-phone-known',
  unknown: 'business-phone-unknown',
  'in-environment': 'business-phone-in-environment',
  'encryption-key-missing': 'encryption-key-missing',
};

function changedPhone(change: PhoneChange): BusinessPhoneView {
  if ('refusal' in change) throw new ProblemError(problemOf(problemCodes[change.refusal]));
  return change.phone;
}

function registrationProblem(
  result: Exclude<Registration, { outcome: 'registered' }>,
  language: Language,
): ProblemError {
  if (result.outcome === 'refused') {
    return new ProblemError(refusedByMeta('registration-refused', result.failure, language, 'registered'));
  }
  if (result.outcome === 'unanswered') {
    return new ProblemError(problemOf('meta-unanswered', { detail: `${result.reason}.` }));
  }
  switch (result.because) {
    case 'unknown':
      return new ProblemError(problemOf('business-phone-unknown'));
    case 'pin-missing':
      return new ProblemError(problemOf('registration-pin-missing'));
    case 'no-sender':
      return new ProblemError(problemOf('registration-without-token'));
    case 'used-up': {
      const detail = `The next call can be made after ${isoTime(result.until)}.`;
      return new ProblemError(problemOf('registration-limit', { detail }));
    }
  }
}

/** @throws ProblemError when there is a mistake */
function refuseOtherNumber(mistake: { found?: string; expected: string } | null): void {
  if (mistake === null) return;
  const found = mistake.found === undefined ? '' : `: ${mistake.found}`;
  const message = `\`id\` must be ${mistake.expected}${found}.`;
  throw new ProblemError(
    problemOf('business-phone-id-wrong', {
      detail: message,
      errors: [{ in: 'body', path: 'id', message }],
    }),
  );
}

/** The id after which the list begins; the empty text for its start. */
function phoneCursor(after: string | undefined): string {
  if (after === undefined || /^\d{1,32}$/.test(after)) return after ?? '';
  throw new ProblemError(
    problemOf('cursor-invalid', { detail: '`after` must be the id of a business phone: digits only.' }),
  );
}
