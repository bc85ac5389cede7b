import { describe, expect, it } from 'vitest';
import type { BatchBody, BatchPreviewBody, BatchRowPageBody } from '../../src/server/contract/batch.ts';
import type { ProblemBody } from '../../src/server/contract/problem.ts';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';

const person = (index: number) => `55119${String(80000000 + index)}`;

function rowsFor(from: number, count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    to: `+${person(from + index)}`,
    template: { name: 'hello_world', language: 'en_US' },
    reference: `row-${from + index}`,
  }));
}

async function create(running: RunningGateway, body: object, headers: Record<string, string> = {}) {
  return running.api<BatchBody>('POST', '/v1/batches', body, headers);
}

async function look(running: RunningGateway, id: string): Promise<BatchBody> {
  return (await running.api<BatchBody>('GET', `/v1/batches/${id}`)).body;
}

/** A gateway whose pace lets everything through at once. */
async function quick() {
  const running = await runGateway();
  await running.api('PATCH', '/v1/settings', { messagesPerSecond: 10_000 });
  for (let index = 0; index < 20; index += 1) running.simulator.person(person(index));
  return running;
}

describe('/v1/batches', () => {
  it('sends each row once, says why one cannot be sent, and lists what became of each', async () => {
    const running = await quick();
    const notifications = [
      ...rowsFor(0, 6),
      { to: 'nobody', text: 'x' },
      { to: '+5511999990000', text: 'x' },
    ];
    const answer = await create(running, { name: 'Reminders', notifications });
    expect(answer).toMatchObject({ status: 202, body: { name: 'Reminders', state: 'running', total: 8 } });
    expect(answer.headers.get('location')).toBe(`/v1/batches/${answer.body.id}`);
    await running.settle();
    expect(await look(running, answer.body.id)).toMatchObject({
      state: 'done',
      waiting: 0,
      invalid: 1,
      states: { delivered: 6, failed: 1 },
    });
    const rows = await running.api<BatchRowPageBody>('GET', `/v1/batches/${answer.body.id}/rows?limit=7`);
    expect(rows.body.data.map(({ row, state, failure }) => [row, state, failure?.code ?? null])).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((row) => [row, 'delivered', null]),
      [7, null, 'recipient-invalid'],
    ]);
    const more = await running.api<BatchRowPageBody>('GET', `/v1/batches/${answer.body.id}/rows?after=7`);
    expect(more.body).toMatchObject({
      data: [{ row: 8, state: 'failed', failure: { code: 'window-closed' } }],
      next: null,
    });
    expect(running.simulator.ledger()).toHaveLength(6);
    expect((await running.api<Page<BatchBody>>('GET', '/v1/batches')).body.data).toHaveLength(1);
  });

  it('is one batch under one idempotency key, and adds rows that are repeated only once', async () => {
    const running = await quick();
    const body = { notifications: rowsFor(0, 2), start: false };
    const first = await create(running, body, { 'idempotency-key': 'people.csv' });
    const again = await create(running, body, { 'idempotency-key': 'people.csv' });
    expect([first.body.id, again.headers.get('idempotent-replayed')]).toEqual([again.body.id, 'true']);
    const other = await running.api<ProblemBody>(
      'POST',
      '/v1/batches',
      { notifications: rowsFor(3, 1) },
      { 'idempotency-key': 'people.csv' },
    );
    expect(other).toMatchObject({ status: 409, body: { code: 'batch-key-conflict' } });
    const path = `/v1/batches/${first.body.id}`;
    for (let time = 0; time < 2; time += 1) {
      const added = await running.api('POST', `${path}/rows`, { firstRow: 3, notifications: rowsFor(2, 2) });
      expect(added).toMatchObject({ status: 200, body: { state: 'open', total: 4 } });
    }
    await running.settle();
    expect(running.simulator.ledger()).toEqual([]);
    expect(await running.api('POST', `${path}/resume`)).toMatchObject({ body: { state: 'running' } });
    await running.restart();
    await running.settle();
    expect(
      running.simulator
        .ledger()
        .map(({ waId }) => waId)
        .sort(),
    ).toEqual([0, 1, 2, 3].map(person));
    const late = await running.api<ProblemBody>('POST', `${path}/rows`, {
      firstRow: 5,
      notifications: rowsFor(4, 1),
    });
    expect(late).toMatchObject({ status: 409, body: { code: 'batch-not-so-far' } });
  });

  it('stops at once when it is paused, and for ever when it is cancelled', async () => {
    const running = await quick();
    const { body } = await create(running, { notifications: rowsFor(0, 8), start: false });
    const path = `/v1/batches/${body.id}`;
    expect(await running.api<ProblemBody>('POST', `${path}/pause`)).toMatchObject({ status: 409 });
    await running.api('POST', '/v1/sending/stop');
    await running.api('POST', `${path}/resume`);
    await running.settle();
    expect(await look(running, body.id)).toMatchObject({ state: 'running', states: { queued: 8 } });
    expect(await running.api('POST', `${path}/pause`)).toMatchObject({ body: { state: 'paused' } });
    await running.api('POST', '/v1/sending/start');
    await running.settle();
    expect(running.simulator.ledger()).toEqual([]);
    expect(await running.api('POST', `${path}/cancel`)).toMatchObject({ body: { state: 'cancelled' } });
    await running.settle();
    expect(await look(running, body.id)).toMatchObject({ state: 'cancelled', states: { cancelled: 8 } });
    expect(await running.api('POST', `${path}/resume`)).toMatchObject({ status: 409 });
    expect(running.simulator.ledger()).toEqual([]);
  });

  it('says beforehand what would become of the rows, and stores nothing', async () => {
    const running = await quick();
    const notifications = [
      ...rowsFor(0, 3),
      { to: 'nobody', text: 'x' },
      { to: '+5511999990000', text: 'x' },
    ];
    const { status, body } = await running.api<BatchPreviewBody>('POST', '/v1/batches/preview', {
      notifications,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: 5,
      decisions: [
        { decision: 'template', failure: null, count: 3, rows: [1, 2, 3] },
        { decision: 'invalid', failure: { code: 'recipient-invalid' }, rows: [4] },
        { decision: 'refuse', failure: { code: 'window-closed' }, rows: [5] },
      ],
    });
    expect((await running.api<Page<unknown>>('GET', '/v1/notifications')).body.data).toEqual([]);
  });

  it('names the member that is wrong, with its row', async () => {
    const running = await runGateway();
    const answer = await running.api<ProblemBody>('POST', '/v1/batches', {
      notifications: [...rowsFor(0, 1), { to: '+551199999', text: 'x', txt: 'y' }],
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body.errors)).toContain('notifications');
    expect((await running.api('GET', '/v1/batches/bt_0000000000000000')).status).toBe(404);
    expect((await running.api('POST', '/v1/batches/nonsense/pause')).status).toBe(404);
  });
});
