import { eventId } from '../../domain/event.ts';
import type { DeliveryResult } from '../../flows/forwarding/delivery.ts';
import type { EndpointView } from '../../flows/forwarding/endpoints.ts';
import type { EndpointPicture, ForwardAttempt } from '../../flows/forwarding/forwarding-store.ts';
import { judgeDelivery, keptExcerpt } from '../../flows/forwarding/judge-delivery.ts';
import type { EndpointBody, EndpointTrialBody, ForwardAttemptPageBody } from '../contract/endpoint.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

/** An endpoint as the API shows it. */
export function endpointBody(endpoint: EndpointView, picture: EndpointPicture): EndpointBody {
  const { headerNames, createdAt, updatedAt, ...shown } = endpoint;
  const { standing, behind, waiting, deadLetters } = picture;
  return {
    ...shown,
    headers: headerNames,
    down: standing.openUntil !== null,
    failingSince: isoTimeOrNull(standing.failingSince),
    lastFailure: standing.failingSince === null ? null : standing.lastFailure,
    deliveredAt: isoTimeOrNull(standing.deliveredAt),
    behind,
    waiting,
    deadLetters,
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
  };
}

/** What a trial delivery met. */
export function endpointTrialBody(result: DeliveryResult, now: number): EndpointTrialBody {
  const { verdict, sentence } = judgeDelivery(result, now);
  return {
    delivered: verdict === 'delivered',
    status: result.outcome === 'answered' ? result.status : null,
    took: result.took,
    failure: sentence,
    answer: result.outcome === 'answered' ? keptExcerpt(result.excerpt) : '',
  };
}

/** An attempt as the API shows it. */
export function forwardAttemptBody(attempt: ForwardAttempt): ForwardAttemptPageBody['data'][number] {
  const { position, at, delivered, status, took, failure, excerpt } = attempt;
  return { event: eventId(position), at: isoTime(at), delivered, status, took, failure, answer: excerpt };
}
