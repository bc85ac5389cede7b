import { describe, expect, it } from 'vitest';
import type { AuditPageBody } from '../../src/server/contract/audit.ts';
import type { CommandBody } from '../../src/server/contract/command.ts';
import type { ContactBody } from '../../src/server/contract/contact.ts';
import type { MessagePageBody } from '../../src/server/contract/conversation.ts';
import type { MergeBody } from '../../src/server/contract/merge.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { everybody, hear, lastAddress } from '../support/people.ts';
import { runRecado } from '../support/run-recado.ts';
import { type Page, type RunningGateway, runGateway, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey } from '../support/test-config.ts';

const number = '16505550001';
const userId = 'US.ana1';
const now = Math.floor(Date.now() / 1000);
const both = { from: number, from_user_id: userId };

/** A gateway that knew Ana by her number and by her user id, and then heard that both are hers. */
async function runMerged() {
  const running = await runGateway();
  await hear(running, 'wamid.by-id', { from_user_id: userId }, { seconds: now - 50 });
  await hear(running, 'wamid.by-number', { from: number }, { seconds: now - 40 });
  const [byId, byNumber] = await everybody(running);
  await hear(running, 'wamid.both', both, { seconds: now - 30 });
  const { body } = await running.api<Page<MergeBody>>('GET', `/v1/contacts/${byId?.id}/merges`);
  const [merge] = body.data;
  if (byId === undefined || byNumber === undefined || merge === undefined) throw new Error('No merge.');
  return { running, survivor: byId.id, merged: byNumber.id, merge };
}

async function threadOf(running: RunningGateway, contact: ContactBody | undefined) {
  const path = `/v1/conversations/${contact?.conversationId}/messages`;
  const { body } = await running.api<MessagePageBody>('GET', path);
  return body.data.map(({ messageId }) => messageId);
}

describe('two contacts whom Meta names as one person', () => {
  it('are one, under whoever was seen first, with one thread and one window', async () => {
    const { running, survivor, merged, merge } = await runMerged();
    const people = await everybody(running);
    expect(people).toMatchObject([
      {
        id: survivor,
        mergedFrom: [merged],
        waId: number,
        userId,
        window: { closesAt: new Date((now - 30 + 24 * 3600) * 1000).toISOString() },
      },
    ]);
    expect(merge).toMatchObject({
      survivorId: survivor,
      mergedId: merged,
      evidence: { kind: 'pair', sentence: expect.stringContaining('one element') },
      undoneAt: null,
    });
    const { body: event } = await running.api<Page<{ id: string; payload: object; contactId: string }>>(
      'GET',
      '/v1/events?kind=message',
    );
    expect(event.data.find(({ id }) => id === merge.evidence.eventId)?.payload).toMatchObject(both);
    expect(event.data.map(({ contactId }) => contactId)).toEqual([survivor, survivor, survivor]);
    expect(await threadOf(running, people[0])).toEqual(['wamid.by-id', 'wamid.by-number', 'wamid.both']);
    const ofMerged = await running.api<ContactBody>('GET', `/v1/contacts/${merged}`);
    expect(ofMerged.body).toEqual(people[0]);
    const conversations = await running.api<Page<{ id: string; contactId: string }>>(
      'GET',
      '/v1/conversations',
    );
    expect(conversations.body.data).toMatchObject([{ id: people[0]?.conversationId, contactId: survivor }]);
  });

  it('are reached at the number that Meta confirmed last, whichever name is given', async () => {
    const { running, survivor, merged } = await runMerged();
    for (const to of [survivor, merged, userId, number]) {
      const taken = await running.api<NotificationBody>('POST', '/v1/notifications', { to, text: 'Hi' });
      expect(taken.body).toMatchObject({ decision: 'free-form', contactId: survivor });
      await running.settle();
      expect(lastAddress(running)).toBe(`+${number}`);
    }
  });

  it('are two again when somebody undoes it, and stay two in spite of the same evidence and a restart', async () => {
    const { running, survivor, merged, merge } = await runMerged();
    const path = `/v1/contacts/${merged}/merges/${merge.id}`;
    const undone = await running.api<MergeBody>('POST', `${path}/undo`);
    expect(undone).toMatchObject({ status: 200, body: { id: merge.id, undoneAt: expect.any(String) } });
    expect(undone.body.undoneBy).not.toBeNull();
    await hear(running, 'wamid.both-again', both, { seconds: now - 20 });
    await running.restart();
    await hear(running, 'wamid.and-again', both, { seconds: now - 10 });

    const people = await everybody(running);
    expect(people).toMatchObject([
      { id: survivor, mergedFrom: [], waId: null, userId },
      { id: merged, mergedFrom: [], waId: number, userId: null },
    ]);
    expect(await threadOf(running, people[0])).toEqual(['wamid.by-id']);
    expect(await threadOf(running, people[1])).toEqual([
      'wamid.by-number',
      'wamid.both',
      'wamid.both-again',
      'wamid.and-again',
    ]);
    expect((await running.api<MergeBody>('POST', `${path}/undo`)).body).toEqual(undone.body);

    const redone = await running.api<MergeBody>('POST', `${path}/redo`);
    expect(redone.body).toMatchObject({ undoneAt: null, undoneBy: null });
    expect(await everybody(running)).toMatchObject([{ id: survivor, mergedFrom: [merged] }]);
    const audit = await running.api<AuditPageBody>('GET', '/v1/audit');
    expect(audit.body.data.map(({ action, subject }) => [action, subject])).toEqual([
      ['contact.merge-undone', merge.id],
      ['contact.merge-redone', merge.id],
    ]);
  });

  it('are one by Meta’s answer to a send call', async () => {
    const running = await runGateway();
    running.simulator.person('558587654321', { name: 'Ana' });
    const template = { name: 'hello_world', language: 'en_US' };
    const [user] = running.simulator.people();
    await hear(running, 'wamid.by-id', { from_user_id: user?.userId ?? '' });
    await running.api('POST', '/v1/notifications', { to: '+5585987654321', template });
    await running.settle();
    const [ana, ...others] = await everybody(running);
    expect(others).toEqual([]);
    expect(ana).toMatchObject({ waId: '558587654321', userId: user?.userId });
  });

  it('are one by the answer when input and WhatsApp id belonged to two', async () => {
    const running = await runGateway();
    const ana = running.simulator.person('558587654321');
    const user = running.simulator.people()[0];
    await hear(running, 'wamid.1', { from: '558587654321' }, { seconds: now - 50 });
    await hear(running, 'wamid.2', { from_user_id: user?.userId ?? '' }, { seconds: now - 40 });
    expect(await everybody(running)).toHaveLength(2);
    const template = { name: 'hello_world', language: 'en_US' };
    await running.api('POST', '/v1/notifications', { to: '558587654321', template });
    await running.settle();
    const people = await everybody(running);
    expect(people).toHaveLength(1);
    const { body } = await running.api<Page<MergeBody>>('GET', `/v1/contacts/${people[0]?.id}/merges`);
    expect(body.data).toMatchObject([{ evidence: { kind: expect.stringMatching(/answer|pair/) } }]);
    expect(ana.messages()).toHaveLength(1);
  });

  it('are never one across business phones', async () => {
    const running = await runGateway();
    await running.api('POST', '/v1/business-phones', { id: '200100200100299' });
    const body = JSON.stringify(
      webhookOf({
        messages: [
          { from: number, id: 'wamid.x', timestamp: String(now), type: 'text', text: { body: 'x' } },
        ],
      }),
    );
    await running.post(body);
    await running.post(body.replaceAll('200100200100200', '200100200100299').replace('wamid.x', 'wamid.y'));
    await running.settle();
    expect(new Set((await everybody(running)).map(({ businessPhoneId }) => businessPhoneId)).size).toBe(2);
  });

  it('leave no way to undo a merge of somebody else', async () => {
    const { running, merge } = await runMerged();
    await hear(running, 'wamid.other', { from: '16505550009' });
    const other = (await everybody(running))[1];
    const refused = await running.api<{ code: string }>(
      'POST',
      `/v1/contacts/${other?.id}/merges/${merge.id}/undo`,
    );
    expect([refused.status, refused.body.code]).toEqual([404, 'merge-unknown']);
    const none = await running.api<CommandBody>('GET', '/v1/commands/cm_0000000000000000');
    expect(none.status).toBe(404);
  });
});

describe('recado contacts unmerge', () => {
  it('undoes what `show` tells, and `remerge` does it again', async () => {
    const { running, survivor, merged, merge } = await runMerged();
    const environment = { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey, TZ: 'UTC' };
    const recado = (...words: string[]) => runRecado(temporaryFolder(), words, environment);
    const shown = await recado('show', merged);
    expect(shown.stdout).toContain(`Merge        ${merge.id}: ${merged} is ${survivor}`);
    expect(shown.stdout).toContain(`npx recado contacts unmerge ${survivor} ${merge.id}`);

    const undone = await recado('contacts', 'unmerge', survivor, merge.id);
    expect(undone).toMatchObject({ exitCode: 0, stderr: '' });
    expect(undone.stdout).toContain(`${survivor} and ${merged} are two people again.\nNext: `);
    const json = await recado('contacts', 'remerge', survivor, merge.id, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ id: merge.id, undoneAt: null });

    const wrong = await recado('contacts', 'unmerge', survivor, 'mg_0000000000000000');
    expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('merge-unknown') });
    expect(wrong.stderr).toContain('\nNext: ');
  });
});
