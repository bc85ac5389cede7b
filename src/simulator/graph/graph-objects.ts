import type { BusinessPhoneRecord } from '../accounts/business-phone.ts';
import type { WhatsappAccount } from '../accounts/whatsapp-account.ts';
import { businessPhoneRoutes } from './business-phone.ts';
import { debugTokenRoutes } from './debug-token.ts';
import type { GraphContext } from './graph-context.ts';
import type { GraphObject, GraphRoute } from './graph-route.ts';
import { mediaRoutes, mediaUploadRoutes } from './media.ts';
import { registrationRoutes } from './registration.ts';
import { subscribedAppsRoutes } from './subscribed-apps.ts';
import { subscriptionsRoutes } from './subscriptions.ts';
import { businessRoutes, whatsappAccountRoutes } from './whatsapp-account.ts';

/**
 * Finds what an id of the Graph API stands for, with every call that it takes.
 *
 * @param further the calls of a business phone and of a WhatsApp account that are made elsewhere: messages, templates
 */
export function createGraphObjects(
  context: GraphContext,
  further: {
    ofPhone(phone: BusinessPhoneRecord): readonly GraphRoute[];
    ofWhatsappAccount(account: WhatsappAccount): readonly GraphRoute[];
    /** What else has an id; null when nothing has this one. */
    withId(id: string): GraphObject | null;
  },
): (id: string) => GraphObject | null {
  const { accounts, media } = context;
  return (id) => {
    if (id === 'debug_token') return { wabaId: null, appId: null, routes: debugTokenRoutes(context) };
    const phone = accounts.phones().find(({ phoneNumberId }) => phoneNumberId === id);
    if (phone !== undefined) {
      const routes = [
        ...further.ofPhone(phone),
        ...businessPhoneRoutes(phone, context),
        ...registrationRoutes(phone, context),
        ...mediaUploadRoutes(phone, context),
      ];
      return { wabaId: phone.wabaId, appId: null, routes };
    }
    const account = accounts.whatsappAccounts().find((known) => known.id === id);
    if (account !== undefined) {
      const routes = [
        ...further.ofWhatsappAccount(account),
        ...whatsappAccountRoutes(account, context),
        ...subscribedAppsRoutes(account, context),
      ];
      return { wabaId: account.id, appId: null, routes };
    }
    const app = accounts.apps().find((known) => known.id === id);
    if (app !== undefined) return { wabaId: null, appId: app.id, routes: subscriptionsRoutes(app, context) };
    const business = accounts.businesses().find((known) => known.id === id);
    if (business !== undefined)
      return { wabaId: null, appId: null, routes: businessRoutes(business, context) };
    const other = further.withId(id);
    if (other !== null) return other;
    const stored = media.find(id);
    if (stored === null) return null;
    const owner = accounts.phones().find(({ phoneNumberId }) => phoneNumberId === stored.phoneNumberId);
    return { wabaId: owner?.wabaId ?? null, appId: null, routes: mediaRoutes(stored, context) };
  };
}
