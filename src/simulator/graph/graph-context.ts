import type { Clock } from '../../runtime/clock.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { MediaStore } from '../accounts/media-store.ts';
import type { HandshakeAnswer } from '../delivery/webhook-client.ts';
import type { OpenQuestions } from '../open-questions.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { SendingConditions } from '../send/sending-conditions.ts';

/** What the calls of the Graph API work with. */
export type GraphContext = {
  accounts: Accounts;
  media: MediaStore;
  clock: Clock;
  random: SeededRandom;
  openQuestions: OpenQuestions;
  conditions: Pick<SendingConditions, 'paymentProblem'>;
  /** Meta's GET to a callback, made while a call runs. */
  handshake(callbackUrl: string, verifyToken: string): Promise<HandshakeAnswer>;
  /** Base of the Graph API, without a version, as a caller reaches it. */
  graphUrl: () => string;
};
