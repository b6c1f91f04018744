import { checkAgent, train, type EpisodeSummary } from '@rl-recsys/agent';
import { timeLimit } from '@rl-recsys/environment';
import { copySaved, Random, type SavedState } from '@rl-recsys/random';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import { DrrAgent, ResidualAgent } from '../src/index.js';
import { toySessions } from './session-learning/toy-sessions.js';
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

  test('is restored from a state of its own kind alone', () => {
    expect(() => make().restore({ rounds: 1 })).toThrow('state: expected the state of such an agent');
  });
});
