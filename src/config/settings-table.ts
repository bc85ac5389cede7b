import type { Setting } from './settings.ts';

/** The settings as a Markdown table, for the configuration page. */
export function settingsTable(settings: readonly Setting[]): string {
  const rows = settings.map((setting) => {
    const value = setting.default === null ? '–' : `\`${setting.default}\``;
    const kind =
      setting.choices === undefined
        ? setting.kind
        : setting.choices.map((choice) => `\`${choice}\``).join(', ');
    const found = setting.foundAt === undefined ? '' : ` Found at: ${setting.foundAt}.`;
    return [
      `\`${setting.name}\``,
      kind,
      value,
      setting.secret ? 'yes' : 'no',
      `${setting.about}${found}`,
      setting.example,
    ].map(cell);
  });
  const head = ['Setting', 'Kind', 'Default', 'Secret', 'What it is', 'Example'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
