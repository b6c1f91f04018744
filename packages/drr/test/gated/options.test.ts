import { expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs-core';
import type { GatedFromBlocksOptions } from '../../src/index.js';
import { toyGated } from './toy.js';

test.each<[Partial<GatedFromBlocksOptions>, string]>([
  [{ hiddenSize: 0 }, 'hiddenSize: expected a positive integer, got 0'],
  [{ candidateCount: 1.5 }, 'candidateCount: expected a positive integer, got 1.5'],
  [{ dropout: 1 }, 'dropout: expected a share from 0 to below 1, got 1'],
  [{ gateRange: -1 }, 'gateRange: expected a finite number from 0, got -1'],
  [{ residualRange: Infinity }, 'residualRange: expected a finite number from 0, got Infinity'],
  [{ temperature: 0 }, 'temperature: expected a positive finite number, got 0'],
  [{ criticLearningRate: NaN }, 'criticLearningRate: expected a positive finite number, got NaN'],
  [{ tau: 2 }, 'tau: expected above 0 and at most 1, got 2'],
])('refuses %j, and holds no tensor then', (options, message) => {
  const { numTensors } = tf.memory();
  expect(() => toyGated(options)).toThrow(message);
  expect(tf.memory().numTensors).toBe(numTensors);
});
