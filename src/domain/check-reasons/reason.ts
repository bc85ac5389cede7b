import type { CheckName, Verdict } from '../check.ts';
import type { Language } from '../language.ts';

/** A sentence in both languages; `{name}` stands for the fact of that name. */
export type Said = Readonly<Record<Language, string>>;

/** One step of a cure, for a person. */
export type CureStep = Said & {
  /** A command to run as it stands. */
  readonly run?: string;
  /** A line of `.env` to set, after which Recado is started anew; `NAME=` alone removes it. */
  readonly set?: string;
  /** The step is for these only: where `origin` says that the business phone is configured. */
  readonly when?: 'environment' | 'database';
};

/** What a check can find: its verdict, what it means, and the cure. */
export type ReasonRow = {
  readonly verdict: Verdict;
  readonly found: Said;
  /** Empty for what is green, and for what nobody can change. */
  readonly cure: readonly CureStep[];
  /** What has to be green before the cure can succeed, though it stands later in the chain. */
  readonly after?: readonly CheckName[];
};

/** A finding with which all is well. */
export function green(en: string, pt: string): ReasonRow {
  return { verdict: 'green', found: { en, 'pt-BR': pt }, cure: [] };
}

/** A finding that has to be cured. */
export function red(en: string, pt: string, ...cure: readonly CureStep[]): ReasonRow {
  return { verdict: 'red', found: { en, 'pt-BR': pt }, cure };
}

/** A finding whose cure has Meta call the public address, which therefore has to work. */
export function redWithHandshake(en: string, pt: string, ...cure: readonly CureStep[]): ReasonRow {
  return { ...red(en, pt, ...cure), after: ['public-url', 'tls', 'no-detour', 'challenge'] };
}

/** Nothing can be said; the cure is how to find out. */
export function unknown(en: string, pt: string, ...cure: readonly CureStep[]): ReasonRow {
  return { verdict: 'unknown', found: { en, 'pt-BR': pt }, cure };
}

/** A step of a cure. */
export function step(en: string, pt: string, how: Pick<CureStep, 'run' | 'set' | 'when'> = {}): CureStep {
  return { en, 'pt-BR': pt, ...how };
}
