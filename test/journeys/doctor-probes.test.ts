import { describe, expect, it } from 'vitest';
import { createProbes } from '../../src/flows/setup/probes.ts';
import type { DoctorBody } from '../../src/server/contract/doctor.ts';
import { type Page, runGateway } from '../support/running-gateway.ts';

const body = Buffer.from('{"object":"recado_probe"}');

/** The probes of another installation, or of this one at another time. */
function probesOf(options: { key?: Uint8Array; now?: number } = {}) {
  return createProbes({
    installationKey: options.key ?? new Uint8Array(32).fill(3),
    proveCommit: async () => {},
    clock: { now: () => options.now ?? Date.now() },
  });
}

describe('a probe of doctor', () => {
  it('arrives, and is no event, no webhook, and not counted as one of Meta’s', async () => {
    const running = await runGateway();
    const { body: chain } = await running.api<DoctorBody>('POST', '/v1/doctor/run', {});
    const found = new Map(chain.checks.map(({ check, verdict }) => [check, verdict]));
    for (const check of ['unaltered', 'body-limit', 'answer-time'] as const) {
      expect([check, found.get(check)]).toEqual([check, 'green']);
    }
    expect(found.get('app-live')).toBe('unknown');
    await running.settle();
    expect((await running.api<Page<object>>('GET', '/v1/events')).body.data).toEqual([]);
    const metrics = await fetch(`${running.gateway.url}/metrics`, {
      headers: { authorization: 'Bearer rk_only-for-tests' },
    });
    const counted = (await metrics.text()).match(
      /^recado_webhooks?_\w*(?:total|committed)\w*(?:\{.*\})? (\d+)$/gm,
    );
    expect(counted?.filter((line) => !line.endsWith(' 0')) ?? []).toEqual([]);
    expect(running.log.join('\n')).not.toMatch(/Webhook received|refused/);
  });

  it('is refused like every stranger’s post when its name is lost, wrong, old, or of another installation', async () => {
    const running = await runGateway();
    const address = `${running.gateway.url}/webhooks/whatsapp/`;
    const post = async (query: string, headers: Readonly<Record<string, string>>) =>
      (await fetch(`${address}${query}`, { method: 'POST', body, headers })).status;
    const foreign = probesOf().begin(body);
    expect(await post(`?${foreign.query}`, foreign.headers)).toBe(401);
    expect(await post('', foreign.headers)).toBe(401);
    expect(await post('?recado-probe=', foreign.headers)).toBe(401);
    await running.settle();
    expect((await running.api<Page<object>>('GET', '/v1/events')).body.data).toEqual([]);
  });

  it('is found by its name for five minutes, and believed only with its own signature', async () => {
    const now = 1_800_000_000_000;
    const probe = probesOf({ now }).begin(body);
    expect(probesOf({ now: now + 6 * 60_000 }).find(probe.query)).toBeNull();
    expect(probesOf({ now, key: new Uint8Array(32).fill(4) }).find(probe.query)).toBeNull();
    const expected = probesOf({ now }).find(probe.query);
    const right = await expected?.arrived(body, probe.headers['x-hub-signature-256']);
    expect(right?.status).toBe(200);
    expect(probe.arrival(Buffer.from(right?.answer ?? ''))).toMatchObject({ signed: true, body });
    const wrong = await expected?.arrived(body, undefined);
    expect(wrong?.status).toBe(401);
    expect(probe.arrival(Buffer.from(wrong?.answer ?? ''))).toMatchObject({ signed: false });
    // An answer that somebody made up, or one to another probe.
    expect(probe.arrival(Buffer.from('00 {"signed":true}'))).toBeNull();
    expect(
      probesOf({ now })
        .begin(body)
        .arrival(Buffer.from(right?.answer ?? '')),
    ).toBeNull();
  });
});
