import type { ConfigSources } from './find-values.ts';
import { nearestName } from './nearest-name.ts';
import { parseEnvText } from './parse-env-text.ts';
import { settings } from './settings.ts';

const ourPrefix = /^(META|RECADO)_/;
const settingNames = settings.map((setting) => setting.name);
const known = new Set(settingNames.flatMap((name) => [name, `${name}_FILE`]));
const prefixed = settingNames.filter((name) => ourPrefix.test(name));

/** Names that other programs read, although they are near to one of ours. */
const namesOfOthers = new Set(['COST', 'DATABASE_SSL', 'HOSTS', 'MOST', 'POST', 'POSTS', 'SORT']);

/**
 * Warnings about names in the environment and `.env` that look like ours and are not: such a typing error is silent
 * otherwise. A name looks like ours by its prefix, or by being near to one of ours. The environment belongs to many
 * programs, so there PORT and HOST are too short to be looked for; `.env` stands beside Recado.
 */
export function strangeNames({
  environment,
  dotenv,
}: Pick<ConfigSources, 'environment' | 'dotenv'>): string[] {
  const layers = [
    { source: 'the environment', record: environment, slipsInShort: 0 },
    { source: '.env', record: dotenv === null ? {} : parseEnvText(dotenv), slipsInShort: 1 },
  ] as const;
  return layers.flatMap(({ source, record, slipsInShort }) =>
    Object.entries(record).flatMap(([name, value]) => {
      if (known.has(name) || namesOfOthers.has(name) || isOfKubernetes(name, value ?? '')) return [];
      const likely = likelyName(name.replace(/_FILE$/, ''), slipsInShort);
      if (likely === null && !ourPrefix.test(name)) return [];
      const ending = name.endsWith('_FILE') ? '_FILE' : '';
      const hint = likely === null ? 'This version does not use it.' : `Did you mean ${likely}${ending}?`;
      return [`${name} (from ${source}) is not a setting. ${hint}`];
    }),
  );
}

/** The setting of ours that differs least, else the only one that has all words of the name; null without one. */
function likelyName(name: string, slipsInShort: 0 | 1): string | null {
  const near = nearestName(name, settingNames, slipsInShort);
  if (near !== null || !ourPrefix.test(name)) return near;
  const words = name.split('_');
  const candidates = prefixed.filter((candidate) => {
    const its = candidate.split('_');
    return words.every((word) => its.includes(word));
  });
  const [only] = candidates;
  return only !== undefined && candidates.length === 1 ? only : null;
}

/** Kubernetes gives every container such variables for each service, also for one that is called `recado`. */
function isOfKubernetes(name: string, value: string): boolean {
  if (/_SERVICE_(HOST|PORT)(_|$)/.test(name) || /_PORT_\d+_(TCP|UDP|SCTP)(_|$)/.test(name)) return true;
  return name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value);
}
