import { type Window, windowAt } from '../../domain/conversation.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Network } from './network.ts';
import type { PersonState } from './people.ts';
import type { PhoneMessage } from './phone-message.ts';

/** A person with a phone. */
export type SimulatedPerson = {
  readonly waId: string;
  /** The business-scoped user id (BSUID); the same in every run. */
  readonly userId: string;
  readonly name: string;
  /** What the phone shows, oldest first; copies. */
  messages(): PhoneMessage[];
  /**
   * The person writes to the business, which opens the window. Resolves once it is written; `drain()` awaits
   * the webhook. Rejects when the text is empty or the phone is offline.
   */
  writes(text: string): Promise<{ messageId: string }>;
  /** The person reads everything that has arrived. */
  reads(): Promise<void>;
  readonly online: boolean;
  /** Offline, messages wait in the network, not in `messages()`, and stay `sent`; online again, they arrive. */
  setOnline(online: boolean): void;
  readonly autoRead: boolean;
  /** While true the chat is open on the phone: whatever arrives is read at once. */
  setAutoRead(autoRead: boolean): void;
  /** The 24-hour window as Meta sees it now. */
  window(): Window;
};

/** What a test or a page may do with a person. `changed` hears of everything but messages. */
export function simulatedPerson(
  state: PersonState,
  network: Network,
  clock: Clock,
  changed: () => void,
): SimulatedPerson {
  return {
    waId: state.waId,
    userId: state.userId,
    get name() {
      return state.name;
    },
    messages: () => state.messages.map((message) => ({ ...message })),
    async writes(text) {
      if (text === '')
        throw new TypeError('A person cannot write an empty message; give writes() some text.');
      if (!state.online) {
        throw new Error(`The phone of ${state.name} is offline; call setOnline(true) before writes().`);
      }
      return { messageId: network.write(state, text) };
    },
    async reads() {
      network.read(state);
    },
    get online() {
      return state.online;
    },
    setOnline(online) {
      network.setOnline(state, online);
      changed();
    },
    get autoRead() {
      return state.autoRead;
    },
    setAutoRead(autoRead) {
      state.autoRead = autoRead;
      if (autoRead) network.read(state);
      changed();
    },
    window: () => windowAt(state.lastWroteAt, clock.now()),
  };
}
