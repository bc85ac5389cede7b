import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { JsonObject } from '../domain/json.ts';
import { mediaTypes } from '../domain/notification-content.ts';
import { wrongUsage } from './command-error.ts';
import { parseObject } from './gateway-client.ts';

/** The flags of `send` for what is neither words nor a template. */
export type ContentFlags = {
  /** Each a file here, an address, or Meta's id of an upload. */
  image?: string;
  video?: string;
  audio?: string;
  document?: string;
  sticker?: string;
  caption?: string;
  filename?: string;
  voice?: boolean;
  /** Degrees north and east with a comma between. */
  location?: string;
  locationName?: string;
  locationAddress?: string;
  /** An emoji. */
  reaction?: string;
  /** The message that it is put to. */
  toMessage?: string;
  /** A file with members of POST /v1/notifications. */
  content?: string;
};

/** What the flags ask for. */
export type GivenContent = {
  /** Members of POST /v1/notifications. */
  members: JsonObject;
  /** A file here that has to be uploaded first; until then another id stands in the members. */
  file: string | null;
};

/** Stands for the id of a file that is not uploaded yet. */
const FILE_TO_COME = '0';

const example = 'npx recado send --to 558587654321 --image photo.jpg --caption "Look!"';

/**
 * What the flags ask for; null when they ask for nothing of this kind.
 *
 * @param folder where files are looked for
 * @throws CommandError when they do not go together, or a file cannot be read
 */
export function givenContent(flags: ContentFlags, folder: string): GivenContent | null {
  const given = [...mediaTypes, 'location' as const, 'reaction' as const, 'content' as const].filter(
    (name) => flags[name] !== undefined,
  );
  const [first, second] = given;
  if (second !== undefined)
    throw wrongUsage(`--${first} and --${second} are two messages.`, `Send one: ${example}`);
  refuseStray(flags, first);
  switch (first) {
    case undefined:
      return null;
    case 'location':
      return { members: { location: locationOf(flags) }, file: null };
    case 'reaction':
      return { members: { reaction: reactionOf(flags) }, file: null };
    case 'content':
      return { members: membersIn(flags.content ?? '', folder), file: null };
    default:
      return mediaOf(first, flags[first] ?? '', flags, folder);
  }
}

/** Flags that say more of another flag, and of which. */
const belongings: readonly [name: keyof ContentFlags, written: string, to: readonly string[]][] = [
  ['caption', '--caption', ['image', 'video', 'document']],
  ['filename', '--filename', ['document']],
  ['voice', '--voice', ['audio']],
  ['locationName', '--location-name', ['location']],
  ['locationAddress', '--location-address', ['location']],
  ['toMessage', '--to-message', ['reaction']],
];

function refuseStray(flags: ContentFlags, given: string | undefined): void {
  const stray = belongings.find(([name, , to]) => flags[name] !== undefined && !to.includes(given ?? ''));
  if (stray === undefined) return;
  const [, written, to] = stray;
  throw wrongUsage(
    `${written} belongs to ${to.map((name) => `--${name}`).join(', ')}.`,
    `Leave it out, or add one of these: ${example}`,
  );
}

function mediaOf(
  type: (typeof mediaTypes)[number],
  given: string,
  { caption, filename, voice }: ContentFlags,
  folder: string,
): GivenContent {
  const isLink = /^https?:\/\//i.test(given);
  const file = isLink ? null : resolve(folder, given);
  const isFile = file !== null && existsSync(file);
  if (!isLink && !isFile && !/^\d{5,64}$/.test(given)) {
    throw wrongUsage(
      `--${type} takes a file, an address, or Meta’s id of an upload; there is no file ${given}.`,
      `Look where the file is: ${example}`,
    );
  }
  const name = filename ?? (type === 'document' && isFile ? basename(given) : undefined);
  const media: JsonObject = {
    type,
    ...(isLink ? { link: given } : { id: isFile ? FILE_TO_COME : given }),
    ...(caption === undefined ? {} : { caption }),
    ...(name === undefined ? {} : { filename: name }),
    ...(voice === true ? { voice } : {}),
  };
  return { members: { media }, file: isFile ? file : null };
}

function locationOf({ location = '', locationName, locationAddress }: ContentFlags): JsonObject {
  const degrees = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(location);
  if (degrees === null) {
    throw wrongUsage(
      `--location takes degrees north and east; found "${location}".`,
      'npx recado send --to 558587654321 --location=-3.7319,-38.5267 --location-name "Our shop"',
    );
  }
  return {
    latitude: Number(degrees[1]),
    longitude: Number(degrees[2]),
    ...(locationName === undefined ? {} : { name: locationName }),
    ...(locationAddress === undefined ? {} : { address: locationAddress }),
  };
}

function reactionOf({ reaction = '', toMessage }: ContentFlags): JsonObject {
  if (toMessage === undefined) {
    throw wrongUsage(
      '--reaction needs the message that it is put to.',
      'Add --to-message with its `messageId`, as GET /v1/conversations/{id}/messages shows it.',
    );
  }
  return { messageId: toMessage, emoji: reaction };
}

function membersIn(path: string, folder: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(resolve(folder, path), 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw wrongUsage(`${path} cannot be read: ${reason}.`, 'Give a file that is there.');
  }
  const members = parseObject(text);
  if (members === null) {
    throw wrongUsage(
      `${path} holds no JSON object.`,
      'Write a member of POST /v1/notifications into it, such as {"interactive": {…}} or {"contacts": […]}.',
    );
  }
  return members;
}
