import * as z from 'zod';
import { appChanges, tokenChanges, whatsappAccountChanges } from '../accounts/book-changes-form.ts';
import { businessPhoneStanding } from '../accounts/business-phone-form.ts';
import { asGiven, type ControlVerb, controlVerb } from './control-verb.ts';

const nothing = z.strictObject({});
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
    asGiven(businessPhoneStanding),
    ({ simulation, parameters: { id = '' }, body }) => {
      const simulator = simulation.simulator();
      simulator.takes({ ...body, does: 'sets-phone', phoneNumberId: id });
      return simulator.accounts.phone(id);
    },
  ),
  controlVerb(
    {
      method: 'PATCH',
      path: '/apps/{id}',
      summary: '{"mode": "development", "fields": ["messages"], "callbackUrl": "http://…"}: the app',
    },
    asGiven(appChanges),
    ({ simulation, parameters: { id = '' }, body }) => {
      const simulator = simulation.simulator();
      simulator.takes({ ...body, does: 'sets-app', appId: id });
      return simulator.accounts.app(id);
    },
  ),
  controlVerb(
    {
      method: 'PATCH',
      path: '/whatsapp-accounts/{id}',
      summary: '{"canSendMessage": "BLOCKED"}: how Meta sees the account',
    },
    asGiven(whatsappAccountChanges),
    ({ simulation, parameters: { id = '' }, body }) => {
      const simulator = simulation.simulator();
      simulator.takes({ ...body, does: 'sets-account', wabaId: id });
      return simulator.accounts.whatsappAccount(id);
    },
  ),
  controlVerb(
    {
      method: 'PATCH',
      path: '/tokens',
      summary:
        '{"invalidated": true, "scopes": ["whatsapp_business_messaging"]}: the first access token, or the one of this `value`',
    },
    asGiven(tokenChanges.extend({ value: z.string().min(1).exactOptional() })),
    ({ simulation, body }) => {
      const simulator = simulation.simulator();
      simulator.takes({ ...body, does: 'sets-token' });
      return simulator.accounts
        .tokens()
        .find(({ value }) => body.value === undefined || value === body.value);
    },
  ),
];
