import type { Clock } from '../../runtime/clock.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import type { BusinessPhone } from './business-phone.ts';
import { webhookFields } from './developer-app.ts';

/** The number that a simulator has when it is given none. */
export const defaultBusinessPhone: BusinessPhone = {
  phoneNumberId: '200100200100200',
  displayPhoneNumber: '551132100000',
  wabaId: '300100300100300',
  verifiedName: 'Recado Simulator',
  registered: true,
};

const businessId = '600100600100600';

/**
 * Books in which all is well: one live app with every field ticked, subscribed to the WhatsApp account of each phone,
 * and one system user's token with every permission.
 */
export function openAccounts(
  clock: Clock,
  options: {
    phones: readonly BusinessPhone[];
    appId: string;
    appSecret: string;
    verifyToken: string;
    accessToken: string;
    webhookUrl: string | null;
  },
): Accounts {
  const accounts = createAccounts(clock);
  accounts.addBusiness({ id: businessId, name: 'Recado Simulator' });
  accounts.addApp({
    id: options.appId,
    secret: options.appSecret,
    subscription: {
      callbackUrl: options.webhookUrl,
      verifyToken: options.verifyToken,
      fields: new Set(webhookFields),
      active: true,
      verified: true,
    },
  });
  accounts.addToken({ value: options.accessToken });
  for (const phone of options.phones) {
    accounts.addPhone(phone);
    accounts.whatsappAccount(phone.wabaId).subscribedApps.set(options.appId, { override: null });
  }
  return accounts;
}
