import type { CheckFacts, CheckName, CheckPlace, Exchanged, Verdict } from '../../domain/check.ts';
import type { ReasonCode } from '../../domain/check-reasons/reasons.ts';
import type { DoctorPorts } from './doctor-ports.ts';

/** What a check says: the reason gives the verdict, the facts fill its sentences. */
export type Judgement = { reason: ReasonCode; facts: CheckFacts; calls: readonly Exchanged[] };

/** A business phone of ours, with its secrets, as doctor looks at it. */
export type PhoneUnderTest = {
  id: string;
  origin: 'environment' | 'database';
  accessToken: string | null;
  appSecrets: readonly string[];
  wabaId: string | null;
};

/** What is configured, as far as checks compare it with Meta's books and the public door. */
export type Installation = {
  verifyToken: string | null;
  appId: string | null;
  /** The callback that Meta should have: PUBLIC_URL and the path, else where this process listens. */
  webhookUrl: string;
  publicUrlSet: boolean;
  /** Where this process listens for webhooks, as it is reached from this machine. */
  listensAt: string;
  graphUrl: string;
  /** META_GRAPH_URL leads to this machine: a simulator, which needs no public address. */
  simulated: boolean;
  databaseFile: string;
  registrationPinSet: boolean;
};

/** What a check is about. */
export type Situation = { installation: Installation; phones: readonly PhoneUnderTest[] };

/** One link of the chain. */
export type Check = {
  name: CheckName;
  /** Looked at once, or for every business phone. */
  of: 'installation' | 'phone';
  /** Without these nothing can be said; each stands earlier in the chain. */
  needs: readonly CheckName[];
  /** Takes part when doctor looks by itself, every few minutes. */
  continuous: boolean;
  look(ports: DoctorPorts, situation: Situation, phone: PhoneUnderTest | null): Promise<Judgement>;
};

/** What a check came to. */
export type CheckResult = CheckPlace & Judgement & { verdict: Verdict; blockedBy: CheckPlace | null };

type Definition = { name: CheckName; needs?: readonly CheckName[]; continuous?: boolean };

/** A check of the installation: evidence is gathered through ports, then judged by a pure function. */
export function installationCheck<Evidence>(
  definition: Definition & {
    gather(ports: DoctorPorts, situation: Situation): Promise<Evidence>;
    judge(evidence: Evidence, situation: Situation): Judgement;
  },
): Check & { judge(evidence: Evidence, situation: Situation): Judgement } {
  const { name, needs = [], continuous = false, gather, judge } = definition;
  return {
    judge,
    name,
    of: 'installation',
    needs,
    continuous,
    look: async (ports, situation) => judge(await gather(ports, situation), situation),
  };
}

/** A check of each business phone. */
export function phoneCheck<Evidence>(
  definition: Definition & {
    gather(ports: DoctorPorts, phone: PhoneUnderTest, installation: Installation): Promise<Evidence>;
    judge(evidence: Evidence, phone: PhoneUnderTest, installation: Installation): Judgement;
  },
): Check {
  const { name, needs = [], continuous = false, gather, judge } = definition;
  return {
    name,
    of: 'phone',
    needs,
    continuous,
    async look(ports, { installation }, phone) {
      if (phone === null) throw new Error(`The check ${name} is about a business phone.`);
      const judgement = judge(await gather(ports, phone, installation), phone, installation);
      return { ...judgement, facts: { phone: phone.id, origin: phone.origin, ...judgement.facts } };
    },
  };
}
