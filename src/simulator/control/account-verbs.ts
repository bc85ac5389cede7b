import * as z from 'zod';
import { businessPhoneStanding } from '../accounts/business-phone-form.ts';
import { type ControlVerb, controlVerb } from './control-verb.ts';

const nothing = z.strictObject({});
const names = z.array(z.string()).transform((list) => new Set(list));
const health = z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']);
const appChanges = z
  .strictObject({
    mode: z.enum(['live', 'development']),
    secret: z.string().min(1),
    callbackUrl: z.url().nullable(),
    verifyToken: z.string(),
    fields: names,
    active: z.boolean(),
    verified: z.boolean(),
  })
  .partial();

const tokenChanges = z
  .strictObject({
    scopes: names,
    accountIds: names.nullable(),
    expiresAt: z.number().nullable(),
    invalidated: z.boolean(),
  })
  .partial();

/** The switches of Meta's books. */
export const accountVerbs: readonly ControlVerb[] = [
  controlVerb(
    {
      method: 'GET',
      path: '/accounts',
      summary:
        'Apps, tokens, WhatsApp accounts and business phones; `verificationCode` of a phone is the code that `request_code` has sent',
    },
    nothing,
    ({ simulation }) => {
      const { accounts } = simulation.simulator();
      return {
        businesses: accounts.businesses(),
        apps: accounts.apps(),
        whatsappAccounts: accounts.whatsappAccounts(),
        phones: accounts.phones(),
        tokens: accounts.tokens(),
      };
    },
  ),
  controlVerb(
    {
      method: 'PATCH',
      path: '/phones/{id}',
      summary: '{"status": "BANNED", "qualityRating": "RED", "registered": false}: how Meta sees the number',
    },
    businessPhoneStanding,
    ({ simulation, parameters, body }) =>
      Object.assign(simulation.simulator().accounts.phone(parameters.id), body),
  ),
  controlVerb(
    {
      method: 'PATCH',
      path: '/apps/{id}',
      summary: '{"mode": "development", "fields": ["messages"], "callbackUrl": "http://…"}: the app',
    },
    appChanges,
    ({ simulation, parameters, body }) => {
      const app = simulation.simulator().accounts.app(parameters.id);
      const { mode = app.mode, secret = app.secret, ...subscription } = body;
      return Object.assign(app, {
        mode,
        secret,
        subscription: { ...app.subscription, ...subscription },
      });
    },
  ),
  controlVerb(
    {
      method: 'PATCH',
      path: '/whatsapp-accounts/{id}',
      summary: '{"canSendMessage": "BLOCKED"}: how Meta sees the account',
    },
    z.strictObject({ canSendMessage: health.optional(), name: z.string().optional() }),
    ({ simulation, parameters, body }) =>
      Object.assign(simulation.simulator().accounts.whatsappAccount(parameters.id), body),
  ),
  controlVerb(
    {
      method: 'PATCH',
      path: '/tokens',
      summary: '{"invalidated": true, "scopes": ["whatsapp_business_messaging"]}: the first access token',
    },
    tokenChanges,
    ({ simulation, body }) => {
      const [token] = simulation.simulator().accounts.tokens();
      return token === undefined ? undefined : Object.assign(token, body);
    },
  ),
];
