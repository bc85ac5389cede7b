import { describe, expect, it } from 'vitest';
import { holderOf, locate } from './element-path.ts';

const value = {
  'a.0': 'f',
  calls: { id: 'g' },
  messages: ['a', 'b'],
  standby: { statuses: ['c'] },
  value: ['d'],
  errors: 'e',
};
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
    ['1.1.a.0', 'f'],
    ['1.1.calls', value.calls],
    ['1.1.calls.id', 'g'],
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

  it.each([undefined, null, 'text', 7, [], {}, { entry: 7 }])('finds nothing in %j', (other) => {
    expect(locate(other, '0.0.messages.0')).toEqual({ element: undefined, value: null });
  });

  it('takes one entry and one change for lists of one', () => {
    expect(locate({ entry: { changes: change } }, '0.0.messages.1')).toMatchObject({ element: 'b', change });
    expect(locate({ entry: { changes: change } }, '1.0.messages.1').element).toBeUndefined();
  });

  it.each([
    ['', null],
    ['1', null],
    ['1.1', null],
    ['1.1.value', null],
    ['1.1.value.0', 'value'],
    ['1.1.messages.1', 'messages'],
    ['1.1.messages', 'messages'],
    ['1.1.standby.statuses.0', 'statuses'],
    ['1.1.standby.statuses', 'statuses'],
  ])('knows in what an element stands: %j', (path, holder) => {
    expect(holderOf(path)).toBe(holder);
  });

  it('gives the change value around an element', () => {
    expect(locate(body, '1.1.standby.statuses.0').value).toBe(value);
    expect(locate(body, '1.1.value').value).toBe(value);
    expect(locate(body, '1.1').value).toBeNull();
  });
});
