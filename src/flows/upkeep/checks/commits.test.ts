import { expect, it } from 'vitest';
import { createCommitWatch } from './commits.ts';

it('says that nothing is kept from a refusal until a commit, asked for where none comes by itself', async () => {
  let now = 0;
  let works = false;
  let proofs = 0;
  const watch = createCommitWatch({
    subject: 'installation',
    clock: { now: () => now },
    async proveCommit() {
      proofs += 1;
      if (!works) throw new Error('disk full');
    },
  });
  expect(await watch.areRefused()).toBe(false);
  watch.refused();
  expect([await watch.areRefused(), proofs]).toEqual([true, 0]);
  watch.committed();
  expect(await watch.areRefused()).toBe(false);

  watch.refused();
  now += 2 * 60_000;
  expect([await watch.areRefused(), proofs]).toEqual([true, 1]);
  works = true;
  expect([await watch.areRefused(), await watch.areRefused(), proofs]).toEqual([false, false, 2]);
});
