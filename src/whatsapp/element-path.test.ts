import { describe, expect, it } from 'vitest';
import { locate } from './element-path.ts';

const value = { messages: ['a', 'b'], standby: { statuses: ['c'] }, value: ['d'], errors: 'e' };
const change = { field: 'messages', value };
const body = { entry: ['x', { id: '1', changes: ['y', change] }] };

describe('locate', () => {
  it.each([
    ['', body],
    ['0', 'x'],
    ['1', body.entry[1]],
    ['1.0', 'y'],
    ['1.1', change],
    ['1.1.value', value],
    ['1.1.messages.1', 'b'],
    ['1.1.messages', value.messages],
    ['1.1.standby.statuses.0', 'c'],
    ['1.1.value.0', 'd'],
    ['1.1.errors', 'e'],
  ])('finds %j', (path, element) => {
    expect(locate(body, path).element).toBe(element);
  });

  it.each([
    '2',
    '0.0',
    '0.0.value',
    '1.0.messages.0',
    '1.1.messages.2',
    '1.1.messages.-1',
    '1.1.messages.length',
    '1.1.messages.0.length',
    '1.1.constructor',
    '1.1.__proto__.toString',
    '1.1.standby.none.0',
    'entry',
    '.',
    '1.',
    '1..',
    '1e0',
  ])('finds nothing at %j', (path) => {
    expect(locate(body, path).element).toBeUndefined();
  });

  it.each([undefined, null, 'text', 7, [], {}, { entry: {} }])('finds nothing in %j', (other) => {
    expect(locate(other, '0.0.messages.0')).toEqual({ element: undefined, value: null });
  });

  it('gives the change value around an element', () => {
    expect(locate(body, '1.1.standby.statuses.0').value).toBe(value);
    expect(locate(body, '1.1.value').value).toBe(value);
    expect(locate(body, '1.1').value).toBeNull();
  });
});
