import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey } from '../support/test-config.ts';

const template = ['--template', 'interview_reminder', '--language', 'pt_BR'];
const parameters = ['--parameter', '{name}', '--parameter', '{time}'];

/** A gateway whose pace lets everything through at once, and a file of people. */
async function withPeople(rows: string[], head = 'to;name;time;reference') {
  const running = await runGateway();
  await running.api('PATCH', '/v1/settings', { messagesPerSecond: 10_000 });
  const folder = temporaryFolder();
  const file = join(folder, 'people.csv');
  writeFileSync(file, `${[head, ...rows].join('\r\n')}\r\n`);
  return { running, folder, file };
}

function send(running: RunningGateway, folder: string, ...words: string[]) {
  return runRecado(folder, ['send', '--file', 'people.csv', ...words], {
    RECADO_URL: running.gateway.url,
    RECADO_ADMIN_KEY: adminKey,
  });
}

describe('recado send --file', () => {
  it('sends to each person with their own words, writes what became of each, and to nobody twice', async () => {
    const { running, folder } = await withPeople([
      '5511980000001;Ana;10:00;a-1',
      '5511980000002;"Bia; Souza";11:00;b-2',
      'call me;Caio;12:00;c-3',
    ]);
    for (const waId of ['5511980000001', '5511980000002']) running.simulator.person(waId);
    const run = await send(running, folder, ...template, ...parameters);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('Batch bt_');
    expect(run.stdout).toContain('1 invalid');
    await running.settle();
    const bodies = running.simulator
      .ledger()
      .map(({ waId, body }) => [waId, body.includes('Ana') || body.includes('Bia; Souza')]);
    expect(bodies.sort()).toEqual([
      ['5511980000001', true],
      ['5511980000002', true],
    ]);

    const again = await send(running, folder, ...template, ...parameters, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ state: 'done', total: 3, states: { delivered: 2 } });
    expect(running.simulator.ledger()).toHaveLength(2);
    const result = join(folder, 'people.result.csv');
    expect(readFileSync(result, 'utf8').split('\r\n')).toEqual([
      'to,name,time,reference,state,failure,reason,remedy,notification',
      expect.stringMatching(/^5511980000001,Ana,10:00,a-1,delivered,,.+,,nt_\w+$/),
      expect.stringMatching(/^5511980000002,Bia; Souza,11:00,b-2,delivered,,.+,,nt_\w+$/),
      expect.stringMatching(/^call me,Caio,12:00,c-3,invalid,recipient-invalid,.+,$/),
      '',
    ]);
    expect(statSync(result).mode & 0o777).toBe(0o600);
  });

  it('goes on where it ended when it was interrupted before all rows had arrived', async () => {
    const { running, folder } = await withPeople(['5511980000001;Ana;10:00;a', '5511980000002;Bia;11:00;b']);
    const key = ['--idempotency-key', 'november'];
    // What an interrupted command leaves: the batch is made, and not started.
    const rows = ['Ana 5511980000001 10:00 a', 'Bia 5511980000002 11:00 b'].map((row) => {
      const [name, to, time, reference] = row.split(' ');
      const component = { type: 'body', parameters: [name, time].map((text) => ({ type: 'text', text })) };
      return {
        to,
        template: { name: 'interview_reminder', language: 'pt_BR', components: [component] },
        reference,
      };
    });
    const made = await running.api(
      'POST',
      '/v1/batches',
      { notifications: rows, start: false },
      { 'idempotency-key': 'november' },
    );
    expect(made.status).toBe(202);
    const run = await send(running, folder, ...template, ...parameters, ...key, '--json');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({
      id: (made.body as { id: string }).id,
      state: 'done',
      total: 2,
      waiting: 0,
    });
    await running.settle();
    expect(running.simulator.requests().filter(({ path }) => path.endsWith('/messages'))).toHaveLength(2);
  });

  it('counts beforehand what would become of the rows, by reason, and sends nothing', async () => {
    const { running, folder } = await withPeople([
      '5511980000001;Ana;10:00;a',
      'x;Bia;11:00;b',
      '5511980000001;Ana;10:00;a',
    ]);
    const run = await send(running, folder, ...template, ...parameters, '--dry-run');
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('1 of 3 rows are for a number that stands in the file twice.');
    expect(run.stdout).toMatch(
      /3 rows; nothing was sent\.\n +2 {2}template\n +1 {2}invalid: The recipient is neither/,
    );
    const text = await send(running, folder, '--text', 'Oi {name}', '--dry-run', '--json');
    expect(JSON.parse(text.stdout)).toMatchObject({
      total: 3,
      decisions: [
        { decision: 'refuse', count: 2 },
        { decision: 'invalid', count: 1 },
      ],
    });
    expect((await running.api<{ data: unknown[] }>('GET', '/v1/batches')).body.data).toEqual([]);
  });

  it.each([
    {
      words: ['--text', 'Oi {nome}'],
      stderr: 'There is no column `nome`; the file has `to`, `name`, `time`, `reference`.',
    },
    { words: ['--text', 'Oi', '--wait'], stderr: '--file always waits' },
    { words: ['--text', 'Oi', '--preview'], stderr: 'With --file: --dry-run.' },
    { words: ['--text', 'Oi', '--file', 'nobody.csv'], stderr: 'nobody.csv cannot be read' },
  ])('says what is wrong with $words', async ({ words, stderr }) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'people.csv'), 'to,name,time,reference\n1,Ana,10:00,a\n');
    const run = await runRecado(folder, ['send', '--file', 'people.csv', ...words], {
      RECADO_ADMIN_KEY: adminKey,
    });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(stderr);
  });

  it('says what is wrong with the file', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'people.csv'), 'name,time\nAna,10:00\n');
    const run = await runRecado(folder, ['send', '--file', 'people.csv', '--text', 'Oi'], {
      RECADO_ADMIN_KEY: adminKey,
    });
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stderr).toContain('The file needs a column `to`; found `name`, `time`.');
  });
});
