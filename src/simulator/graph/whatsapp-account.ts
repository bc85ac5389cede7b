import type { JsonObject } from '../../domain/json.ts';
import { businessScope, managementScope } from '../accounts/access-token.ts';
import type { Business } from '../accounts/accounts.ts';
import type { WhatsappAccount } from '../accounts/whatsapp-account.ts';
import { phoneFields, usualPhoneFields } from './business-phone.ts';
import type { GraphContext } from './graph-context.ts';
import type { GraphRoute } from './graph-route.ts';
import { readFields, readListFields } from './read-fields.ts';

/** What is told of a WhatsApp account. */
const usualFields = ['id', 'name'];

function accountFields(account: WhatsappAccount): JsonObject {
  return { id: account.id, name: account.name };
}

/** `GET /{waba}` and its `phone_numbers` (meta-facts §7.2). */
export function whatsappAccountRoutes(account: WhatsappAccount, context: GraphContext): GraphRoute[] {
  const { accounts } = context;
  return [
    {
      method: 'GET',
      edge: null,
      needs: [managementScope],
      answer: ({ parameters }) => readFields(accountFields(account), parameters.fields, usualFields),
    },
    {
      method: 'GET',
      edge: 'phone_numbers',
      needs: [managementScope],
      answer: ({ parameters, token }) =>
        readListFields(
          accounts
            .phones()
            .filter((phone) => phone.wabaId === account.id)
            .map((phone) => phoneFields(phone, context, token.appId)),
          parameters.fields,
          usualPhoneFields,
        ),
    },
  ];
}

/** `GET /{business}` and the WhatsApp accounts that it owns, or that its clients share with it. */
export function businessRoutes(business: Business, { accounts }: GraphContext): GraphRoute[] {
  function list(edge: string, belongs: (account: WhatsappAccount) => boolean): GraphRoute {
    return {
      method: 'GET',
      edge,
      needs: [businessScope],
      answer: ({ parameters }) =>
        readListFields(
          accounts.whatsappAccounts().filter(belongs).map(accountFields),
          parameters.fields,
          usualFields,
        ),
    };
  }
  return [
    {
      method: 'GET',
      edge: null,
      needs: [businessScope],
      answer: ({ parameters }) =>
        readFields({ id: business.id, name: business.name }, parameters.fields, usualFields),
    },
    list('owned_whatsapp_business_accounts', (account) => account.businessId === business.id),
    list('client_whatsapp_business_accounts', (account) => account.sharedWith.has(business.id)),
  ];
}
