import type { JsonObject } from '../src/domain/json.ts';
import { statusBody, textMessageBody, type WebhookPerson } from '../src/simulator/bodies/webhook-bodies.ts';

/** The pretend business phone that all bodies are about. */
export const benchPhone = {
  wabaId: '300100300100300',
  phoneNumberId: '200100200100200',
  displayPhoneNumber: '551132100000',
};

/** The app secret that bodies are signed with; pretend, as every value here. */
export const benchAppSecret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';

const PEOPLE = 2_000;

/** Between two bodies, in milliseconds: a million of them fit into the hour before now. */
const STEP = 3;

const firstNames = ['Ana', 'Bruno', 'Carla', 'Diego', 'Elisa', 'Fábio', 'Graça', 'Heitor', 'Inês', 'João'];
const lastNames = ['Souza', 'Lima', 'Araújo', 'Castro', 'Moura', 'Teixeira', 'Nunes', 'Pires'];
const texts = [
  'Bom dia! O bolo de cenoura já está pronto?',
  'Sim, pode ser às 15h. Obrigada 🙏',
  'Can I change my appointment to Friday morning? Any time before eleven would be fine for me.',
  'ok',
  'Recebi a mensagem, mas o link não abre no meu telefone. Podem enviar de novo, por favor? Já tentei duas vezes ontem à noite.',
  'Quanto custa a entrega para o centro?',
];

/**
 * Makes bodies as Meta sends them, one event in each, about 0.6 KB: texts and statuses in turn, of 2,000 people,
 * every message id another one, times moving on.
 *
 * @param start Meta's time of the first body, in milliseconds
 */
export function createBodies(start: number = Date.now() - 3_600_000): (index: number) => JsonObject {
  return (index) => {
    const person = personOf((index * 7_919) % PEOPLE);
    const at = start + index * STEP;
    const id = messageId(person.waId, index);
    if (index % 2 === 0) {
      const text = texts[(index / 2) % texts.length] ?? '';
      return textMessageBody(benchPhone, person, { id, at, text });
    }
    const { waId, userId, name } = person;
    return statusBody(
      benchPhone,
      { messageId: id, at, recipient: { waId, userId, name }, callbackData: null },
      index % 4 === 1 ? { status: 'sent', category: 'utility', price: 'regular' } : { status: 'delivered' },
    );
  };
}

/**
 * Makes batches as Meta sends them when much is waiting: the same texts and statuses, every text so long that a
 * batch has these bytes.
 *
 * @param updates how many events a batch has
 * @param bytes how many bytes it has at least
 */
export function createBatches(updates: number, bytes: number): (index: number) => JsonObject {
  const bodyAt = createBodies();
  return (index) => {
    const changes = Array.from({ length: updates }, (_, place) => changeOf(bodyAt(index * updates + place)));
    const missing = bytes - JSON.stringify(changes).length;
    const letters = Math.max(0, Math.ceil(missing / Math.ceil(updates / 2)));
    for (const { value } of changes) {
      for (const { text } of value.messages ?? []) text.body += ' Por favor!'.repeat(letters / 11 + 1);
    }
    return { object: 'whatsapp_business_account', entry: [{ id: benchPhone.wabaId, changes }] };
  };
}

/** The one change of such a body. */
function changeOf(body: JsonObject): Change {
  const { entry } = body as { entry: [{ changes: [Change] }] };
  return entry[0].changes[0];
}

type Change = { field: string; value: { messages?: { text: { body: string } }[]; statuses?: JsonObject[] } };

/** The number of one of the 2,000 people, in digits. */
export function waIdOf(person: number): string {
  return `55118${String(5_000_000 + person)}`;
}

function personOf(number: number): WebhookPerson {
  const name = `${firstNames[number % firstNames.length]} ${lastNames[number % lastNames.length]}`;
  return { waId: waIdOf(number), userId: `BR.${8_812_345_000_000_000 + number * 97}`, name };
}

/** As long as Meta's, and like them with the person's number inside. */
function messageId(waId: string, index: number): string {
  const record = `\x1c\x18\x0c${waId}\x15\x02\x00\x12\x18\x14${index.toString(16).padStart(20, 'A')}\x00`;
  return `wamid.${Buffer.from(record, 'latin1').toString('base64')}`;
}
