import { describe, expect, it } from 'vitest';
import { optOutWord } from './opt-out-words.ts';

describe('optOutWord', () => {
  it.each<[string, ReturnType<typeof optOutWord>]>([
    ['STOP', 'stop'],
    ['stop.', 'stop'],
    [' Sair!! ', 'stop'],
    ['“PARAR”', 'stop'],
    ['Cancelar 🙏', 'stop'],
    ['CANCELÁR', 'stop'],
    ['Stop promotions', 'stop'],
    ['START', 'start'],
    ['Começar', 'start'],
    ['', null],
    ['I want to stop by tomorrow', null],
    ['quero cancelar o pedido', null],
    ['sair mais cedo', null],
    ['stopstop', null],
    [`stop${' '.repeat(60)}`, null],
  ])('%s', (text, word) => {
    expect(optOutWord(text)).toBe(word);
  });
});
