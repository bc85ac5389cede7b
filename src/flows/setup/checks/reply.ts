import { phoneCheck } from '../check.ts';
import { judged } from './reading.ts';

/** A reply to that message is sent, and its delivery comes back: the proof of all that sending needs. */
export const checkReply = phoneCheck({
  name: 'reply',
  needs: ['message'],
  gather: ({ testMessage }, phone) => testMessage.reply(phone.id),
  judge({ code, reply }) {
    if (reply === null) return judged('reply-waits-for-message', { code });
    const { state, failure } = reply;
    if (failure !== null) {
      const { code: refusal, metaCode } = failure;
      const number = metaCode === null ? '' : ` (#${metaCode})`;
      return judged('reply-failed', { code, failure: refusal, number });
    }
    return judged(reply.delivered ? 'reply-delivered' : 'reply-awaited', { code, state });
  },
});
