import { expect, test } from '@jest/globals';
import { metricsCsv } from '../src/index.js';
import { lineAt } from './lines.js';

test('has a column for each number that any line has, and nothing where a line lacks it', () => {
  const lines = [lineAt(10), lineAt(20, { figures: { 'gate/a, "b"': -2 }, episodeReturn: 4 })];
  expect(metricsCsv(lines)).toBe(
    'step,episodes,seconds,reward,episodeReturn,episodeLength,criticLoss,stepsPerSecond,"gate/a, ""b"""\n' +
      '10,1,0.1,0.5,,,1.5,100,\n' +
      '20,2,0.2,0.5,4,,,100,-2\n',
  );
});

test('of no lines is a heading alone', () => {
  expect(metricsCsv([])).toBe('step,episodes,seconds\n');
});
