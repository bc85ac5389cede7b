import { describe, expect, it } from 'vitest';
import { isOptOutButton, mayBeOptOutWord, optOutWord } from './opt-out-words.ts';

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

  it('counts further words as the usual ones', () => {
    const more = ['Não quero mais', 'xega'];
    expect(optOutWord('nao quero mais!', more)).toBe('stop');
    expect(optOutWord('não quero mais nada', more)).toBeNull();
    expect(optOutWord('Sair', more)).toBe('stop');
    expect(optOutWord('start', more)).toBe('start');
  });
});

describe('isOptOutButton', () => {
  it.each([
    ['Unsubscribe', true],
    ['Stop promotions', true],
    ['Fora da lista', true],
    ['Cancelar', false],
    ['Start', false],
  ])('%s: %s', (text, isOne) => {
    expect(isOptOutButton(text, ['fora da lista'])).toBe(isOne);
  });
});

describe('mayBeOptOutWord', () => {
  it.each([
    ['Não quero mais', true],
    ['', false],
    ['👎', false],
    ['Começar', false],
    ['x'.repeat(41), false],
  ])('%s: %s', (text, may) => {
    expect(mayBeOptOutWord(text)).toBe(may);
  });
});
