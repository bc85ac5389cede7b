import type { HandoverContent } from '../../domain/event-content/handover.ts';
import type { PartnerContent } from '../../domain/event-content/partner.ts';
import type { PaymentContent } from '../../domain/event-content/payment.ts';
import type { SecurityContent } from '../../domain/event-content/security.ts';
import type { TrackingContent } from '../../domain/event-content/tracking.ts';
import type { JsonObject } from '../../domain/json.ts';
import { ownMember, readMilliseconds, readNumber, readObject, readText } from '../wire-values.ts';
import { readNamedPerson } from './read-named-person.ts';

/** The value of `security` (meta-facts §3.1). */
export function readSecurity(value: JsonObject): SecurityContent {
  return {
    event: readText(value.event),
    displayNumber: readNumber(value.display_phone_number),
    requester: readText(value.requester),
  };
}

/** The value of `messaging_handovers`: who has the chat stands under Meta's word (meta-facts §3.1). */
export function readHandover(value: JsonObject): HandoverContent {
  const event = readText(value.type);
  const change = event === null ? null : readObject(ownMember(value, event));
  return {
    event,
    person: readNamedPerson('handover', value),
    displayNumber: readNumber(readObject(value.recipient)?.display_phone_number),
    formerOwner: readText(change?.previous_owner_role),
    owner: readText(change?.new_owner_role),
  };
}

/** The value of `payment_configuration_update` (meta-facts §3.1). */
export function readPayment(value: JsonObject): PaymentContent {
  return {
    configurationName: readText(value.configuration_name),
    providerName: readText(value.provider_name),
    providerMerchantId: readText(value.provider_mid),
    status: readText(value.status),
    createdAt: readMilliseconds(value.created_timestamp),
    updatedAt: readMilliseconds(value.updated_timestamp),
  };
}

/** The value of `partner_solutions` (meta-facts §3.1). */
export function readPartner(value: JsonObject): PartnerContent {
  return {
    event: readText(value.event),
    solutionId: readText(value.solution_id),
    status: readText(value.solution_status),
  };
}

/** An element of `automatic_events` or `tracking_events` (meta-facts §3.1). */
export function readTracking(element: JsonObject): TrackingContent {
  return {
    event: readText(element.event_name),
    messageId: readText(element.id),
    clickId: readText(element.ctwa_clid),
  };
}
