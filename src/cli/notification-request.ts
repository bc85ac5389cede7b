import type { JsonObject } from '../domain/json.ts';
import { wrongUsage } from './command-error.ts';

/** The flags of `send` that say what to send. */
export type NotificationFlags = {
  to: string;
  text?: string;
  /** Members of the request that say something else than words or a template. */
  content?: JsonObject;
  template?: string;
  language?: string;
  /** The template's placeholders in its body, in order. */
  parameter?: string[];
  /** A template to send instead of the text when the window is closed. */
  fallback?: string;
  /** To wait until they write, when the window is closed. */
  hold?: boolean;
  reference?: string;
  /** The message that it answers. */
  replyTo?: string;
  /** The business phone to send from, by Meta's `phone_number_id`; the default one when left out. */
  businessPhone?: string;
};

/** The body of POST /v1/notifications. @throws CommandError when the flags do not go together */
export function notificationRequest(flags: NotificationFlags): JsonObject {
  const { to, text, template, content, language, parameter = [], fallback, hold } = flags;
  const { reference, replyTo, businessPhone } = flags;
  if ([text, template, content].filter((one) => one !== undefined).length !== 1) {
    throw wrongUsage(
      'Exactly one of --text, --template and a file, place, reaction or --content is needed.',
      'npx recado send --to 558587654321 --text "Hello"',
    );
  }
  if (template !== undefined && fallback !== undefined) {
    throw wrongUsage(
      '--fallback belongs beside --text: a template may be sent at any time.',
      'Leave out --fallback, or send --text.',
    );
  }
  if (hold && (template !== undefined || fallback !== undefined)) {
    throw wrongUsage(
      '--hold belongs beside --text alone: a template may be sent at any time.',
      `Leave out --hold, or ${template === undefined ? '--fallback' : 'send --text'}.`,
    );
  }
  const name = template ?? fallback;
  if (name === undefined && (language !== undefined || parameter.length > 0)) {
    throw wrongUsage(
      '--language and --parameter belong to a template.',
      'Add --template, or --fallback beside --text.',
    );
  }
  if (name !== undefined && language === undefined) {
    throw wrongUsage(
      'A template needs its --language.',
      `Add it, such as --language pt_BR or --language en_US.`,
    );
  }
  const chosen: JsonObject = {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(parameter.length === 0 ? {} : { components: [bodyComponent(parameter)] }),
  };
  return {
    to,
    ...(content ?? (text === undefined ? { template: chosen } : { text })),
    ...(fallback === undefined ? {} : { fallback: chosen }),
    ...(hold ? { onClosedWindow: 'hold' } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(reference === undefined ? {} : { reference }),
    ...(businessPhone === undefined ? {} : { businessPhone }),
  };
}

/** Meta's component that fills the placeholders of a template's body (meta-facts §7.1). */
function bodyComponent(parameters: readonly string[]): JsonObject {
  return { type: 'body', parameters: parameters.map((text) => ({ type: 'text', text })) };
}
