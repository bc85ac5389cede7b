import type { CheckName, CheckPlace } from '../../domain/check.ts';
import { reasonRow } from '../../domain/check-reasons/reasons.ts';
import type { Check, CheckResult, Judgement, PhoneUnderTest, Situation } from './check.ts';
import { checks } from './checks/checks.ts';
import { judged } from './checks/reading.ts';
import type { DoctorPorts } from './doctor-ports.ts';
import { rememberedReads } from './remembered-reads.ts';

/** What a run of doctor found, in the order of the chain. Times in milliseconds. */
export type DoctorRun = { startedAt: number; finishedAt: number; results: CheckResult[] };

/** How long a run may take before it leaves the rest out, in milliseconds. */
const RUN_TIMEOUT = 60_000;

/** How many business phones are looked at at once. */
const PHONES_AT_ONCE = 4;

/**
 * Looks at the chain, link by link. A link is not looked at when one that it needs is red: then it is unknown, and
 * names that one.
 *
 * @param wanted the checks to look at, with those that they need
 * @param alone without those that they need
 */
export async function runDoctor(
  ports: DoctorPorts,
  situation: Situation,
  wanted: (check: Check) => boolean = () => true,
  alone = false,
): Promise<DoctorRun> {
  const startedAt = ports.now();
  const began = performance.now();
  const chosen = alone ? checks.filter(wanted) : withNeeds(checks.filter(wanted));
  const run: DoctorPorts = { ...ports, graph: rememberedReads(ports.graph) };
  const results: CheckResult[] = [];

  async function look(check: Check, phone: PhoneUnderTest | null): Promise<CheckResult> {
    const place = { check: check.name, subject: phone?.id ?? null };
    const blockedBy = blockerOf(check, place.subject, results);
    if (blockedBy !== null) return resultOf(place, judged('blocked', factsOf(phone)), blockedBy);
    if (performance.now() - began > RUN_TIMEOUT) {
      return resultOf(place, judged('out-of-time', { check: check.name, ...factsOf(phone) }), null);
    }
    try {
      return resultOf(place, await check.look(run, situation, phone), null);
    } catch (failure) {
      const reason = failure instanceof Error ? failure.name : 'unknown';
      return resultOf(place, judged('check-failed', { reason, ...factsOf(phone) }), null);
    }
  }

  for (const check of chosen) {
    if (check.of === 'installation') {
      results.push(await look(check, null));
      continue;
    }
    for (let first = 0; first < situation.phones.length; first += PHONES_AT_ONCE) {
      const some = situation.phones.slice(first, first + PHONES_AT_ONCE);
      results.push(...(await Promise.all(some.map((phone) => look(check, phone)))));
    }
  }
  return { startedAt, finishedAt: ports.now(), results };
}

function factsOf(phone: PhoneUnderTest | null): Record<string, string> {
  return phone === null ? {} : { phone: phone.id };
}

function resultOf(place: CheckPlace, judgement: Judgement, blockedBy: CheckPlace | null): CheckResult {
  return { ...place, ...judgement, verdict: reasonRow(judgement.reason).verdict, blockedBy };
}

function withNeeds(wanted: readonly Check[]): Check[] {
  const names = new Set<CheckName>();
  const add = (check: Check) => {
    names.add(check.name);
    for (const need of checks) if (check.needs.includes(need.name)) add(need);
  };
  wanted.forEach(add);
  return checks.filter(({ name }) => names.has(name));
}

/** The red link because of which this one says nothing: one that it needs, or the cause of that one's silence. */
function blockerOf(check: Check, subject: string | null, results: readonly CheckResult[]): CheckPlace | null {
  for (const result of results) {
    const concerns = subject === null || result.subject === null || result.subject === subject;
    if (!check.needs.includes(result.check) || !concerns) continue;
    if (result.verdict === 'red') return { check: result.check, subject: result.subject };
    if (result.blockedBy !== null) return result.blockedBy;
  }
  return null;
}
