import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type RunningGateway, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { adminKey, businessPhoneId } from '../support/test-config.ts';

/** The samples of a scrape, by name and labels as they are written. */
async function scrape(running: RunningGateway): Promise<Map<string, number>> {
  const answer = await fetch(`${running.gateway.url}/metrics`, {
    headers: { authorization: `Bearer ${adminKey}` },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

/** Taken once: the same message twice is the same body, also over the turn of a second. */
const seconds = Math.floor(Date.now() / 1000);

function message(id: string): object {
  return webhookOf({
    messages: [textMessage(id, '558587654321', 'Hi', seconds)],
  });
}

describe('GET /metrics', () => {
  it('is closed without a key', async () => {
    const running = await runGateway();
    const answer = await fetch(`${running.gateway.url}/metrics`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it('counts webhooks, their events and repetitions', async () => {
    const running = await runGateway();
    await running.post(message('wamid.one'));
    await running.post(message('wamid.one'));
    await running.post('{}', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` });
    await running.settle();
    const samples = await scrape(running);
    expect(samples.get('recado_webhooks_total{outcome="acknowledged"}')).toBe(2);
    expect(samples.get('recado_webhooks_total{outcome="signature-mismatch"}')).toBe(1);
    expect(samples.get('recado_webhook_ack_seconds_count')).toBe(2);
    expect(samples.get('recado_webhook_ack_seconds_sum')).toBeGreaterThan(0);
    expect(samples.get('recado_webhook_body_bytes_sum')).toBeGreaterThan(500);
    expect(samples.get('recado_commit_seconds_count')).toBe(2);
    expect(samples.get('recado_commit_webhooks_sum')).toBe(2);
    expect(samples.get('recado_events_total{kind="message"}')).toBe(1);
    expect(samples.get('recado_duplicates_total')).toBe(1);
    expect(samples.get('recado_feed_position')).toBe(1);
    expect(samples.get(`recado_lane_lag_positions{lane="phone:${businessPhoneId}"}`)).toBe(0);
    expect(samples.get('recado_lanes_owned')).toBe(1);
    expect(samples.get('recado_store_readable')).toBe(1);
    expect(samples.get('recado_database_bytes')).toBeGreaterThan(4096);
    expect(samples.get('recado_database_wal_bytes')).toBeGreaterThan(0);
    expect(samples.has('recado_database_free_pages')).toBe(true);
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(samples.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
  });

  it('counts sends and failures, and shows open alarms and readers', async () => {
    const running = await runGateway();
    await running.simulator.person('558587654321').writes('Hi');
    await running.settle();
    await running.api('POST', '/v1/notifications', { to: '558587654321', text: 'Hello' });
    await running.settle();
    running.simulator.unregister();
    await running.api('POST', '/v1/notifications', { to: '558587654321', text: 'Hello' });
    await running.api('POST', '/v1/notifications', { to: '5511900000001', text: 'Nobody' });
    await running.settle();
    const stream = get(`${running.gateway.url}/v1/events/stream`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    const [response]: IncomingMessage[] = await once(stream, 'response');
    await once(response ?? stream, 'data');

    const samples = await scrape(running);
    expect(samples.get('recado_send_attempts_total{outcome="accepted"}')).toBe(1);
    expect(samples.get('recado_send_attempts_total{outcome="refused"}')).toBe(1);
    expect(samples.get('recado_send_refusals_total{code="business-phone-not-registered"}')).toBe(1);
    expect(samples.get('recado_send_seconds_count')).toBe(2);
    expect(samples.get('recado_notification_failures_total{code="business-phone-not-registered"}')).toBe(1);
    expect(samples.get('recado_notification_failures_total{code="window-closed"}')).toBe(1);
    expect(samples.get('recado_notification_changes_total{state="delivered"}')).toBe(1);
    expect(samples.get('recado_notifications_waiting{state="queued"}')).toBe(0);
    expect(samples.get('recado_oldest_due_seconds')).toBe(0);
    expect(samples.get('recado_events_total{kind="alarm"}')).toBe(1);
    expect(samples.get('recado_alarms_open{code="business-phone-not-registered"}')).toBe(1);
    expect(samples.get('recado_event_streams_open')).toBe(1);
    stream.destroy();
    await expect.poll(async () => (await scrape(running)).get('recado_event_streams_open')).toBe(0);
  });

  it('names nobody', async () => {
    const running = await runGateway();
    await running.simulator.person('558587654321', { name: 'Ana Souza' }).writes('um segredo');
    await running.settle();
    await running.api('POST', '/v1/notifications', { to: '558587654321', text: 'Hello' });
    await running.settle();
    const text = [...(await scrape(running)).keys()].join('\n');
    for (const personal of ['558587654321', 'Ana', 'segredo', 'wamid']) expect(text).not.toContain(personal);
  });
});
