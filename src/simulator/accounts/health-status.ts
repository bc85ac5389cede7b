import type { JsonObject } from '../../domain/json.ts';
import { titleOf } from '../graph/graph-error.ts';
import type { SendingConditions } from '../send/sending-conditions.ts';
import type { Accounts } from './accounts.ts';
import { type BusinessPhoneRecord, statusOf } from './business-phone.ts';
import type { SendingHealth } from './whatsapp-account.ts';

type Entity = { entity_type: string; id: string; can_send_message: SendingHealth; errors?: JsonObject[] };

const worse: readonly SendingHealth[] = ['BLOCKED', 'LIMITED', 'AVAILABLE'];

/**
 * The `health_status` of a business phone (meta-facts §7.2): the phone, its WhatsApp account, the portfolio and the
 * app, and over them the worst of the four.
 */
export function healthStatusOf(
  phone: BusinessPhoneRecord,
  accounts: Accounts,
  appId: string,
  { paymentProblem }: Pick<SendingConditions, 'paymentProblem'>,
): JsonObject {
  const account = accounts.whatsappAccount(phone.wabaId);
  const health = paymentProblem ? 'BLOCKED' : account.canSendMessage;
  const entities: Entity[] = [
    phoneHealth(phone),
    {
      entity_type: 'WABA',
      id: account.id,
      can_send_message: health,
      ...(health !== 'AVAILABLE' && { errors: [healthError(paymentProblem ? 131042 : 131031)] }),
    },
    { entity_type: 'BUSINESS', id: account.businessId, can_send_message: 'AVAILABLE' },
    { entity_type: 'APP', id: appId, can_send_message: 'AVAILABLE' },
  ];
  const worst = worse.find((health) => entities.some((entity) => entity.can_send_message === health));
  return { can_send_message: worst ?? 'AVAILABLE', entities };
}

function phoneHealth(phone: BusinessPhoneRecord): Entity {
  const health = phone.canSendMessage ?? healthByStatus(phone);
  return {
    entity_type: 'PHONE_NUMBER',
    id: phone.phoneNumberId,
    can_send_message: health,
    ...(health !== 'AVAILABLE' && { errors: [healthError(phone.registered ? 131031 : 133010)] }),
  };
}

function healthByStatus(phone: BusinessPhoneRecord): SendingHealth {
  const status = statusOf(phone);
  if (status === 'CONNECTED') return 'AVAILABLE';
  return status === 'FLAGGED' || status === 'RATE_LIMITED' ? 'LIMITED' : 'BLOCKED';
}

function healthError(code: number): JsonObject {
  return { error_code: code, error_description: titleOf(code) };
}
