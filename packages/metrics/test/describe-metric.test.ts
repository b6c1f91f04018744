import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { describeMetric, metricNames } from '../src/index.js';

test('every metric has a title, a formula and plain words', () => {
  for (const name of [...metricNames, 'gate/likes']) {
    const { title, formula, about } = describeMetric(name);
    expect(title).not.toBe(name);
    expect(formula).not.toBe('as the agent tells it');
    expect(about).toMatch(/\.$/);
  }
  expect(describeMetric('gate/likes').title).toBe('Gate of likes');
});

test('a figure that only somebody’s own agent tells is shown by its name, whatever it is called', () => {
  expect(describeMetric('best')).toMatchObject({ title: 'best', formula: 'as the agent tells it' });
  expect(describeMetric('toString').title).toBe('toString');
});

test('the README has the formula of each', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll('\\|', '|');
  for (const name of metricNames) {
    expect(readme).toContain(`\`${name}\``);
    expect(readme).toContain(describeMetric(name).formula);
  }
});
