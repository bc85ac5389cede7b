/** What keeps Meta from sending or delivering. All of it can be set, and holds for the next send. */
export type SendingConditions = {
  /** #131042 for every send. */
  paymentProblem: boolean;
  /** #131057 for every send. */
  maintenance: boolean;
  /** #131048 for every send. */
  spamLimited: boolean;
  /** #130497: how the numbers of restricted countries begin, such as `91`. */
  restrictedCountries: Set<string>;
  /** #130403: the WhatsApp ids of people whom the business itself has blocked. */
  blockedByBusiness: Set<string>;
  /** #131026: the WhatsApp ids of people with an old version, or who have not accepted the terms. */
  unreachable: Set<string>;
  /** #130472: the WhatsApp ids of people from whom Meta withholds marketing templates for an experiment. */
  experiment: Set<string>;
  /** #131049: how many marketing templates a person may get in 24 hours; null for any number. Meta publishes none. */
  marketingPerPerson: number | null;
  /** Whether the messaging limit of the portfolio is enforced (meta-facts §6). */
  messagingLimit: boolean;
  /** #131053: whether the file behind a link cannot be had; nothing is ever fetched. */
  linkFails: (link: string) => boolean;
};

/** Nothing in the way, but that links to hosts that end in `.invalid`, which no host does, lead nowhere. */
export function goodConditions(): SendingConditions {
  return {
    paymentProblem: false,
    maintenance: false,
    spamLimited: false,
    restrictedCountries: new Set(),
    blockedByBusiness: new Set(),
    unreachable: new Set(),
    experiment: new Set(),
    marketingPerPerson: null,
    messagingLimit: false,
    linkFails: (link) => /^https?:\/\/[^/:?#]+\.invalid([/:?#]|$)/i.test(link),
  };
}
