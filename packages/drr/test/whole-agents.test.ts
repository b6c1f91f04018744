import { checkAgent, train, type EpisodeSummary } from '@rl-recsys/agent';
import { timeLimit } from '@rl-recsys/environment';
import { copySaved, Random, type SavedState } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import { DrrAgent, ResidualAgent } from '../src/index.js';
import { toySessions } from './session-learning/toy-sessions.js';
import { trainedInParts } from './in-parts.js';
import { randomTable } from './random-table.js';
import './on-wasm.js';

const random = Random.fromSeed('tables');
const tables = { users: randomTable(3, 3, random), items: randomTable(6, 3, random) };
const blocks = [
  { name: 'taste', start: 0, size: 2 },
  { name: 'fame', start: 2, size: 1 },
];
const sizes = { historySize: 3, hiddenSize: 4, batchSize: 4, rounds: 40 };

const makeEnvironment = () =>
  timeLimit(
    toySessions((item) => (item % 2 ? 1 : -1)),
    5,
  );

const makeDrr = (seed = 1) =>
  new DrrAgent({ ...tables, ...sizes, returnSteps: 2, random: Random.fromSeed(seed) });

/** Three critics' updates for one of the actor, whose turn comes after a hundred. */
const makeResidual = (seed = 1) =>
  new ResidualAgent({
    ...{ ...tables, ...sizes, blocks, candidateCount: 4, returnSteps: 2, updates: 3, sessions: 1 },
    ...{ trainableItems: true, prioritized: {}, random: Random.fromSeed(seed) },
  });

describe.each([
  ['DrrAgent', makeDrr, 12],
  ['ResidualAgent', makeResidual, 43],
] as const)('%s', (_, make, trainedFor) => {
  // Trained once, for long enough that its actor learns: where all tests begin.
  let known: SavedState | undefined;
  const trained = async (seed?: number) => {
    const agent = make(seed);
    if (known === undefined) {
      const teacher = make();
      await train({ agent: teacher, environment: makeEnvironment(), steps: trainedFor, seed: 3 });
      known = teacher.state();
      teacher.dispose();
    }
    agent.restore(copySaved(known));
    return agent;
  };
  const goOn = async (agent: DrrAgent | ResidualAgent, steps: number) => {
    const episodes: EpisodeSummary[] = [];
    const figures: unknown[] = [];
    await train({
      ...{ agent, environment: makeEnvironment(), steps, seed: 4 },
      onEpisode: (episode) => void episodes.push(episode),
      onMetrics: (line) => void figures.push(line.figures),
    });
    return { episodes, figures };
  };

  test('that was restored goes on as one that was never stopped, bit for bit', async () => {
    const [agent, other] = [await trained(), await trained(2)];
    expect(other.state()).toEqual(agent.state());
    const [expected, came] = [await goOn(agent, 11), await goOn(other, 11)];
    expect(came).toEqual(expected);
    expect(String(JSON.stringify(expected.figures))).toMatch(/"actorLoss":-?\d/);
    expect(other.state()).toEqual(agent.state());
    const { observation } = await makeEnvironment().reset({ seed: 0 });
    expect(other.policy().act(observation)).toEqual(agent.policy().act(observation));
    expect(agent.state()).not.toEqual(known);
  });

  test('stopped in warm-up, anywhere in an episode, and directly after a resume, and made anew, it is trained as at once, to the bit', async () => {
    const inParts = () => ({ agent: make(), environment: makeEnvironment() });
    const atOnce = await trainedInParts(inParts, [], 55);
    const stops = [3, 44, 45, 45, 46, 48, 49]; // an episode has five steps
    expect(await trainedInParts(inParts, stops, 55)).toEqual(atOnce);
  });

  test('can be trained, evaluated, stopped and gone on with, as far as checkAgent sees', async () => {
    const state = (await trained()).state();
    const findings = await checkAgent({
      make() {
        const agent = make();
        agent.restore(state);
        return agent;
      },
      ...{ makeEnvironment, rounds: 12 },
    });
    expect(findings).toEqual([]);
  });

  test('leaves no tensor behind in training, and disposing frees its own, once', async () => {
    const before = tf.memory().numTensors;
    const agent = await trained();
    await goOn(agent, 2);
    const { numTensors, numDataBuffers } = tf.memory();
    await goOn(agent, 6);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    const other = make();
    const both = tf.memory().numTensors;
    agent.dispose();
    const alone = tf.memory();
    expect(both - alone.numTensors).toBe(numTensors - before);
    agent.dispose();
    expect(tf.memory()).toMatchObject({
      numTensors: alone.numTensors,
      numDataBuffers: alone.numDataBuffers,
    });
    await goOn(other, 3); // nothing of its was freed
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is restored from a state of its own kind alone, and else left as it was', async () => {
    const agent = await trained();
    expect(() => agent.restore({ rounds: 1 })).toThrow('state: expected the state of such an agent');
    const state = agent.state() as Record<string, Record<string, SavedState>>;
    for (const name of Object.keys(state['actor']!)) {
      const others = [null, [null, 5], name === 'rounds' ? -1 : [[0.5]], { rows: [1] }] as const;
      for (const wrong of others) {
        const actor = { ...state['actor'], [name]: wrong };
        expect(() => agent.restore({ ...state, actor })).toThrow(/^(state|step|rounds|seed)[^ ]*: expected/);
        expect(agent.state()).toEqual(state);
      }
    }
  });
});

test.each<[string, object]>([
  ['rounds: expected a positive integer, got 0', { rounds: 0 }],
  ['rounds: expected a positive integer, got 1.5', { rounds: 1.5 }],
  ['batchSize: expected a positive integer, got NaN', { batchSize: NaN }],
  ['capacity: expected a positive integer, got null', { capacity: null }],
  ['gamma: expected a number from 0 to 1, got -1', { gamma: -1 }],
  ['epsilon: expected a number from 0 to 1, got NaN', { epsilon: NaN }],
  ['beta: expected a number from 0 to 1, got 2', { prioritized: { beta: 2 } }],
  ['rewardClip: expected a positive finite number, got -1', { rewardClip: -1 }],
])('%s, by both, which hold no tensor then', (message, options) => {
  const before = tf.memory().numTensors;
  const given = { ...tables, ...sizes, random: Random.fromSeed(1), ...options };
  expect(() => new DrrAgent(given)).toThrow(message);
  expect(() => new ResidualAgent({ ...given, blocks })).toThrow(message);
  expect(tf.memory().numTensors).toBe(before);
});

test.each([0, 3, 1.5])('a DrrAgent of %d critics is refused', (criticCount) => {
  const given = { ...tables, ...sizes, random: Random.fromSeed(1), criticCount: criticCount as 1 };
  expect(() => new DrrAgent(given)).toThrow(`criticCount: expected 1 or 2, got ${criticCount}`);
});

test('learners refuse what is asked after they were disposed', () => {
  for (const agent of [makeDrr(), makeResidual()]) {
    const { learner } = agent;
    agent.dispose();
    learner.dispose();
    const batch = agent.replay.createBatch(2);
    expect(() => learner.learn(batch as never)).toThrow(
      /^learn: expected an? .* in use, got one that was disposed$/,
    );
    expect(() => learner.savedPolicy()).toThrow(/^savedPolicy: expected .* that was disposed$/);
    expect(() => learner.state()).toThrow(/^state: expected .* that was disposed$/);
  }
});

test('a state that is refused leaves a learner as it was, whichever part is wrong', () => {
  const agent = makeResidual();
  const state = agent.learner.state() as Record<string, SavedState>;
  const other = makeResidual(2).learner.state() as Record<string, SavedState>;
  for (const part of ['variables', 'actorOptimizer', 'criticOptimizer', 'masks']) {
    expect(() => agent.learner.restore({ ...other, [part]: null })).toThrow('expected');
    expect(agent.learner.state()).toEqual(state);
  }
});
