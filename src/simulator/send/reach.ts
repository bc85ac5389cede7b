const DAY = 24 * 60 * 60 * 1000;

/** Whom a business has reached outside of windows, and with marketing, in the last 24 hours (meta-facts §6). */
export type Reach = {
  /** Remembers a send that was accepted. */
  remember(send: { businessId: string; person: string; outsideWindow: boolean; marketing: boolean }): void;
  /** How many people were written to outside of a window, without this one; times in milliseconds. */
  othersOutsideWindow(businessId: string, person: string, now: number): number;
  /** How many marketing templates this person got. */
  marketingTo(businessId: string, person: string, now: number): number;
};

/** @param now the simulated time, in milliseconds */
export function createReach(now: () => number): Reach {
  const outside = new Map<string, Map<string, number>>();
  const marketing = new Map<string, number[]>();

  return {
    remember({ businessId, person, outsideWindow, marketing: isMarketing }) {
      if (outsideWindow) {
        const people = outside.get(businessId) ?? new Map<string, number>();
        outside.set(businessId, people.set(person, now()));
      }
      if (!isMarketing) return;
      const key = `${businessId} ${person}`;
      const recent = (marketing.get(key) ?? []).filter((at) => at > now() - DAY);
      marketing.set(key, [...recent, now()]);
    },
    othersOutsideWindow(businessId, person, at) {
      const people = outside.get(businessId) ?? new Map<string, number>();
      for (const [one, last] of people) if (last <= at - DAY) people.delete(one);
      return people.size - (people.has(person) ? 1 : 0);
    },
    marketingTo: (businessId, person, at) =>
      (marketing.get(`${businessId} ${person}`) ?? []).filter((sent) => sent > at - DAY).length,
  };
}
