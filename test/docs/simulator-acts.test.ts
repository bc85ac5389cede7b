import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { simulatorActs } from '../../scripts/simulator-acts.ts';
import { startSimulation } from '../../src/simulator/simulation.ts';

const page = readFileSync(new URL('../../docs/simulator-reference.md', import.meta.url), 'utf8');
const waId = '558587654321';

/** A simulator alone, as whoever has only HTTP drives it: `done`, or the sentence of the refusal. */
async function start() {
  const simulation = await startSimulation(() => ({ seed: 'acts' }));
  onTestFinished(() => simulation.close());
  async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<string> {
    const response = await fetch(`${simulation.graphUrl}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return response.ok ? 'done' : text;
  }
  const told = () =>
    simulation
      .simulator()
      .judge.events()
      .filter(({ kind }) => kind === 'told').length;
  return { simulation, told, post, act: (path: string, body: object) => post(`/_simulator${path}`, body) };
}

/** Ana has written, and has been answered with something to tap and something to hear. */
async function startWithAna() {
  const started = await start();
  const { simulation, act, post } = started;
  const { settings, accounts } = simulation.simulator();
  accounts.phone().isOnBizApp = true;
  await act('/people', { waId });
  await act(`/people/${waId}/writes`, { text: 'Oi' });
  const buttons = [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }];
  const interactive = { type: 'button', body: { text: 'Is it well?' }, action: { buttons } };
  for (const content of [
    { type: 'interactive', interactive },
    { type: 'audio', audio: { link: 'https://example.com/a.ogg' } },
  ]) {
    const body = { messaging_product: 'whatsapp', to: `+${waId}`, ...content };
    const path = `/v25.0/${settings.phoneNumberId}/messages`;
    expect(await post(path, body, { authorization: `Bearer ${settings.accessToken}` })).toBe('done');
  }
  await simulation.simulator().drain();
  return started;
}

describe('each example of docs/simulator-reference.md can be done over HTTP', () => {
  it.each([...simulatorActs.people])('somebody $word', async ({ example }) => {
    expect(page).toContain(JSON.stringify(example).replaceAll('|', '\\|'));
    const { act } = await startWithAna();
    expect(await act(`/people/${waId}/acts`, example)).toBe('done');
  });

  it.each([...simulatorActs.contents])('somebody sends $word', async ({ example }) => {
    expect(page).toContain(JSON.stringify(example));
    const { act, told } = await startWithAna();
    const before = told();
    expect(await act(`/people/${waId}/acts`, { does: 'sends', content: example })).toBe('done');
    expect(told()).toBe(before + 1);
  });

  it.each([...simulatorActs.meta])('Meta $word', async ({ example }) => {
    expect(page).toContain(JSON.stringify(example));
    const { act } = await start();
    expect(await act('/meta', example)).toBe('done');
  });

  it.each([...simulatorActs.news])('Meta tells of $word', async ({ example }) => {
    expect(page).toContain(JSON.stringify(example));
    const { act, told } = await start();
    expect(await act('/news', { news: example })).toBe('done');
    expect(told()).toBe(1);
  });
});

it('who writes after a tap on an advertisement comes with it', async () => {
  const { simulation, act } = await startWithAna();
  const adClick = { sourceUrl: 'https://fb.example/ad', sourceId: '120', headline: 'Cakes', body: 'Today' };
  await act(`/people/${waId}/acts`, { does: 'writes', text: 'Hi', adClick });
  const last = simulation
    .simulator()
    .judge.events()
    .findLast(({ kind }) => kind === 'told');
  expect(JSON.stringify(last)).toContain(
    '"referral":{"source_url":"https://fb.example/ad","source_id":"120"',
  );
});

it('a refusal names the member that is wrong, also of news', async () => {
  const { act } = await start();
  expect(await act('/news', { news: { kind: 'phone-error', code: 1, title: 'x' } })).toContain(
    'at news.details',
  );
  expect(await act('/meta', { does: 'tells', news: { kind: 'phone-error' } })).toContain('at news.code');
  expect(await act('/news', { news: { kind: 'group', groupId: 'x' } })).toContain('group_status_update');
  expect(await act('/news', { news: { kind: 'nothing' } })).toContain('account-review');
});
