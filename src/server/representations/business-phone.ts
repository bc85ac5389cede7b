import type { BusinessPhoneView } from '../../flows/business-phone-contract.ts';
import type { BusinessPhoneBody } from '../contract/business-phone.ts';
import { isoTimeOrNull } from './time.ts';

/** A business phone as the API shows it. */
export function businessPhoneBody(phone: BusinessPhoneView): BusinessPhoneBody {
  const { isDefault, firstSeenAt, lastEventAt, createdAt, updatedAt, ...rest } = phone;
  return {
    ...rest,
    default: isDefault,
    firstSeenAt: isoTimeOrNull(firstSeenAt),
    lastEventAt: isoTimeOrNull(lastEventAt),
    createdAt: isoTimeOrNull(createdAt),
    updatedAt: isoTimeOrNull(updatedAt),
  };
}
