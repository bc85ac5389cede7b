import type { BusinessPhoneState } from '../../domain/business-phone-state.ts';
import type { BusinessPhoneView } from '../../flows/business-phone-contract.ts';
import type { BusinessPhoneBody } from '../contract/business-phone.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

/** A business phone as the API shows it, with what webhooks told of it. */
export function businessPhoneBody(
  phone: BusinessPhoneView,
  state: BusinessPhoneState & { registered: boolean | null },
): BusinessPhoneBody {
  const { isDefault, firstSeenAt, lastEventAt, createdAt, updatedAt, numbers: _, ...rest } = phone;
  return {
    ...rest,
    default: isDefault,
    firstSeenAt: isoTimeOrNull(firstSeenAt),
    lastEventAt: isoTimeOrNull(lastEventAt),
    state: {
      ...state,
      restrictions: state.restrictions.map(({ restriction, expiresAt }) => ({
        restriction,
        expiresAt: isoTimeOrNull(expiresAt),
      })),
      alerts: state.alerts.map((alert) => ({ ...alert, toldAt: isoTime(alert.toldAt) })),
      changedAt: isoTimeOrNull(state.changedAt),
    },
    createdAt: isoTimeOrNull(createdAt),
    updatedAt: isoTimeOrNull(updatedAt),
  };
}
