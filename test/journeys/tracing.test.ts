import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  type ContextManager,
  context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  type SpanStatus,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTracing } from '../../src/adapters/telemetry/tracing.ts';
import { type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { businessPhoneId } from '../support/test-config.ts';

type Recorded = {
  name: string;
  kind: SpanKind;
  attributes: Attributes;
  links: Link[];
  status: SpanStatus;
  context: SpanContext;
  ended: boolean;
};

/** The least that the API asks of an SDK: spans that remember what they are told. */
function recordSpans(): Recorded[] {
  const spans: Recorded[] = [];
  const startSpan = (name: string, options: SpanOptions = {}): Span => {
    const spanContext = {
      traceId: 'a'.repeat(32),
      spanId: (spans.length + 1).toString(16).padStart(16, '0'),
      traceFlags: TraceFlags.SAMPLED,
    };
    const recorded: Recorded = {
      name,
      kind: options.kind ?? SpanKind.INTERNAL,
      attributes: { ...options.attributes },
      links: options.links ?? [],
      status: { code: SpanStatusCode.UNSET },
      context: spanContext,
      ended: false,
    };
    spans.push(recorded);
    const span: Span = {
      spanContext: () => spanContext,
      setAttribute(key, value) {
        recorded.attributes[key] = value;
        return span;
      },
      setAttributes(attributes) {
        Object.assign(recorded.attributes, attributes);
        return span;
      },
      addEvent: () => span,
      addLink: () => span,
      addLinks: () => span,
      setStatus(status) {
        recorded.status = status;
        return span;
      },
      updateName: () => span,
      end() {
        recorded.ended = true;
      },
      isRecording: () => !recorded.ended,
      recordException: () => undefined,
    };
    return span;
  };
  const tracer: Tracer = {
    startSpan,
    startActiveSpan: (_name: string, ..._rest: unknown[]): never => {
      throw new Error('not used');
    },
  };
  const provider: TracerProvider = { getTracer: () => tracer };
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(contextManager());
  onTestFinished(() => {
    trace.disable();
    context.disable();
  });
  return spans;
}

/** As the SDK's own: the active span follows asynchronous work. */
function contextManager(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, work, self, ...values) => storage.run(active, () => work.call(self, ...values)),
    bind: (_context, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

const named = (spans: Recorded[], name: string) => spans.filter((span) => span.name === name);

async function oneConversation(): Promise<RunningGateway> {
  const running = await runGateway();
  await running.simulator.person('558587654321', { name: 'Ana Souza' }).writes('um segredo');
  await running.settle();
  await running.api('POST', '/v1/notifications', { to: '558587654321', text: 'outro segredo' });
  await running.settle();
  running.simulator.unregister();
  await running.api('POST', '/v1/notifications', { to: '558587654321', text: 'outro segredo' });
  await running.settle();
  return running;
}

describe('spans', () => {
  it('follow a webhook into the fold, and a notification to Meta', async () => {
    const spans = recordSpans();
    await oneConversation();
    const [received] = named(spans, 'recado.webhook.receive');
    expect(received).toMatchObject({
      kind: SpanKind.SERVER,
      attributes: {
        'recado.webhook.bytes': expect.any(Number),
        'recado.webhook.events': 1,
        'recado.webhook.events.new': 1,
      },
    });
    const folds = named(spans, 'recado.lane.fold');
    expect(folds[0]).toMatchObject({
      attributes: { 'recado.lane': `phone:${businessPhoneId}`, 'recado.fold.changed': true },
      links: [{ context: received?.context }],
    });
    const webhooks = named(spans, 'recado.webhook.receive').map(({ context }) => context.spanId);
    const linked = folds.flatMap(({ links }) => links.map((link) => link.context.spanId));
    expect(linked.toSorted()).toEqual(webhooks.toSorted());
    const sends = named(spans, 'recado.notification.send');
    expect(sends).toMatchObject([
      {
        kind: SpanKind.CLIENT,
        attributes: {
          'recado.business_phone.id': businessPhoneId,
          'recado.notification.id': expect.stringMatching(/^nt_/),
          'recado.send.outcome': 'accepted',
        },
        status: { code: SpanStatusCode.UNSET },
      },
      {
        attributes: {
          'recado.send.outcome': 'refused',
          'recado.failure.code': 'business-phone-not-registered',
          'recado.meta.code': 133010,
        },
        status: { code: SpanStatusCode.ERROR },
      },
    ]);
    expect(spans.every(({ ended }) => ended)).toBe(true);
  });

  it('hold nothing about people', async () => {
    const spans = recordSpans();
    await oneConversation();
    const all = JSON.stringify(spans);
    for (const personal of ['558587654321', 'segredo', 'Ana', 'wamid']) expect(all).not.toContain(personal);
  });

  it('are not missed when there is no SDK', async () => {
    const running = await oneConversation();
    expect((await running.api('GET', '/v1/contacts')).status).toBe(200);
  });
});

describe('createTracing', () => {
  it('names what was thrown, without its words, and passes it on', async () => {
    const spans = recordSpans();
    const failing = createTracing().receive({ bytes: 7 }, () => Promise.reject(new TypeError('segredo')));
    await expect(failing).rejects.toThrow('segredo');
    expect(spans).toMatchObject([
      { attributes: { 'error.type': 'TypeError' }, status: { code: SpanStatusCode.ERROR }, ended: true },
    ]);
    expect(JSON.stringify(spans)).not.toContain('segredo');
  });
});
