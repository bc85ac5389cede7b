import { expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { certify } from './certify.ts';
import type { Answer, Receiver } from './receiver.ts';

const facts = {
  verifyToken: 'blue-door',
  unique: '00000000000000AA',
  seconds: 1_790_000_000,
  wabaId: '300100300100300',
  phoneNumberId: '200100200100200',
};

function slowReceiver(asked: () => void): Receiver {
  const never = (): Promise<Answer> => {
    asked();
    return new Promise(() => {});
  };
  return {
    shakeHands: never,
    post: never,
    deliver: never,
    sign: () => 'sha256=',
    breakOff: () => new Promise(() => {}),
    close: async () => {},
  };
}

it('has a verdict when its time is over, also of a receiver that is not done answering', async () => {
  const time = Promise.withResolvers<void>();
  const behaviours = await certify(slowReceiver(time.resolve), facts, () => {}, time.promise);
  expect(behaviours.map(({ check }) => check.id)).toEqual(catalogue.map(({ id }) => id));
  expect(new Set(behaviours.map(({ result }) => result))).toEqual(new Set(['skipped']));
});

it('takes the time of answers before anything that needs many of them', () => {
  const groups = catalogue.map(({ group }) => group);
  expect(groups.indexOf('time')).toBeLessThan(groups.indexOf('reading'));
});
