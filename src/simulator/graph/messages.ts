import type { Json } from '../../domain/json.ts';
import type { Clock } from '../../runtime/clock.ts';
import { messagingScope } from '../accounts/access-token.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { BusinessPhoneRecord } from '../accounts/business-phone.ts';
import type { MediaStore } from '../accounts/media-store.ts';
import type { OpenQuestions } from '../open-questions.ts';
import type { AcceptedMessage, Network } from '../people/network.ts';
import type { People, PersonState } from '../people/people.ts';
import { createWamid } from '../people/wamid.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { callingCodeOf } from '../send/calling-code.ts';
import { invalidValue } from '../send/parameter-problem.ts';
import type { Reach } from '../send/reach.ts';
import { type Charged, isWindowOpen } from '../send/recipient-rules.ts';
import { decideSend, type SendDecision, type SendSituation } from '../send/send-message.ts';
import { type MessageRequest, readSendRequest, type SendAddress } from '../send/send-request.ts';
import type { SendingConditions } from '../send/sending-conditions.ts';
import type { Throttling } from '../send/throttling.ts';
import type { TemplateBook } from '../templates/template-book.ts';
import { problem } from './graph-error.ts';
import type { GraphReply, GraphRoute } from './graph-route.ts';

/** `POST /{phone-number-id}/messages`, with the switches that make it misbehave. */
export type MessagesCall = {
  answer(phone: BusinessPhoneRecord, body: Json): GraphReply;
  /** The next well-formed send is answered with this code of Meta's; calls add up. */
  failNext(code: number): void;
  /** The next accepted send gets no answer; calls add up. */
  dropAnswer(): void;
  /** What was accepted, but held back by its template's `acceptance`, goes on its way. */
  releaseHeld(): void;
};

/** A group of the business phones, to which they write by its id. */
export type SimulatedGroup = {
  /** Meta's id of it: any text. */
  id: string;
  /** The WhatsApp ids of the people in it. */
  members: readonly string[];
};

/** Answers sends and mark-as-read (meta-facts §7.1, §7.2). Each call that is accepted is one message, once. */
export function createMessagesCall(options: {
  accounts: Accounts;
  media: MediaStore;
  templates: TemplateBook;
  conditions: SendingConditions;
  reach: Reach;
  throttling: Throttling;
  questions: OpenQuestions;
  magicRecipients: boolean;
  clock: Clock;
  random: SeededRandom;
  people: People;
  network: Network;
  groups: readonly SimulatedGroup[];
}): MessagesCall {
  const { accounts, clock, random, people, network, questions, reach, throttling } = options;
  const failures: number[] = [];
  const held: AcceptedMessage[] = [];
  let answersToDrop = 0;

  function answer(phone: BusinessPhoneRecord, body: Json): GraphReply {
    const reading = readSendRequest(body, questions);
    if (!reading.ok) return { refusal: reading.refusal };
    const { request } = reading;
    if (request.kind === 'read') return answerRead(phone, request.messageId, request.typing);
    const failure = failures.shift();
    if (failure !== undefined)
      return { refusal: problem(failure, 'The simulator was told to refuse this send.') };
    return answerSend(phone, request);
  }

  function answerRead(
    { phoneNumberId }: BusinessPhoneRecord,
    messageId: string,
    typing: boolean,
  ): GraphReply {
    if (network.markRead(phoneNumberId, messageId, typing)) return { body: { success: true } };
    return { refusal: problem(131009, 'This number has received no message with this id.') };
  }

  function answerSend(phone: BusinessPhoneRecord, request: MessageRequest): GraphReply {
    const { content } = request;
    const address = asMetaReads(request.address, phone);
    const tooMany = throttling.countSend(phone);
    if (tooMany !== null) return { refusal: tooMany };
    const group = address.kind === 'group' ? groupAt(address.input) : null;
    if (address.kind === 'group' && group === null) {
      return { refusal: invalidValue("Parameter 'to' is not the id of a group of this number.", questions) };
    }
    const person = personAt(address);
    const situation = situationOf(phone, person);
    const decision = decideSend(address, content, situation);
    if (!decision.accepted) return { refusal: decision.refusal };
    const tooManyToOne = throttling.countPair(phone, person?.userId ?? address.input);
    if (tooManyToOne !== null) return { refusal: tooManyToOne };

    const message = messageOf({ ...request, address }, phone, person, decision);
    const { acceptance, laterFailure } = decision;
    if (laterFailure === null) rememberReach(decision.category, situation);
    const recipients = group === null ? [person] : group.members;
    for (const recipient of recipients) {
      const letter = { ...message, person: recipient };
      if (acceptance === null || acceptance === 'accepted') network.carry(letter);
      else held.push(letter);
    }
    if (answersToDrop > 0) {
      answersToDrop -= 1;
      return { silence: true };
    }
    return {
      body: {
        messaging_product: 'whatsapp',
        contacts: [contactAt(address, person)],
        messages: [
          {
            id: message.messageId,
            ...(acceptance !== null && { message_status: acceptance }),
            ...(group !== null && { group_id: group.id }),
          },
        ],
      },
    };
  }

  function messageOf(
    { address, replyTo, callbackData }: MessageRequest,
    phone: BusinessPhoneRecord,
    person: PersonState | null,
    { content, text, category, laterFailure }: Extract<SendDecision, { accepted: true }>,
  ): AcceptedMessage {
    const typedDigits = address.kind === 'number' ? address.digits : null;
    return {
      messageId: createWamid(person?.waId ?? typedDigits ?? phone.displayPhoneNumber, 'business', random),
      kind: content.kind,
      text,
      content,
      category,
      callbackData,
      person,
      typedDigits,
      laterFailure,
      from: phone,
      ...(replyTo !== null && { answers: replyTo }),
      ...(address.kind === 'group' && { groupId: address.input }),
    };
  }

  function rememberReach(category: Charged, situation: SendSituation): void {
    const { account, person } = situation;
    if (person === null) return;
    reach.remember({
      businessId: account.businessId,
      person: person.userId,
      outsideWindow: !isWindowOpen(person, situation),
      marketing: category === 'marketing',
    });
  }

  function groupAt(id: string): { id: string; members: PersonState[] } | null {
    const group = options.groups.find((known) => known.id === id);
    return group === undefined
      ? null
      : { id, members: group.members.map((waId) => people.make(waId).person) };
  }

  /** A number without `+` may be read as one of the business phone's country (meta-facts §4.4). */
  function asMetaReads(address: SendAddress, phone: BusinessPhoneRecord): SendAddress {
    if (questions.withoutPlus === 'international') return address;
    if (address.kind !== 'number' || address.input.trimStart().startsWith('+')) return address;
    return { ...address, digits: `${callingCodeOf(phone.displayPhoneNumber)}${address.digits}` };
  }

  function personAt(address: SendAddress): PersonState | null {
    switch (address.kind) {
      case 'number':
        return people.byNumber(address.digits);
      case 'user_id':
        return people.byUserId(address.input);
      case 'group':
        return null;
    }
  }

  function situationOf(phone: BusinessPhoneRecord, person: PersonState | null): SendSituation {
    return {
      now: clock.now(),
      phone,
      account: accounts.whatsappAccount(phone.wabaId),
      findTemplate: (name, language) => options.templates.find(phone.wabaId, name, language),
      findMedia: options.media.find,
      conditions: options.conditions,
      reach,
      questions,
      magicRecipients: options.magicRecipients,
      person,
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
    releaseHeld: () => {
      for (const message of held.splice(0)) network.carry(message);
    },
  };
}

/** Whom Meta says that it writes to. Whoever writes to a user id is not told the number (meta-facts §9, April 2026). */
function contactAt(address: SendAddress, person: PersonState | null) {
  return {
    input: address.input,
    ...(address.kind === 'number' && { wa_id: person?.waId ?? address.digits }),
    ...(person !== null && { user_id: person.userId }),
  };
}

/** The call of one business phone. */
export function messagesRoutes(phone: BusinessPhoneRecord, messages: MessagesCall): GraphRoute[] {
  return [
    {
      method: 'POST',
      edge: 'messages',
      needs: [messagingScope],
      counts: false,
      answer: ({ body }) => messages.answer(phone, body),
    },
  ];
}
