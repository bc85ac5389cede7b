import { phoneCheck } from '../check.ts';
import { askPhone, phoneOf } from './ask-phone.ts';
import { judged, momentOf } from './reading.ts';

/** A message of a real person arrives: the proof of all that receiving needs. */
export const checkMessage = phoneCheck({
  name: 'message',
  needs: ['registered', 'app-subscription', 'account-subscription', 'overrides', 'app-live', 'unaltered'],
  gather: async ({ testMessage, graph }, phone) => {
    const reading = await askPhone(graph, phone);
    const number = (reading === null ? null : phoneOf(reading))?.displayPhoneNumber ?? null;
    return { number, test: await testMessage.look(phone.id) };
  },
  judge({ number, test }) {
    const { code, arrived } = test;
    const link = `https://wa.me/${number ?? '?'}?text=${code}`;
    const facts = { code, number: number ?? '?', link };
    if (arrived === null) return judged('message-awaited', facts);
    if (arrived.foreignTo !== null) {
      return judged('message-for-another-number', { ...facts, other: arrived.foreignTo });
    }
    return judged('message-arrived', { ...facts, at: momentOf(arrived.at) });
  },
});
