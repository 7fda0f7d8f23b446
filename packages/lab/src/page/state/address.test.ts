import { beforeEach, expect, test } from 'vitest';
import { addressOf, applyAddress, problems, section } from './address.js';
import { f, quiet, range, std, x } from './state.js';

beforeEach(() => applyAddress(''));

test('the address holds what is not at its initial value, readable', () => {
  expect(addressOf()).toBe('#');
  f.value = ['gelu', 'silu:beta=1.5'];
  range.value = [-8, 3];
  expect(addressOf('compare')).toBe('#compare&f=gelu,silu:beta=1.5&range=-8..3');
});

test('what it says is taken, all else is reset', () => {
  std.value = 0.5;
  applyAddress('#gate&x=1.25&quiet=yes');
  expect([section.value, x.value, quiet.value, std.value]).toEqual(['gate', 1.25, true, 1]);
  expect(problems.value).toEqual([]);
});

test('activations alone, as older addresses have them', () => {
  applyAddress('#gelu,silu:beta=1.5');
  expect(f.value).toEqual(['gelu', 'silu:beta=1.5']);
  applyAddress('#gelu%2Crelu');
  expect(f.value).toEqual(['gelu', 'relu']);
});

test('what cannot be used is named and stays in the address', () => {
  applyAddress('#gate&x=nine&foo=1&std=1.5&f=gelu,nonsuch');
  expect(problems.value.map(({ part }) => part)).toEqual(['x=nine', 'foo=1', 'f=gelu,nonsuch']);
  expect(problems.value[0].reason).toBe('expected a number from -6 to 6');
  expect(std.value).toBe(1.5);
  expect(addressOf()).toBe('#gate&std=1.5&x=nine&foo=1&f=gelu,nonsuch');
  x.value = 2; // what it names is changed
  expect(addressOf()).toBe('#gate&x=2&std=1.5&foo=1&f=gelu,nonsuch');
});

test.each(['x=', 'x=1e99', 'tosses=1.5', 'range=3..-3', 'range=1..2..3', 'diff=relative', '%E0%A4%A', '='])(
  '%s is a problem, not an error',
  (part) => {
    applyAddress(`#${part}`);
    expect(problems.value).toHaveLength(1);
  },
);
