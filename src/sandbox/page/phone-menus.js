// @ts-check
import { element } from './dom.js';
import { asSentFile, pickFile } from './files.js';
import { sheetForm, sheetRow } from './sheet.js';
import { texts } from './texts.js';

/** @import { Person, PhoneMessage } from './gateway.js' */

/**
 * What the menus can do with the phone. `act` resolves to whether it went well.
 *
 * @typedef {{
 *   person: () => Person | undefined,
 *   act: (verb: string, body: object) => Promise<boolean>,
 *   send: (verb: string, body: object) => Promise<boolean>,
 *   takeCaption: () => { caption?: string },
 *   answer: (message: PhoneMessage) => void,
 *   movedTo: (digits: string) => void,
 *   sheet: { open: (title: string, content: (Node | string)[]) => void, close: () => void },
 * }} PhoneInHand
 */

const emojis = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** The sheet behind the plus sign: what can be sent besides words. @param {PhoneInHand} phone */
export function openAttachments(phone) {
  const { sheet, send } = phone;
  const sample = (
    /** @type {string} */ sign,
    /** @type {'image' | 'voice' | 'document' | 'sticker'} */ kind,
  ) =>
    sheetRow(sign, texts.attach[kind], () => {
      const words = kind === 'image' || kind === 'document' ? phone.takeCaption() : {};
      sheet.close();
      void send('files', { kind, sample: true, ...words });
    });
  const chosenFile = async () => {
    const file = await pickFile();
    if (file === null) return;
    const sent = await asSentFile(file);
    const words = ['image', 'video', 'document'].includes(sent.kind) ? phone.takeCaption() : {};
    sheet.close();
    await send('files', { ...sent, ...words });
  };
  sheet.open(texts.attachTitle, [
    element(
      'div',
      { class: 'sheet-grid' },
      sample('🌄', 'image'),
      sample('🎤', 'voice'),
      sample('📄', 'document'),
      sample('😀', 'sticker'),
      sheetRow('📎', texts.attach.file, () => void chosenFile()),
      sheetRow('📍', texts.attach.location, () => openLocation(phone)),
      sheetRow('👤', texts.attach.contact, () => openContact(phone)),
    ),
    element('p', { class: 'sheet-hint' }, texts.captionHint),
  ]);
}

/** @param {PhoneInHand} phone */
function openLocation({ sheet, send }) {
  const form = sheetForm({
    fields: [
      { name: 'name', label: texts.placeName, value: texts.placeExample, required: false },
      { name: 'latitude', label: texts.latitude, value: '-23.56140', inputmode: 'text' },
      { name: 'longitude', label: texts.longitude, value: '-46.65590', inputmode: 'text' },
    ],
    button: texts.sendButtonShort,
    onDone: async ({ name = '', latitude = '', longitude = '' }) => {
      const place = { latitude: degrees(latitude), longitude: degrees(longitude) };
      if (await send('locations', { ...place, ...(name === '' ? {} : { name }) })) sheet.close();
    },
  });
  sheet.open(texts.attach.location, [form]);
}

/** Degrees as people type them, with a comma or a point; what is none is refused by the sandbox. @param {string} typed */
function degrees(typed) {
  const value = typed === '' ? Number.NaN : Number(typed.replace(',', '.'));
  return Number.isNaN(value) ? typed : value;
}

/** @param {PhoneInHand} phone */
function openContact({ sheet, send }) {
  const form = sheetForm({
    fields: [
      { name: 'name', label: texts.newName, value: texts.cardNameExample },
      { name: 'number', label: texts.newNumber, value: texts.cardNumberExample, inputmode: 'tel' },
    ],
    button: texts.sendButtonShort,
    onDone: async ({ name, number }) => {
      if (await send('contacts', { name, number })) sheet.close();
    },
  });
  sheet.open(texts.attach.contact, [form]);
}

/** The sheet of one message: answer it, or react. @param {PhoneInHand} phone @param {PhoneMessage} message */
export function openMessage(phone, message) {
  const { sheet, act } = phone;
  const react = (/** @type {string | null} */ emoji) => {
    sheet.close();
    void act('reactions', { messageId: message.id, emoji });
  };
  const buttons = emojis.map((emoji) => {
    const button = element(
      'button',
      { type: 'button', class: 'emoji', 'aria-label': texts.reactWith(emoji), title: texts.reactWith(emoji) },
      emoji,
    );
    button.addEventListener('click', () => react(emoji));
    return button;
  });
  sheet.open(texts.messageMenuTip, [
    element('div', { class: 'emojis' }, ...buttons),
    sheetRow('↩', texts.reply, () => {
      sheet.close();
      phone.answer(message);
    }),
    sheetRow('✕', texts.unreact, () => react(null)),
  ]);
}

/** The sheet behind the three dots: what the person does with the business. @param {PhoneInHand} phone */
export function openPersonMenu(phone) {
  const { sheet, act } = phone;
  const person = phone.person();
  if (person === undefined) return;
  const doing = (/** @type {string} */ verb, /** @type {object} */ body) => () => {
    sheet.close();
    void act(verb, body);
  };
  sheet.open(texts.personMenu(person.name), [
    sheetRow('📞', texts.call, doing('calls', {}), texts.callMore),
    person.blocked
      ? sheetRow('🔓', texts.unblock, doing('blocking', { blocked: false }))
      : sheetRow('🚫', texts.block, doing('blocking', { blocked: true }), texts.blockMore),
    sheetRow('🔕', texts.stopMarketing, doing('marketing', { wanted: false }), texts.stopMarketingMore),
    sheetRow('🔔', texts.resumeMarketing, doing('marketing', { wanted: true })),
    sheetRow('#', texts.changeNumber, () => openNumber(phone), texts.changeNumberMore),
    person.username === null
      ? sheetRow('@', texts.takeUsername, () => openUsername(phone), texts.takeUsernameMore)
      : sheetRow('@', texts.dropUsername, doing('username', { username: null, hideNumber: false })),
  ]);
}

/** @param {PhoneInHand} phone */
function openNumber({ sheet, act, movedTo }) {
  const form = sheetForm({
    fields: [{ name: 'number', label: texts.newNumber, value: '', inputmode: 'tel' }],
    button: texts.changeNumber,
    onDone: async ({ number = '' }) => {
      if (!(await act('number', { number }))) return;
      movedTo(number.replace(/\D/g, ''));
      sheet.close();
    },
  });
  sheet.open(texts.changeNumber, [form]);
}

/** @param {PhoneInHand} phone */
function openUsername({ sheet, act }) {
  const form = sheetForm({
    fields: [{ name: 'username', label: texts.username, value: texts.usernameExample }],
    button: texts.takeUsername,
    onDone: async ({ username = '' }) => {
      if (await act('username', { username: username.replace(/^@/, ''), hideNumber: true })) sheet.close();
    },
  });
  sheet.open(texts.takeUsername, [element('p', { class: 'sheet-hint' }, texts.takeUsernameMore), form]);
}
