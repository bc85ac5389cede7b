import { type GraphProblem, problem } from './graph-error.ts';

/** When the versions of the Graph API end, in milliseconds; null where Meta has named no day (meta-facts §7). */
const endOfVersion: Readonly<Record<string, number | null>> = {
  'v20.0': Date.UTC(2026, 8, 24),
  'v21.0': Date.UTC(2027, 0, 21),
  'v22.0': Date.UTC(2027, 4, 20),
  'v23.0': Date.UTC(2027, 9, 8),
  'v24.0': Date.UTC(2028, 1, 18),
  'v25.0': null,
  'v26.0': null,
};

/**
 * Why a call of this version is refused; null when it is taken.
 *
 * @param version as it stands in the path, such as `v25.0`
 */
export function refuseVersion(version: string, now: number): GraphProblem | null {
  const end = Object.hasOwn(endOfVersion, version) ? endOfVersion[version] : undefined;
  if (end === undefined) {
    return problem(2500, `There is no version ${version} of the Graph API; the newest here is v26.0.`);
  }
  if (end === null || now < end) return null;
  const day = new Date(end).toISOString().slice(0, 10);
  return problem(2500, `Version ${version} of the Graph API ended on ${day}; use a newer one.`);
}
