// @ts-check

/**
 * Every word on the page, in one place. The markup names a plain one as %name%, filled in when it is served;
 * a function is a sentence with something to fill in.
 */
export const texts = {
  band: 'SANDBOX · nothing leaves this machine · a pretend Meta',
  title: 'SANDBOX · Recado',
  brand: 'Recado',
  noScript: 'The sandbox page needs JavaScript. Everything that it does is also in the API under /v1.',
  pageTitle: 'Recado sandbox',

  viewsLabel: 'Parts of the sandbox',
  viewPhone: 'Phone',
  viewFeed: 'Feed',
  viewNotify: 'Notify',

  connection: {
    connecting: 'Connecting …',
    connected: 'Live',
    disconnected: 'Disconnected. Is the sandbox still running?',
  },

  contactsTitle: 'Contacts',
  contactsEmpty: 'Nobody yet. Whoever writes to your number is registered here.',
  windowOpen: (/** @type {string} */ time) => `open for ${time}`,
  windowClosed: 'window closed',
  windowNever: 'never wrote',
  contactTip: (/** @type {string} */ name) => `Notify ${name}`,

  phoneTitle: 'A pretend phone',
  phoneWhy: 'Somebody who writes to you.',
  peopleLabel: 'Pretend people',
  personTip: (/** @type {string} */ name, /** @type {number} */ unread) =>
    unread === 0 ? name : `${name}, ${unread} unread`,
  online: 'Online',
  chatLabel: 'Chat with your business',
  chatEmptyTitle: 'Write Hi to begin',
  chatEmptyWhy:
    'As on the real WhatsApp it goes to Meta, then as a signed webhook to Recado. The sandbox starts empty each time.',
  sayHi: 'Hi 👋',
  templateMark: 'Template',
  composeLabel: 'Message to your business',
  composePlaceholder: 'Message',
  composePlaceholderOffline: 'This phone is offline',
  composeSend: 'Send the message',
  unread: (/** @type {number} */ count) => (count === 1 ? '1 new message' : `${count} new messages`),
  readButton: 'Read',
  offlineNote: (/** @type {string} */ name) => `${name} is offline. What you send now waits at WhatsApp.`,
  tick: { sent: 'sent', delivered: 'delivered', read: 'read' },
  addPerson: 'Add a person',
  addPersonWhy: 'Any name and number will do: nobody real is contacted.',
  addPersonButton: 'Add',
  newName: 'Name',
  newNumber: 'Number with country code',
  cancel: 'Cancel',

  feedTitle: 'The live feed',
  feedWhy: 'Every fact, in order, as your application gets it.',
  feedEmptyTitle: 'Quiet so far',
  feedEmptyWhy: 'Write Hi on the phone and watch the webhook become an event here.',
  feedMore: (/** @type {number} */ hidden) => `${hidden} older ones are in GET /v1/events`,
  copyJson: 'Copy JSON',

  notifyTitle: 'Notify',
  notifyWhy: 'Ask Recado to send a message.',
  toLabel: 'To',
  toOther: 'Another number …',
  numberLabel: 'Phone number with country code',
  numberPlaceholder: '+55 85 98765-4321',
  hintOpen: (/** @type {string} */ time) => `The window is open for ${time}: any text may be sent.`,
  hintClosed: 'The 24-hour window is closed: only templates are delivered.',
  hintNever: 'Has not written to you: only templates are delivered.',
  hintOther: 'A number Recado may not know yet. Without a message from it, only templates are delivered.',
  contentLabel: 'What to send',
  contentText: 'Text',
  contentTemplate: 'Template',
  textLabel: 'Text',
  textPlaceholder: 'Your appointment is tomorrow at 10:00.',
  textLength: (/** @type {number} */ length, /** @type {number} */ limit) =>
    `${length.toLocaleString('en')} of ${limit.toLocaleString('en')} characters`,
  fallback: 'Window closed? Then send',
  templateLabel: 'Template',
  templateMissing: 'one_that_does_not_exist (to see the failure)',
  parameter: (/** @type {number} */ number) => `Parameter {{${number}}}`,
  parameterExamples: ['Ana', 'tomorrow at 10:00'],
  sendButton: 'Send notification',
  sendTextExample: 'Your appointment is tomorrow at 10:00.',

  terminalTitle: 'The same from a terminal',
  terminalLabel: 'Which command',
  terminalRecado: 'Send: recado',
  terminalCurl: 'Send: curl',
  terminalFeed: 'Follow the feed',
  copy: 'Copy',
  copied: 'Copied',

  storiesTitle: 'What became of them',
  storiesEmpty: 'Send one: its decision, the reason for it, and every step of its life appear here.',
  storyTo: (/** @type {string} */ name) => `To ${name}`,
  templateContent: (/** @type {string} */ name) => `Template ${name}`,
  decision: { 'free-form': 'free text', template: 'template', refuse: 'refused' },
  steps: { queued: 'queued', accepted: 'accepted', sent: 'sent', delivered: 'delivered', read: 'read' },
  states: {
    queued: 'queued',
    sending: 'sending',
    accepted: 'accepted',
    sent: 'sent',
    delivered: 'delivered',
    read: 'read',
    failed: 'failed',
    expired: 'expired',
    cancelled: 'cancelled',
    unknown: 'unknown',
  },
  metaHold: 'Meta holds it for a check of the template.',
  retryPending: 'Recado tries again by itself.',
  metaCode: (/** @type {number} */ code) => `Meta’s #${code}`,
  whatToDo: 'What to do',
  spokenStory: (/** @type {string} */ name, /** @type {string} */ state) =>
    `Notification to ${name}: ${state}`,

  says: {
    wrote: (/** @type {string} */ who, /** @type {string} */ text) => `${who} wrote “${text}”`,
    sent: (/** @type {string} */ who, /** @type {string} */ type) => `${who} sent: ${type}`,
    status: (/** @type {string} */ who, /** @type {string} */ status) => `Message to ${who}: ${status}`,
    statusFailed: (/** @type {string} */ who, /** @type {string} */ reason) =>
      `Message to ${who} failed: ${reason}`,
    notification: (/** @type {string} */ who, /** @type {string} */ state) =>
      `Notification to ${who}: ${state}`,
    notificationFailed: (/** @type {string} */ who, /** @type {string} */ reason) =>
      `Notification to ${who} failed: ${reason}`,
    notificationRefused: (/** @type {string} */ who, /** @type {string} */ reason) =>
      `Notification to ${who} refused: ${reason}`,
    alarm: (/** @type {string} */ news, /** @type {string} */ sentence) => `Alarm ${news}: ${sentence}`,
    unrecognised: 'Something that Recado does not understand yet. It is kept as it came.',
    other: (/** @type {string} */ kind) => `Meta says something about: ${kind}`,
    foreign: ' (of a business phone that is not yours)',
    somebody: 'somebody',
  },

  time: {
    hoursAndMinutes: (/** @type {number} */ hours, /** @type {number} */ minutes) =>
      `${hours} h ${minutes} min`,
    minutes: (/** @type {number} */ minutes) => `${minutes} min`,
    moment: 'less than a minute',
  },

  problemUnreachable:
    'The sandbox does not answer. Is it still running? Start it again with: npx recado sandbox',
  problemUnexpected: (/** @type {number} */ status) =>
    `The sandbox answered ${status} without an explanation.`,
  problemNoRecipient: 'Choose somebody, or type a number with its country code.',
  problemNoText: 'Write what to send.',

  loginTitle: 'Log in to the sandbox',
  loginWhy: 'You came from another machine or through a tunnel, so the sandbox wants its admin key.',
  loginKey: 'Admin key',
  loginHint: 'It stands in data/sandbox.json on the machine where the sandbox runs.',
  loginButton: 'Log in',
};
