/**
 * The words by which people stop and start marketing messages, in Portuguese, English and Spanish. Only a message
 * that is nothing else counts: "I want to stop by tomorrow" is no refusal.
 */
const stopWords: ReadonlySet<string> = new Set([
  'stop',
  'stop promotions',
  'unsubscribe',
  'sair',
  'parar',
  'pare',
  'cancelar',
  'descadastrar',
  'remover',
  'baja',
  'salir',
  'detener',
]);
const startWords: ReadonlySet<string> = new Set([
  'start',
  'subscribe',
  'voltar',
  'comecar',
  'alta',
  'volver',
]);

/** Longer than any of the words with what people put around them. */
const LONGEST = 40;

/** Whether people can be told to write this in order to stop: it is short, and no word that means to start again. */
export function mayBeOptOutWord(text: string): boolean {
  const plain = plainWords(text);
  return text.length <= LONGEST && plain !== '' && !startWords.has(plain);
}

/**
 * What a message says about marketing messages: `stop`, `start`, or null when it speaks of something else. Accents,
 * case, and the signs and emoji around a word make no difference.
 *
 * @param more what stops them beside the usual words
 */
export function optOutWord(text: string, more: readonly string[] = []): 'stop' | 'start' | null {
  if (text.length > LONGEST) return null;
  const plain = plainWords(text);
  if (startWords.has(plain)) return 'start';
  return stopWords.has(plain) || more.some((word) => plainWords(word) === plain) ? 'stop' : null;
}

/** Of the words that stop, those that mean nothing else: a button that says “Cancelar” may cancel an appointment. */
const plainStops: ReadonlySet<string> = new Set(['stop', 'stop promotions', 'unsubscribe', 'descadastrar']);

/**
 * Whether the quick reply of a template stops marketing messages by what stands on it.
 *
 * @param more what stops them beside the usual words
 */
export function isOptOutButton(text: string, more: readonly string[]): boolean {
  const plain = plainWords(text);
  return plainStops.has(plain) || more.some((word) => plainWords(word) === plain);
}

function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
