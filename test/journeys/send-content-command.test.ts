import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey } from '../support/test-config.ts';

const anas = '558587654321';

/** A gateway to which Ana has written, and a folder with files. */
async function start() {
  const running = await runGateway();
  const ana = running.simulator.person(anas);
  await ana.writes('Oi');
  await running.settle();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'photo.jpg'), 'a photo');
  writeFileSync(join(folder, 'large.jpg'), Buffer.alloc(6 * 1024 * 1024));
  return { running, ana, folder };
}

function recado({ gateway }: RunningGateway, folder: string, ...command: string[]) {
  return runRecado(folder, command, { RECADO_URL: gateway.url, RECADO_ADMIN_KEY: adminKey });
}

describe('recado send', () => {
  it('uploads a file once and sends it, replies, reacts, and shows places and buttons', async () => {
    const { running, ana, folder } = await start();
    const to = ['send', '--to', anas];
    const image = [...to, '--image', 'photo.jpg', '--caption', 'Look!'];
    const preview = await recado(running, folder, ...image, '--preview');
    expect(preview).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('free-form') });
    const first = await recado(running, folder, ...image);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toMatch(/^File \d+: uploaded to Meta\nDecision: free-form\n/);
    await running.settle();
    expect(ana.messages().at(-1)).toMatchObject({ kind: 'image', text: 'Look!' });
    const messageId = ana.messages().at(-1)?.id ?? '';
    expect((await recado(running, folder, ...image)).stdout).toContain('Meta has it already');

    writeFileSync(
      join(folder, 'buttons.json'),
      JSON.stringify({
        interactive: {
          type: 'button',
          body: { text: 'Yes?' },
          action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
        },
      }),
    );
    for (const [flags, shown] of [
      [['--location=-3.7319,-38.5267', '--location-name', 'Our shop'], { text: 'Our shop' }],
      [['--content', 'buttons.json'], { text: 'Yes?' }],
      [['--text', 'This one', '--reply-to', messageId], { text: 'This one' }],
    ] as const) {
      expect(await recado(running, folder, ...to, ...flags)).toMatchObject({ exitCode: 0, stderr: '' });
      await running.settle();
      expect(ana.messages().at(-1)).toMatchObject(shown);
    }
    const reaction = await recado(running, folder, ...to, '--reaction', '👍', '--to-message', messageId);
    expect(reaction).toMatchObject({ exitCode: 0 });
  });

  it('says before Meta is asked that a file is too large, and sends nothing', async () => {
    const { running, ana, folder } = await start();
    await running.settle();
    const before = ana.messages().length;
    const large = await recado(running, folder, 'send', '--to', anas, '--image', 'large.jpg');
    expect(large.exitCode).toBe(1);
    expect(large.stderr).toContain('As image at most 5 MB.');
    const nothing = await recado(running, folder, 'send', '--to', anas, '--image', 'cat.jpg');
    expect(nothing).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no file cat.jpg'),
    });
    await running.settle();
    expect(ana.messages()).toHaveLength(before);
  });

  it('sends one upload to everybody in a file, with words of their own below it', async () => {
    const { running, ana, folder } = await start();
    writeFileSync(join(folder, 'people.csv'), `to,name\n${anas},Ana\n`);
    const command = ['send', '--file', 'people.csv', '--image', 'photo.jpg', '--caption', 'Oi, {name}!'];
    const dry = await recado(running, folder, ...command, '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1  free-form') });
    expect(dry.stdout).not.toContain('uploaded');
    const sent = await recado(running, folder, ...command);
    expect(sent).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('uploaded to Meta') });
    await running.settle();
    expect(ana.messages().at(-1)).toMatchObject({ kind: 'image', text: 'Oi, Ana!' });
    expect(readFileSync(join(folder, 'people.result.csv'), 'utf8')).toContain(anas);
    const wrong = await recado(running, folder, ...command.slice(0, -1), 'Oi, {nome}!');
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no column `nome`') });
  });
});
