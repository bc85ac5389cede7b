import { expect, it } from 'vitest';
import { settings } from './settings.ts';
import { settingsTable } from './settings-table.ts';

it('has a row of six cells for every setting, and breaks at no sign', () => {
  const lines = settingsTable(settings).trimEnd().split('\n');
  expect(lines).toHaveLength(settings.length + 2);
  for (const line of lines) expect(line.split(/(?<!\\)\|/)).toHaveLength(8);
  expect(lines).toContain(
    '| `PORT` | number | `8000` | no | The port to listen on; 0 takes any free one. | 8000 |',
  );
});

it('escapes what would end a cell', () => {
  const row = settingsTable([
    { name: 'A', kind: 'text', default: null, secret: true, about: 'this|that', example: 'x' },
  ]).split('\n')[2];
  expect(row).toBe('| `A` | text | – | yes | this\\|that | x |');
});
