import type { Json } from '../../domain/json.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { BusinessPhone } from '../accounts/business-phone.ts';
import type { Network } from '../people/network.ts';
import type { People } from '../people/people.ts';
import { createWamid } from '../people/wamid.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { type ClosedWindowMode, decideSend } from '../send/send-message.ts';
import { readSendRequest, type SendRequest } from '../send/send-request.ts';
import type { SimulatedTemplate } from '../templates/template.ts';
import { problem } from './graph-error.ts';
import type { GraphReply } from './graph-server.ts';

/** `POST /{phone-number-id}/messages`, with the switches that make it misbehave. */
export type MessagesCall = {
  answer(body: Json): GraphReply;
  /** The next well-formed send is answered with this code of Meta's; calls add up. */
  failNext(code: number): void;
  /** The next accepted send gets no answer; calls add up. */
  dropAnswer(): void;
};

/** Answers sends and mark-as-read (meta-facts §7.1, §7.2). Each call that is accepted is one message, once. */
export function createMessagesCall(options: {
  phone: BusinessPhone;
  templates: readonly SimulatedTemplate[];
  closedWindow: ClosedWindowMode;
  clock: Clock;
  random: SeededRandom;
  people: People;
  network: Network;
}): MessagesCall {
  const { phone, templates, closedWindow, clock, random, people, network } = options;
  const failures: number[] = [];
  let answersToDrop = 0;

  function answer(body: Json): GraphReply {
    const reading = readSendRequest(body);
    if (!reading.ok) return { refusal: reading.refusal };
    const { request } = reading;
    if (request.kind === 'read') return answerRead(request.messageId);
    const failure = failures.shift();
    if (failure !== undefined)
      return { refusal: problem(failure, 'The simulator was told to refuse this send.') };
    return answerSend(request);
  }

  function answerRead(messageId: string): GraphReply {
    if (network.markRead(messageId)) return { body: { success: true } };
    return { refusal: problem(131009, 'No message with this id was received.') };
  }

  function answerSend({
    address,
    content,
    callbackData,
  }: Extract<SendRequest, { kind: 'message' }>): GraphReply {
    const person =
      address.kind === 'number' ? people.byNumber(address.digits) : people.byUserId(address.input);
    const decision = decideSend(address, content, {
      now: clock.now(),
      registered: phone.registered,
      ownDigits: phone.displayPhoneNumber,
      templates,
      closedWindow,
      person,
    });
    if (!decision.accepted) return { refusal: decision.refusal };

    const typedDigits = address.kind === 'number' ? address.digits : null;
    const messageId = createWamid(
      person?.waId ?? typedDigits ?? phone.displayPhoneNumber,
      'business',
      random,
    );
    const { kind, text, category, laterFailure } = decision;
    network.carry({
      messageId,
      kind,
      text,
      content: decision.content,
      category,
      callbackData,
      person,
      typedDigits,
      laterFailure,
    });
    if (answersToDrop > 0) {
      answersToDrop -= 1;
      return { silence: true };
    }
    const waId = typedDigits === null ? null : (person?.waId ?? typedDigits);
    const userId = person?.userId ?? null;
    return {
      body: {
        messaging_product: 'whatsapp',
        contacts: [
          {
            input: address.input,
            // Whoever writes to a user id is not told the number (meta-facts §9, April 2026).
            ...(waId !== null && { wa_id: waId }),
            ...(userId !== null && { user_id: userId }),
          },
        ],
        messages: [{ id: messageId, ...(kind === 'template' && { message_status: 'accepted' }) }],
      },
    };
  }

  return {
    answer,
    failNext: (code) => {
      failures.push(code);
    },
    dropAnswer: () => {
      answersToDrop += 1;
    },
  };
}
