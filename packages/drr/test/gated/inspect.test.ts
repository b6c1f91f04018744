import { train, type SessionRecord, type TrainingMetrics } from '@rl-recsys/agent';
import { Random } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from '@jest/globals';
import { GatedLearner } from '../../src/gated/learner.js';
import '../on-wasm.js';
import { toyGated } from './toy.js';

test('lines tell of values, gates by the names of their blocks, entropy and residual', async () => {
  const { agent, environment, steps } = toyGated({ prioritized: {} });
  const lines: TrainingMetrics[] = [];
  await train({ agent, environment, steps, seed: 1, onMetrics: (line) => void lines.push(line) });
  const { figures, histograms } = lines.at(-1)!;
  const { mixes } = agent.savedPolicy();
  // Before its head start is over the actor has learned nothing: its gates are the static mix.
  expect(figures['gate/likes']).toBeCloseTo(mixes.catalogue[0]!, 5);
  expect(figures['gate/popularity']).toBeCloseTo(mixes.catalogue[1]!, 5);
  expect(figures['residualSize']).toBe(0);
  expect(figures['candidateEntropy']).toBeGreaterThan(0);
  expect(figures['candidateEntropy']).toBeLessThanOrEqual(Math.log(6) + 1e-6);
  expect(figures['maxQ']).toBeGreaterThanOrEqual(figures['meanQ']!);
  const count = (name: string) => histograms[name]!.counts.reduce((sum, each) => sum + each, 0);
  expect(count('tdErrors')).toBe(4); // a batch
  expect(count('priorities')).toBe(agent.replay.size);
  agent.dispose();
});

test('a session is told with parts that add up to the score of the learning actor', async () => {
  const { agent, environment, steps } = toyGated({ steps: 64 * 12 });
  const sessions: SessionRecord[] = [];
  await train({ agent, environment, steps, seed: 1, onSession: (session) => void sessions.push(session) });
  const tensors = tf.memory().numTensors;
  expect(sessions.length).toBeGreaterThan(0);
  for (const { parts } of sessions[0]!.shown)
    expect(Object.keys(parts!)).toEqual(['likes', 'popularity', 'learned']);

  const { pools, learner } = agent;
  const row = pools.foundFrom[0]!;
  const kind = Int32Array.of(0);
  const view = { user: [0], kind, history: new Int32Array(3).fill(-1), rewards: new Float32Array(3) };
  const [parts] = learner.explain(view, Int32Array.of(row));
  const [likes, fame] = agent.savedPolicy().mixes.catalogue;
  expect(parts!['likes']).toBeCloseTo(likes! * pools.scores[2 * row]!, 5);
  expect(parts!['popularity']).toBeCloseTo(fame! * pools.scores[2 * row + 1]!, 5);
  expect(tf.memory().numTensors).toBe(tensors);
  agent.dispose();
});

test('blocks without names are numbered from 1', () => {
  const { agent } = toyGated();
  const { mixes, pools, users, items } = agent['given'];
  const sizes = { historySize: 3, candidateCount: 6, hiddenSize: 4 };
  const learner = new GatedLearner({ mixes, pools, users, items, ...sizes, random: Random.fromSeed(1) });
  const view = { user: [0], history: new Int32Array(3).fill(-1), rewards: new Float32Array(3) };
  const [parts] = learner.explain({ ...view, kind: Int32Array.of(0) }, Int32Array.of(0));
  expect(Object.keys(parts!)).toEqual(['block 1', 'block 2', 'learned']);
  for (const each of [agent, learner]) each.dispose();
});
