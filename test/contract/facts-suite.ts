import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import { type AccountFact, factsNamed, KEPT_FACTS } from '../../src/domain/account-fact.ts';
import type { Charge } from '../../src/domain/charge.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import { type Preference, standingOptOuts } from '../../src/domain/opt-out.ts';
import { type NamedPreference, noChanges } from '../../src/flows/lane-state.ts';
import { businessPhoneId } from '../support/test-config.ts';

const lane = phoneLane(businessPhoneId);
const fence = { lane, number: 0 };
const person = { kind: 'number', value: '558587654321' } as const;

/** What every engine must do with facts: keep those that count, in whatever order they come. */
export function factsContract(engine: string, open: () => Promise<Store>): void {
  async function keep(store: Store, changes: Partial<ReturnType<typeof noChanges>>): Promise<void> {
    await store.commitLane({ fence, settledAttempts: [], changes: { ...noChanges(), ...changes } });
  }

  describe(`facts on ${engine}`, () => {
    it('keep of a person’s words the one that outweighs the others', async () => {
      const words = fc.array(
        fc.record({
          optedOut: fc.boolean(),
          at: fc.integer({ min: 1, max: 3 }),
          key: fc.constantFrom('a', 'b'),
        }),
        { minLength: 1, maxLength: 5 },
      );
      const store = await open();
      let people = 0;
      await fc.assert(
        fc.asyncProperty(words, async (said) => {
          people += 1;
          const somebody = { kind: 'user_id', value: `BR.${people}` } as const;
          const all = said.map(
            (word): Preference => ({ ...word, purpose: 'marketing', evidence: `${word.optedOut}` }),
          );
          for (const word of all) {
            const named: NamedPreference = { ...word, person: somebody };
            await keep(store, { preferences: [named] });
          }
          const kept = await store.readPreferences(lane, [somebody]);
          expect(kept).toHaveLength(1);
          expect(standingOptOuts(kept)).toEqual(standingOptOuts(all));
        }),
        { numRuns: 16 },
      );
    });

    it('tell a person’s words in every spelling of the number, and of no other business phone', async () => {
      const store = await open();
      const preference: Preference = {
        purpose: 'marketing',
        optedOut: true,
        at: 5,
        key: '',
        evidence: 'At the counter',
      };
      const audit = {
        at: 5,
        actor: { id: 'admin', name: 'admin' },
        action: 'contact.opted-out',
        subject: 'no contact',
        detail: {},
      };
      await store.insertPreference(lane, [person], preference, audit);
      const spelt = [{ kind: 'wa_id', value: '5585987654321' }] as const;
      expect(await store.readPreferences(lane, [...spelt])).toEqual([preference]);
      expect(await store.readPreferences(phoneLane('1'), [...spelt])).toEqual([]);
      expect(await store.listAudit({ after: 0, limit: 10 })).toMatchObject([{ action: 'contact.opted-out' }]);
    });

    it('count a message by the first status that told its price', async () => {
      const charge = (at: number, key: string, category: string): Charge => ({
        messageId: 'wamid.one',
        at,
        key,
        pricing: { billable: true, model: 'PMP', type: 'regular', category },
        conversation: { id: 'c1', origin: 'utility', expiresAt: 99 },
      });
      const told = [charge(20, 'a', 'later'), charge(10, 'b', 'second'), charge(10, 'a', 'first')];
      for (const order of [told, [...told].reverse()]) {
        const store = await open();
        for (const each of order) await keep(store, { charges: [each] });
        const scope = { from: 10, until: 20, lane };
        expect(await store.countCharges(scope)).toEqual([
          {
            billable: true,
            model: 'PMP',
            type: 'regular',
            category: 'first',
            failed: false,
            messages: 1,
            conversations: 1,
          },
        ]);
        expect(await store.countCharges({ ...scope, from: 11 })).toEqual([]);
        expect(await store.countCharges({ ...scope, lane: phoneLane('1') })).toEqual([]);
      }
    });

    it('keep the latest of what Meta told about a subject, and say whether a re-reading alone brought it', async () => {
      const store = await open();
      const fact = (at: number, replayed: boolean): AccountFact => ({
        subject: 'number:551132100000',
        at,
        key: 'a',
        replayed,
        content: { name: 'limit', limit: `TIER_${at}`, former: null },
      });
      const times = Array.from({ length: KEPT_FACTS + 2 }, (_, index) => index + 1);
      await keep(store, { accountFacts: times.toReversed().map((at) => fact(at, true)) });
      await keep(store, { accountFacts: [fact(12, false), fact(12, true)] });
      const kept = factsNamed(await store.readAccountFacts(['limit', 'quality']), 'limit');
      expect(kept.map(({ at }) => at)).toEqual(times.slice(2).toReversed());
      expect(kept.map(({ replayed }) => replayed)).toEqual([false, ...Array(KEPT_FACTS - 1).fill(true)]);
    });
  });
}
