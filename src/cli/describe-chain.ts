import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import { checkNames } from '../domain/check.ts';
import type { Language } from '../domain/language.ts';
import { cellText, textWidth } from './fit-text.ts';

const verdict = z.enum(['green', 'red', 'unknown']);

/** As much of doctor's answer as the command shows. */
export const chainSchema = z.looseObject({
  startedAt: z.string().nullable(),
  verdict,
  checks: z.array(
    z.looseObject({
      check: z.string(),
      subject: z.string().nullable(),
      verdict,
      reason: z.string(),
      title: z.string(),
      found: z.string(),
      cure: z.array(
        z.looseObject({ text: z.string(), run: z.string().nullable(), set: z.string().nullable() }),
      ),
      calls: z.array(z.looseObject({ call: z.string(), answer: z.string() })),
    }),
  ),
});

/** Doctor's chain as a command shows it. */
export type ShownChain = z.infer<typeof chainSchema>;
export type ShownCheck = ShownChain['checks'][number];

const marks = { green: '✓', red: '✗', unknown: '?' } as const;

/** The words around a chain. */
export const chainWords: Readonly<Record<Language, ChainWords>> = {
  en: {
    first: 'The first broken link',
    calls: 'What was asked, and what came back',
    cure: 'Cure',
    into: 'in .env, then start Recado again:',
    further: (names) => `Red as well: ${names}. Cure the first one, then look again.`,
    counts: ({ green, red, unknown }) => `${green} green, ${red} red, ${unknown} unknown`,
    allGreen: 'Every link holds.',
    partGreen: 'What was looked at holds. The whole chain: npx recado doctor',
    nothingRed: 'Nothing is red. What is unknown is never good news: see the lines marked ?.',
    fixable: [
      'Doctor can do this itself: npx recado doctor --fix',
      'What that would change: npx recado doctor --fix --dry-run',
    ],
    notFixable: (title) => `Doctor can do nothing about “${title}” itself: its cure is below.`,
    wouldRun: (title, command) => `“${title}” is red. Would run: ${command}`,
    broken: (title) => `“${title}” is red.`,
  },
  'pt-BR': {
    first: 'O primeiro elo quebrado',
    calls: 'O que foi perguntado e o que voltou',
    cure: 'Solução',
    into: 'no .env; depois reinicie o Recado:',
    further: (names) => `Também em vermelho: ${names}. Resolva o primeiro e verifique de novo.`,
    counts: ({ green, red, unknown }) =>
      `${green} ${green === 1 ? 'verde' : 'verdes'}, ${red} ${red === 1 ? 'vermelho' : 'vermelhos'}, ${unknown} ${unknown === 1 ? 'desconhecido' : 'desconhecidos'}`,
    allGreen: 'Todos os elos estão firmes.',
    partGreen: 'O que foi verificado está firme. A corrente inteira: npx recado doctor',
    nothingRed: 'Nada está vermelho. Desconhecido nunca é boa notícia: veja as linhas com ?.',
    fixable: [
      'O doctor pode fazer isso sozinho: npx recado doctor --fix',
      'O que isso mudaria: npx recado doctor --fix --dry-run',
    ],
    notFixable: (title) => `O doctor não pode resolver “${title}” sozinho: a solução está abaixo.`,
    wouldRun: (title, command) => `“${title}” está vermelho. Executaria: ${command}`,
    broken: (title) => `“${title}” está vermelho.`,
  },
};

type ChainWords = {
  first: string;
  calls: string;
  cure: string;
  into: string;
  further(names: string): string;
  counts(counts: Record<ShownCheck['verdict'], number>): string;
  allGreen: string;
  /** All is green, of a part of the chain. */
  partGreen: string;
  nothingRed: string;
  fixable: readonly string[];
  notFixable(title: string): string;
  wouldRun(title: string, command: string): string;
  broken(title: string): string;
};

/** The chain, one line for each link, and the first red one opened up. */
export function describeChain(chain: ShownChain, language: Language): string[] {
  const words = chainWords[language];
  const named = nameOf(chain);
  const width = Math.max(...chain.checks.map((check) => textWidth(printable(named(check)))), 0);
  const lines = chain.checks.map(
    (check) => `  ${marks[check.verdict]} ${cellText(named(check), width)}  ${printable(check.found)}`,
  );
  const reds = chain.checks.filter((check) => check.verdict === 'red');
  const [first, ...others] = reds;
  const counts = { green: 0, red: 0, unknown: 0 };
  for (const check of chain.checks) counts[check.verdict] += 1;
  lines.push('', words.counts(counts));
  if (first === undefined) return [...lines, ...describeRest(chain, named, language)];
  lines.push('', ...describeCheck(first, named(first), language));
  if (fixOf(first) !== null) lines.push('', ...words.fixable);
  if (others.length > 0)
    lines.push('', words.further(others.map((check) => printable(named(check))).join(', ')));
  return lines;
}

/** Where nothing is red: what would prove the links that are unknown. */
function describeRest(chain: ShownChain, named: (check: ShownCheck) => string, language: Language): string[] {
  const words = chainWords[language];
  if (chain.verdict === 'green') {
    const looked = new Set(chain.checks.map(({ check }) => check));
    return [checkNames.every((name) => looked.has(name)) ? words.allGreen : words.partGreen];
  }
  const provable = chain.checks.filter(({ verdict, cure }) => verdict === 'unknown' && cure.length > 0);
  return [
    words.nothingRed,
    ...provable.flatMap((check) => ['', printable(named(check)), ...describeSteps(check, '  ', language)]),
  ];
}

/** One link with its evidence and its cure. */
function describeCheck(check: ShownCheck, name: string, language: Language): string[] {
  const words = chainWords[language];
  const lines = [
    `${words.first}: ${printable(name)} (${printable(check.check)})`,
    `  ${printable(check.found)}`,
  ];
  if (check.calls.length > 0) {
    lines.push(`  ${words.calls}`);
    for (const { call, answer } of check.calls)
      lines.push(`    → ${printable(call)}`, `    ← ${printable(answer)}`);
  }
  if (check.cure.length > 0) lines.push(`  ${words.cure}`);
  return [...lines, ...describeSteps(check, '    ', language)];
}

function describeSteps({ cure }: ShownCheck, indent: string, language: Language): string[] {
  return cure.flatMap(({ text, run, set }, index) => [
    `${indent}${index + 1}. ${printable(text)}`,
    ...(run === null ? [] : [`${indent}     ${printable(run)}`]),
    ...(set === null
      ? []
      : [`${indent}     ${chainWords[language].into}`, `${indent}     ${printable(set)}`]),
  ]);
}

/** The words of the commands that cure a link, when commands of Recado's alone do; null when a person has to act. */
export function fixOf(check: ShownCheck): string[][] | null {
  const commands = check.cure.map(
    ({ run }) => /^npx recado ([\w<>./ -]+)$/.exec(run ?? '')?.[1]?.split(' ') ?? [],
  );
  const harmless = commands.every(
    ([name = '', ...words]) => fixing.has(name) && !words.join(' ').includes('<'),
  );
  return commands.length > 0 && harmless ? commands : null;
}

/** Commands that change something at Meta or in Recado, each idempotent. */
const fixing: ReadonlySet<string> = new Set(['register', 'connect', 'phones']);

/** A link's title, with the business phone where the chain speaks of several. */
export function nameOf(chain: ShownChain): (check: ShownCheck) => string {
  const several = new Set(chain.checks.flatMap(({ subject }) => subject ?? [])).size > 1;
  return ({ title, subject }) => (several && subject !== null ? `${title} ${subject}` : title);
}
