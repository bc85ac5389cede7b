import type { GraphReads } from './graph-reads.ts';

/** The same reads, each made once: several checks ask the same of Meta, and a run is one moment. */
export function rememberedReads(reads: GraphReads): GraphReads {
  return {
    reach: remembered(reads.reach),
    readToken: remembered(reads.readToken),
    readAppSubscription: remembered(reads.readAppSubscription),
    readPhone: remembered(reads.readPhone),
    readAccountPhones: remembered(reads.readAccountPhones),
    readSubscribedApps: remembered(reads.readSubscribedApps),
    readTemplates: remembered(reads.readTemplates),
  };
}

function remembered<Request extends readonly unknown[], Answer>(
  read: (...request: Request) => Promise<Answer>,
): (...request: Request) => Promise<Answer> {
  const known = new Map<string, Promise<Answer>>();
  return (...request) => {
    const key = JSON.stringify(request);
    const answer = known.get(key) ?? read(...request);
    known.set(key, answer);
    return answer;
  };
}
