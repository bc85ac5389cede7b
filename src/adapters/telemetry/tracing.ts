import {
  type Attributes,
  context,
  isSpanContextValid,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { JsonObject } from '../../domain/json.ts';
import type { Lane } from '../../domain/lane.ts';
import type { AttemptOutcome } from '../../domain/notification.ts';

/**
 * Spans on the way of a webhook and of a notification. Without an OpenTelemetry SDK in the process each costs
 * 0.4 µs (`node scripts/measure-telemetry.ts`). No attribute holds a person's number, name or text, or Meta's
 * message id, which holds the number.
 */
export type Tracing = {
  /** `recado.webhook.receive`: from verified bytes to the commit. */
  receive(facts: { bytes: number }, work: () => Promise<void>): Promise<void>;
  /** Inside `receive`: the webhook was committed, with new events in these lanes. */
  appended(facts: { lanes: Iterable<Lane>; events: number; fresh: number }): void;
  /** `recado.lane.fold`: linked to the webhooks that were appended to the lane since its last fold. */
  fold(lane: Lane, work: () => Promise<boolean>): Promise<boolean>;
  /** `recado.notification.send`: one try. */
  send(
    request: { phoneNumberId: string; message: JsonObject },
    work: () => Promise<AttemptOutcome>,
  ): Promise<AttemptOutcome>;
};

/** More webhooks than this are not linked from one fold. */
const MOST_LINKS = 64;

/** Makes the spans, with whatever tracer provider the process has registered, now or later. */
export function createTracing(): Tracing {
  const tracer = trace.getTracer('recado');
  /** What a lane's next fold is linked to; empty as long as nobody records spans. */
  const awaited = new Map<Lane, Link[]>();

  function start(name: string, kind: SpanKind, attributes: Attributes, links: Link[] = []): Span {
    return tracer.startSpan(name, { kind, attributes, links });
  }

  /** Runs work within a span; where nobody records spans, without the cost of a context. */
  function watched<Result>(
    span: Span,
    work: () => Promise<Result>,
    finished: (result: Result) => void,
  ): Promise<Result> {
    return isSpanContextValid(span.spanContext()) ? traced(span, work, finished) : work();
  }

  async function traced<Result>(
    span: Span,
    work: () => Promise<Result>,
    finished: (result: Result) => void,
  ): Promise<Result> {
    try {
      const result = await context.with(trace.setSpan(context.active(), span), work);
      finished(result);
      return result;
    } catch (failure) {
      // The name only: messages may quote what was being worked on.
      const name = failure instanceof Error ? failure.name : 'unknown';
      span.setAttribute('error.type', name);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw failure;
    } finally {
      span.end();
    }
  }

  return {
    receive({ bytes }, work) {
      const opened = start('recado.webhook.receive', SpanKind.SERVER, { 'recado.webhook.bytes': bytes });
      return watched(opened, work, () => {});
    },
    appended({ lanes, events, fresh }) {
      const span = trace.getActiveSpan();
      if (span === undefined) return;
      span.setAttributes({ 'recado.webhook.events': events, 'recado.webhook.events.new': fresh });
      const spanContext = span.spanContext();
      if (!isSpanContextValid(spanContext) || !span.isRecording()) return;
      for (const lane of new Set(lanes)) {
        const links = awaited.get(lane) ?? [];
        if (links.length < MOST_LINKS) links.push({ context: spanContext });
        awaited.set(lane, links);
      }
    },
    fold(lane, work) {
      const links = awaited.get(lane) ?? [];
      awaited.delete(lane);
      const opened = start('recado.lane.fold', SpanKind.INTERNAL, { 'recado.lane': lane }, links);
      return watched(opened, work, (changed) => opened.setAttribute('recado.fold.changed', changed));
    },
    send({ phoneNumberId, message }, work) {
      const id = message['biz_opaque_callback_data'];
      const opened = start('recado.notification.send', SpanKind.CLIENT, {
        'recado.business_phone.id': phoneNumberId,
        ...(typeof id === 'string' ? { 'recado.notification.id': id } : {}),
      });
      return watched(opened, work, (result) => {
        opened.setAttribute('recado.send.outcome', result.outcome);
        if (result.outcome === 'accepted') return;
        opened.setStatus({ code: SpanStatusCode.ERROR });
        if (result.outcome !== 'refused') return;
        opened.setAttributes({
          'recado.failure.code': result.failure.code,
          'http.response.status_code': result.httpStatus,
          ...(result.failure.metaCode === null ? {} : { 'recado.meta.code': result.failure.metaCode }),
        });
      });
    },
  };
}
