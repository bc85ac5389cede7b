import { resolve } from 'node:path';
import { checkPostgresUrl } from '../config/value-checks.ts';
import { type Moved, type MoveProgress, moveToPostgres } from '../offline.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';
import { loadConfig } from './load-config.ts';

/** Moves the embedded database to PostgreSQL, and says what was moved. */
export async function moveDatabase(url: string, json: boolean, context: CommandContext): Promise<void> {
  const wrong = checkPostgresUrl(url, () => null);
  if (wrong !== null) {
    throw new CommandError(
      'The address behind --to is none of PostgreSQL.',
      'Write it as DATABASE_URL: --to postgres://user@host:5432/recado; the password may stand in PGPASSWORD.',
      { exitCode: 2, code: 'usage-wrong' },
    );
  }
  const { config } = loadConfig(context, { only: ['DATABASE_URL'] });
  const { file } = config.database;
  const bar = context.terminal && !json ? createBar() : null;
  let moved: Moved;
  try {
    moved = await moveToPostgres(resolve(context.folder, file), {
      url,
      clock: Date,
      progress: (progress) => bar?.show(progress),
    });
  } finally {
    bar?.end();
  }
  const { place, tables, resumed, warnings } = moved;
  for (const warning of warnings) context.remark(warning);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  if (json) {
    context.print(JSON.stringify({ from: file, to: place, resumed, rows, tables }, null, 2));
    return;
  }
  context.print(
    `Moved     ${file} to PostgreSQL at ${place}${resumed ? ', going on with an earlier move' : ''}`,
  );
  context.print(`Checked   ${rows} rows in ${tables.length} tables: same counts, same checksums`);
  context.print(
    `Kept      ${file}, marked as moved: a start refuses it. It holds what people wrote; docs/moving-up.md says how to go back.`,
  );
  context.print(
    'Next: set DATABASE_URL to the new address, leave every other setting as it is, and npx recado serve',
  );
}

const WIDTH = 30;

/** A bar on one line of the terminal, drawn anew when it has grown by a percent. */
function createBar(): { show(progress: MoveProgress): void; end(): void } {
  let shown = '';
  return {
    show({ step, table, part }) {
      const full = Math.floor(part * WIDTH);
      const line = `${step === 'copying' ? 'Copying' : 'Checking'}  [${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${Math.floor(part * 100)} %  ${table}`;
      if (line === shown) return;
      shown = line;
      process.stderr.write(`\r\u001b[K${line}`);
    },
    end() {
      if (shown !== '') process.stderr.write('\r\u001b[K');
    },
  };
}
