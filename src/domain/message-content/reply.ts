import type { Json, JsonObject } from '../json.ts';

/** A tap on a quick-reply button of a template. */
type ButtonContent = {
  type: 'button';
  /** What the sender of the template attached to the button; the person does not see it. */
  payload: string | null;
  /** What the button says. */
  text: string | null;
};

/** A tap on a button of an interactive message. */
type ButtonReplyContent = { type: 'button-reply'; id: string | null; title: string | null };

/** A row chosen from a list. */
type ListReplyContent = {
  type: 'list-reply';
  id: string | null;
  title: string | null;
  description: string | null;
};

/** What both kinds of filled-in forms hold. */
type FormReply = {
  /** What WhatsApp shows of it, such as `Sent`. */
  body: string | null;
  /** The answers. Null when there are none, or when they are no JSON, or nested beyond reason. */
  response: Json;
  /** The answers as they came, also when they are malformed; null when there are none. */
  responseText: string | null;
};

/** A Flow that somebody filled in. */
type FlowReplyContent = FormReply & {
  type: 'flow-reply';
  /** Meta's word for the kind of form, usually `flow`. */
  name: string | null;
};

/** The answer to a message that asks for a delivery address. */
type AddressReplyContent = FormReply & { type: 'address-reply' };

/** The answer to the question whether the business may call. */
type CallPermissionReplyContent = {
  type: 'call-permission-reply';
  /** Null when Meta says neither yes nor no. */
  accepted: boolean | null;
  /** Until when the business may call, in milliseconds; null when Meta gives no time. */
  expiresAt: number | null;
  /** Meta's word for where the answer comes from, such as `user_action`. */
  source: string | null;
};

/**
 * A choice or a message about a payment. Known from other people's test bodies only, which do not agree on
 * what is in it, so it is handed on as it came.
 */
type PaymentReplyContent = { type: 'payment-method' | 'payment-notification'; details: JsonObject | null };

/** The answer to an interactive message in a way that is not known here, or not said. */
type OtherReplyContent = {
  type: 'other-reply';
  /** Meta's word for the kind of answer; null when it says none. */
  metaType: string | null;
};

/** An answer to something that the business sent. */
export type ReplyContent =
  | ButtonContent
  | ButtonReplyContent
  | ListReplyContent
  | FlowReplyContent
  | AddressReplyContent
  | CallPermissionReplyContent
  | PaymentReplyContent
  | OtherReplyContent;
