import { describe, expect, it } from 'vitest';
import { checkNames } from '../../src/domain/check.ts';
import { checkTitles } from '../../src/domain/check-reasons/check-titles.ts';
import type { CureStep } from '../../src/domain/check-reasons/reason.ts';
import { reasonCodes, reasonRow } from '../../src/domain/check-reasons/reasons.ts';
import { languages } from '../../src/domain/language.ts';
import { faults } from '../gauntlet/faults.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`;

function stepInWords({ en, run, set }: CureStep): string {
  const command = run ?? set;
  return command === undefined ? en : `${en} \`${command}\``;
}

describe('docs/doctor-faults.md', () => {
  it('lists every fault of the gauntlet with what doctor says of it; `npx vitest run test/docs/doctor.test.ts --update` writes it', async () => {
    const rows = faults.map(({ name, check, reason }) => {
      const { found, cure } = reasonRow(reason);
      const steps = cure.filter(({ when }) => when !== 'database').map(stepInWords);
      return row([
        name,
        checkTitles[check].en,
        `\`${reason}\``,
        found.en,
        steps.map((step, index) => `${index + 1}. ${step}`).join(' '),
      ]);
    });
    const page = `# What doctor finds

<!-- Written by \`npx vitest run test/docs/doctor.test.ts --update\` from test/gauntlet/faults.ts and src/domain/check-reasons/. Change that instead. -->

Each of these ${faults.length} misconfigurations is made on purpose in \`test/gauntlet\`: in the pretend Meta, in a proxy with TLS, on the machine. For each the first red link is the one named here,
and its cure, carried out as it is printed (commands run as they stand, lines of \`.env\` set, the rest done by hand), turns it green.
\`{…}\` stands for a value of the installation. Pairs of them are drawn by seed, and a healthy installation has nothing red however often it is looked at.

${row(['What is wrong', 'First red link', 'Reason', 'What doctor says', 'Cure'])}${row(Array(5).fill('---'))}${rows.join('')}`;
    await expect(page).toMatchFileSnapshot('../../docs/doctor-faults.md');
  });
});

describe('the reasons of doctor', () => {
  it('are said in both languages with the same facts, and what is red has a cure', () => {
    const factsIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const code of reasonCodes) {
      const { verdict, found, cure } = reasonRow(code);
      for (const said of [found, ...cure]) {
        const [english, portuguese] = languages.map((language) => said[language]);
        expect([code, factsIn(portuguese ?? '')]).toEqual([code, factsIn(english ?? '')]);
      }
      if (verdict === 'red') expect([code, cure.length > 0]).toEqual([code, true]);
      if (verdict === 'green') expect([code, cure]).toEqual([code, []]);
    }
  });

  it('cover every link with a title', () => {
    expect(Object.keys(checkTitles)).toEqual(checkNames);
  });
});
