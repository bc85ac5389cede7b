import { TEXT_MAX_LENGTH } from '../domain/notification-content.ts';
import type { ProblemBody } from '../server/contract/problem.ts';

/** The most people that the page keeps; each one is a phone in memory. */
export const peopleLimit = 50;

type ProblemRow = { status: number; title: string; detail: string; remedy: string };

const rows = {
  'no-session': {
    status: 401,
    title: 'This request does not come from the sandbox page.',
    detail:
      'The pretend phones are controlled by the page that this process serves, with its session cookie.',
    remedy: 'Open the sandbox page again; it renews its session.',
  },
  'login-from-elsewhere': {
    status: 403,
    title: 'This login does not come from the sandbox page.',
    detail: 'The browser says that another site asks for it.',
    remedy: 'Open the sandbox page itself and log in there.',
  },
  'admin-key-wrong': {
    status: 403,
    title: 'That is not the admin key of this sandbox.',
    detail: 'The key is made anew each time the sandbox starts, unless RECADO_ADMIN_KEY is set.',
    remedy: 'Copy `adminKey` from data/sandbox.json on the machine where the sandbox runs.',
  },
  'too-many-logins': {
    status: 429,
    title: 'Too many wrong keys.',
    detail: 'After ten wrong keys within a minute the login is closed until the minute is over.',
    remedy: 'Wait a minute, then paste `adminKey` from data/sandbox.json.',
  },
  'person-unknown': {
    status: 404,
    title: 'No pretend person has this number.',
    detail: 'The sandbox knows only the people on its phones.',
    remedy: 'Add the person first, with the plus sign above the phone.',
  },
  'person-exists': {
    status: 409,
    title: 'There is already a pretend person with this number.',
    detail: 'Each number is one phone, in whichever spelling it is written.',
    remedy: 'Choose that person above the phone, or give another number.',
  },
  'too-many-people': {
    status: 409,
    title: 'The sandbox is full.',
    detail: `It keeps at most ${peopleLimit} pretend people.`,
    remedy: 'Restart the sandbox to begin with an empty one.',
  },
  'person-invalid': {
    status: 400,
    title: 'This is not a name with a phone number.',
    detail: 'Expected a name of 1 to 60 characters, and a number of 10 to 15 digits with its country code.',
    remedy: 'Write the number like +55 11 98765-4321.',
  },
  'text-invalid': {
    status: 400,
    title: 'This is not a text message.',
    detail: `Expected 1 to ${TEXT_MAX_LENGTH} characters.`,
    remedy: 'Write something shorter, or anything at all.',
  },
  'switch-invalid': {
    status: 400,
    title: 'This is not a position of the switch.',
    detail: 'Expected {"online": true} or {"online": false}.',
    remedy: 'Send one of the two.',
  },
  'reading-invalid': {
    status: 400,
    title: 'Reading needs nothing to be said.',
    detail: 'Expected an empty JSON object.',
    remedy: 'Send {}.',
  },
  'file-invalid': {
    status: 400,
    title: 'This is not a file that a phone can send.',
    detail:
      'Expected its kind, its MIME type and at most 16 MB, or one of the samples: image, voice, document, sticker.',
    remedy: 'Choose another file, or send the sample.',
  },
  'location-invalid': {
    status: 400,
    title: 'This is not a place on Earth.',
    detail:
      'Expected a latitude from −90 to 90, a longitude from −180 to 180, and names of at most 100 characters.',
    remedy: 'Write degrees with a point, like -23.5614 and -46.6559.',
  },
  'contact-invalid': {
    status: 400,
    title: 'This is not a contact card.',
    detail: 'Expected a name of 1 to 100 characters, and a number of 10 to 15 digits with its country code.',
    remedy: 'Write the number like +55 11 98765-4321.',
  },
  'number-invalid': {
    status: 400,
    title: 'This is not a phone number.',
    detail: 'Expected 10 to 15 digits with the country code.',
    remedy: 'Write the number like +55 11 98765-4321.',
  },
  'username-invalid': {
    status: 400,
    title: 'This is not a username.',
    detail: 'Expected 3 to 35 letters, digits, points and underscores, without the @.',
    remedy: 'Write it like ana.souza.',
  },
  'act-invalid': {
    status: 400,
    title: 'A phone cannot do that.',
    detail: 'Expected the message and what to do with it, as the page sends them.',
    remedy: 'Reload the page and try again.',
  },
  'act-impossible': {
    status: 409,
    title: 'That is not possible now.',
    detail: 'The phone has changed since the page looked at it.',
    remedy: 'Look at what the phone shows now, and try again.',
  },
  'media-unknown': {
    status: 404,
    title: 'This file is not there any more.',
    detail: 'Meta keeps what people send for 7 days of simulated time, and what is uploaded for 30.',
    remedy: 'Send the file again.',
  },
  'time-invalid': {
    status: 400,
    title: 'Time cannot be moved like that.',
    detail: 'Expected {"jump": milliseconds}, {"paused": true or false}, or {"speed": 1 to 3600}.',
    remedy: 'Send one of the three. Time only goes forwards: restart the sandbox to be earlier.',
  },
  'person-offline': {
    status: 409,
    title: 'This phone is offline.',
    detail: 'An offline phone neither reads nor writes.',
    remedy: 'Switch it online first.',
  },
} as const satisfies Record<string, ProblemRow>;

/** The stable code of a problem with the phones or the page's session. */
export type SandboxProblemCode = keyof typeof rows;

/** The problem document of a code. */
export function sandboxProblem(code: SandboxProblemCode): ProblemBody {
  return { type: 'about:blank', code, ...rows[code] };
}
