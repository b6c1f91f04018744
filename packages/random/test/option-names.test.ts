import { expect, test } from '@jest/globals';
import { assertOptionNames, namesWithout, optionsNamed, type OptionNames } from '../src/index.js';

interface Options {
  readonly alpha: number;
  readonly beta?: number;
}

const names: OptionNames<Options> = { beta: true, alpha: true };

test('options of these names pass, whatever they are', () => {
  for (const given of [{}, { alpha: 1 }, { beta: undefined, alpha: NaN }]) {
    expect(() => assertOptionNames(given, names)).not.toThrow();
  }
});

test.each(['bata', 'toString', '__proto__x'])('%s is named, beside those that there are', (name) => {
  expect(() => assertOptionNames({ alpha: 1, [name]: 1 }, names)).toThrow(
    new RangeError(`${name}: expected one of the options alpha, beta, got an unknown name`),
  );
});

test.each([null, undefined, 5, 'alpha'])('%p is no object of options', (given) => {
  expect(() => assertOptionNames(given, names)).toThrow(
    new TypeError(`options: expected an object, got ${String(given)}`),
  );
});

test('a name that is not true is none', () => {
  const fewer = { beta: false, alpha: true } as unknown as typeof names;
  expect(() => assertOptionNames({ alpha: 1 }, fewer)).not.toThrow();
  expect(() => assertOptionNames({ beta: 1 }, fewer)).toThrow(
    new RangeError('beta: expected one of the options alpha, got an unknown name'),
  );
  expect(optionsNamed({ alpha: 1, beta: 2 }, fewer)).toEqual({ alpha: 1 });
});

test('some of many options are picked, and names left out', () => {
  expect(optionsNamed({ alpha: 1, other: 2 } as Options, names)).toEqual({ alpha: 1 });
  expect(namesWithout(names, 'beta')).toEqual({ alpha: true });
});
