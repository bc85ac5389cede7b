import type { MetaError } from '../status.ts';
import type { NamedPerson } from './named-person.ts';

type Call = {
  /** Meta's id of the call. */
  callId: string | null;
  /** Meta's own word, such as `connect`, `terminate` or `RINGING`. */
  event: string | null;
  /** `in` when the person calls, `out` when the business does; null when Meta does not say. */
  direction: 'in' | 'out' | null;
  /** The person at the other end. */
  person: NamedPerson;
  /** What was sent along as `biz_opaque_callback_data`. */
  callbackData: string | null;
  errors: MetaError[];
};

/** A step of a voice call (meta-facts §3.1, `calls`). */
export type CallContent =
  /** It begins; the session says how to connect. */
  | (Call & {
      form: 'connect';
      session: {
        /** `offer` or `answer`. */
        sdpType: string | null;
        /** The session description (RFC 8866). */
        sdp: string | null;
      } | null;
    })
  /** It is over. */
  | (Call & {
      form: 'terminate';
      /** Meta's word for how it ended, such as `COMPLETED`. */
      outcome: string | null;
      startedAt: number | null;
      endedAt: number | null;
      durationSeconds: number | null;
    })
  /** What becomes of a call that the business makes: it rings, is accepted or rejected. */
  | (Call & { form: 'status' })
  | (Call & { form: 'other' });
