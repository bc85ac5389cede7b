import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { type GraphProblem, invalidParameter, problem } from '../graph/graph-error.ts';
import { likelyAnswers } from '../open-questions.ts';
import type { ContentReader } from './content-reader.ts';
import { readInteractive } from './interactive.ts';
import { readContacts, readLocation } from './location-and-contacts.ts';
import { type ReadRequest, readMarkAsRead } from './mark-as-read.ts';
import { readAudio, readDocument, readImage, readSticker, readVideo } from './media-parameters.ts';
import { nonEmpty } from './parameter-forms.ts';
import { missingParameter, parameterProblem } from './parameter-problem.ts';
import type { RefusalCodes } from './refusal-codes.ts';
import type { SendContent } from './send-content.ts';
import { readTemplate } from './template-parameters.ts';
import { readReaction, readText } from './text-and-reaction.ts';

export type { SendContent } from './send-content.ts';

/** Whom a message is for, as the caller wrote it. */
export type SendAddress =
  /** `to`: a phone number. `digits` is the input without plus, spaces, hyphens and parentheses. */
  | { kind: 'number'; input: string; digits: string }
  /** `recipient`: a business-scoped user id (BSUID). */
  | { kind: 'user_id'; input: string }
  /** `to` with `recipient_type` `group`: the id of a group. */
  | { kind: 'group'; input: string };

/** A message to be sent. */
export type MessageRequest = {
  kind: 'message';
  address: SendAddress;
  content: SendContent;
  /** The message that it replies to; null for none. */
  replyTo: string | null;
  /** `biz_opaque_callback_data`, echoed in every status. */
  callbackData: string | null;
};

/** A well-formed call of `POST /{phone-number-id}/messages`. */
type SendRequest = MessageRequest | ReadRequest;

/** The request, or why Meta refuses it. */
export type SendRequestReading = { ok: true; request: SendRequest } | { ok: false; refusal: GraphProblem };

/** Every type of message (meta-facts §7.1). */
const contentReaders = {
  text: readText,
  image: readImage,
  video: readVideo,
  audio: readAudio,
  document: readDocument,
  sticker: readSticker,
  location: readLocation,
  contacts: readContacts,
  reaction: readReaction,
  interactive: readInteractive,
  template: readTemplate,
} satisfies Record<string, ContentReader>;

const commonForm = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.enum(['individual', 'group']).optional(),
  to: nonEmpty.optional(),
  recipient: nonEmpty.optional(),
  context: z.strictObject({ message_id: nonEmpty }).optional(),
  biz_opaque_callback_data: z
    .string()
    .refine((data) => data.length <= 512, {
      message: 'must be at most 512 characters long.',
      params: { tooLong: true },
    })
    .optional(),
});

/**
 * Reads a call of `/messages` as strictly as Meta: a missing, misspelt or wrongly typed parameter is
 * refused with the code and the kind of sentence that Meta uses (meta-facts §5 rows 100, 131008, 131009,
 * 132018; §7.1). A body that is not JSON counts as one without parameters.
 *
 * @param codes what Meta says where meta-facts names several codes
 */
export function readSendRequest(body: Json, codes: RefusalCodes = likelyAnswers): SendRequestReading {
  const parameters = isJsonObject(body) ? body : {};
  const product = parameters.messaging_product;
  if (product === undefined) return refuse(invalidParameter('The parameter messaging_product is required.'));
  if (product !== 'whatsapp') {
    return refuse(
      invalidParameter(`Param messaging_product must be one of {WHATSAPP} - got ${JSON.stringify(product)}.`),
    );
  }
  if (parameters.status !== undefined) return readMarkAsRead(parameters, codes);
  if (parameters.to === undefined && parameters.recipient === undefined) {
    return refuse(invalidParameter('The parameter to is required.'));
  }
  const { type = 'text', ...others } = parameters;
  if (typeof type !== 'string' || !isMessageType(type)) {
    const known = Object.keys(contentReaders).join(', ').toUpperCase();
    const sentence = `Param type must be one of {${known}} - got ${JSON.stringify(type)}.`;
    return refuse(codes.unknownType === 100 ? invalidParameter(sentence) : problem(131051, sentence));
  }
  const { [type]: content, ...common } = others;
  return readMessage(type, content, common, codes);
}

function isMessageType(type: string): type is keyof typeof contentReaders {
  return Object.hasOwn(contentReaders, type);
}

function readMessage(
  type: keyof typeof contentReaders,
  parameter: Json | undefined,
  commonParameters: JsonObject,
  codes: RefusalCodes,
): SendRequestReading {
  const common = commonForm.safeParse(commonParameters);
  if (!common.success) return refuse(parameterProblem(common.error, commonParameters, [], codes));
  if (parameter === undefined) return refuse(missingParameter(type, codes));
  const reading = contentReaders[type](parameter, codes);
  if (!reading.ok) return reading;
  const address = readAddress(common.data);
  if ('refusal' in address) return { ok: false, ...address };
  return {
    ok: true,
    request: {
      kind: 'message',
      address,
      content: reading.content,
      replyTo: common.data.context?.message_id ?? null,
      callbackData: common.data.biz_opaque_callback_data ?? null,
    },
  };
}

/** When both are given, `to` wins (meta-facts §7.1). What is not the address that it should be is a bad value (§5 row 131009). */
function readAddress(common: z.output<typeof commonForm>): SendAddress | { refusal: GraphProblem } {
  const { to, recipient = '', recipient_type: recipientType } = common;
  if (recipientType === 'group') {
    if (to !== undefined) return { kind: 'group', input: to };
    return { refusal: problem(131009, "Parameter 'to' is not the id of a group.") };
  }
  if (to !== undefined) {
    const digits = to.replace(/[+\-() ]/g, '');
    if (/^\d{7,15}$/.test(digits)) return { kind: 'number', input: to, digits };
    return { refusal: problem(131009, "Parameter 'to' is not a phone number with its country code.") };
  }
  if (/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient)) return { kind: 'user_id', input: recipient };
  return { refusal: problem(131009, "Parameter 'recipient' is not a business-scoped user id.") };
}

function refuse(refusal: GraphProblem): SendRequestReading {
  return { ok: false, refusal };
}
