import { checkAgent, train, type ReplayAgent, type SplitAgent } from '@rl-recsys/agent';
import { spacesOf, timeLimit, type Environment } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import type { Fields } from '@rl-recsys/replay-buffer';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from '@jest/globals';
import { DdpgAgent, DqnAgent, SacAgent, td3, WolpertingerAgent } from '../src/index.js';
import { trainedInParts } from './in-parts.js';
import { chain, oneStep } from './probes.js';
import { delayedReward, policyReward } from './discrete-probes.js';
import './on-wasm.js';

const small = { hiddenSize: 8, batchSize: 16, warmup: 10 };
const more = { ...small, returnSteps: 3, prioritized: { beta: 0.5 } };
const random = (seed: number) => Random.fromSeed(seed);
const vectors = { vectors: Float32Array.of(-1, 1), vectorSize: 1, neighbors: 2 };

/** An agent, environments for it whose episodes draw, and one of three or two steps that is always the same. */
interface Case {
  readonly make: (environment: Environment<Float32Array, never>, seed: number) => Trainable;
  readonly draws: () => Environment<Float32Array, never>;
  readonly same: () => Environment<Float32Array, never>;
}
type Trainable = Pick<
  ReplayAgent<Float32Array, never, never>,
  'act' | 'explore' | 'observe' | 'state' | 'restore' | 'dispose'
>;

const boxes = {
  draws: () => oneStep(random(5), (x, action) => -((x - action) ** 2)),
  same: () => chain(3),
} as unknown as Pick<Case, 'draws' | 'same'>;
const choices = { draws: () => policyReward(random(5)), same: delayedReward } as unknown as Pick<
  Case,
  'draws' | 'same'
>;

/** Types of actions differ from row to row, which a table cannot say. */
const asCase = (make: (environment: never, seed: number) => unknown) => make as unknown as Case['make'];
type Boxes = Environment<Float32Array, Float32Array>;
type Choices = Environment<Float32Array, number>;

export const agents: Record<string, Case> = {
  DDPG: {
    ...boxes,
    make: asCase((of: Boxes, seed) => new DdpgAgent({ ...spacesOf(of), ...small, random: random(seed) })),
  },
  TD3: {
    ...boxes,
    make: asCase(
      (of: Boxes, seed) =>
        new DdpgAgent({ ...spacesOf(of), ...more, random: random(seed), ...td3(random(seed + 1)) }),
    ),
  },
  Wolpertinger: {
    ...choices,
    make: asCase(
      (of: Choices, seed) =>
        new WolpertingerAgent({
          observationSpace: of.observationSpace,
          ...vectors,
          ...small,
          random: random(seed),
        }),
    ),
  },
  SAC: {
    ...boxes,
    make: asCase((of: Boxes, seed) => new SacAgent({ ...spacesOf(of), ...small, random: random(seed) })),
  },
  'SAC with all of it': {
    ...boxes,
    make: asCase((of: Boxes, seed) => new SacAgent({ ...spacesOf(of), ...more, random: random(seed) })),
  },
  DQN: {
    ...choices,
    // By default it would be drawing nearly all actions for thousands of rounds, whatever it has learned.
    make: asCase(
      (of: Choices, seed) => new DqnAgent({ ...spacesOf(of), ...small, epsilon: 0.1, random: random(seed) }),
    ),
  },
  'DQN with all of it': {
    ...choices,
    make: asCase((of: Choices, seed) => new DqnAgent({ ...spacesOf(of), ...more, random: random(seed) })),
  },
};

type Split = SplitAgent<Float32Array, never, never>;

/** Tests what some of them must do. */
export function testAgents(names: readonly string[]): void {
  test.each(names)('%s learns to the bit as in one piece where it is cut in two', async (name) => {
    const { make, draws } = agents[name]!;
    const [whole, acting, learning] = [1, 1, 1].map((seed) => make(draws(), seed) as unknown as Split);
    await train({ agent: whole!, environment: draws(), steps: 60 });
    let round = 0;
    const cut = {
      act: (observations: readonly Float32Array[]) => acting!.act(observations),
      explore(observations: readonly Float32Array[], sessions: readonly number[]) {
        acting!.atRound(round++);
        return acting!.explore(observations, sessions);
      },
      async observe(steps: Parameters<Split['collect']>[0]) {
        learning!.store(await Promise.resolve(acting!.collect(steps)));
        for (let update = 0; learning!.canLearn && update < learning!.pace.updates; update++)
          learning!.update();
        acting!.takeWeights(learning!.weights());
        return [];
      },
    };
    await train({ agent: cut, environment: draws(), steps: 60 });
    const [one, actor, learner] = [whole!, acting!, learning!].map(
      (agent) => agent.state() as Record<string, unknown>,
    );
    expect(learner!['learner']).toEqual(one!['learner']);
    expect(learner!['replay']).toEqual(one!['replay']);
    expect(actor!['actor']).toEqual(one!['actor']);
    expect(learner!['updates']).toBeGreaterThan(20);
  });

  test.each(names)('%s refuses what it could not learn from, and names it', (name) => {
    const { make, draws } = agents[name]!;
    const agent = make(draws(), 1) as unknown as SplitAgent<Float32Array, never, never>;
    const fields = agent.fields as Fields;
    const good = Object.fromEntries(
      Object.entries(fields).map(([field, { size }]) => [field, size === 1 ? 0 : new Float32Array(size)]),
    );
    const assertion = (changed: object) => () => agent.assertTransitions([{ ...good, ...changed }] as never);
    expect(assertion({})).not.toThrow();
    expect(assertion({ discount: 1.5 })).toThrow('discount: expected a number from 0 to 1, got 1.5');
    expect(assertion({ reward: -1e16 })).toThrow(/^reward: expected numbers from -1000000000000000 to/);
    expect(assertion({ observation: [0, 0, 0] })).toThrow(/^observation: expected \d numbers, got 3/);
    if (fields['action']!.dtype === 'int32')
      expect(assertion({ action: 99 })).toThrow(/^action: expected an action from 0 to \d, got 99/);
    (agent as unknown as Trainable).dispose();
  });

  test.each(names)('%s goes on from the round that it is told, but from no impossible one', (name) => {
    const { make, draws } = agents[name]!;
    const agent = make(draws(), 1) as unknown as Split & Trainable;
    agent.atRound(41);
    agent.explore([Float32Array.of(1)], [0]);
    const state = agent.state() as { readonly actor: { readonly rounds: number } };
    expect(state.actor.rounds).toBe(42);
    expect(() => agent.restore({ ...state, actor: { ...state.actor, rounds: -1 } })).toThrow(
      new TypeError('state.rounds: expected an integer from 0, got -1'),
    );
    agent.dispose();
  });

  describe.each(names)('%s', (name) => {
    const agent = agents[name]!;
    const { draws, same } = agent;
    const make = (environment: ReturnType<Case['draws']>, seed: number) => agent.make(environment, seed);

    test('passes the check of agents, in two sessions side by side', async () => {
      const findings = await checkAgent({ make: () => make(draws(), 1), makeEnvironment: draws, rounds: 40 });
      expect(findings).toEqual([]);
    });

    test('trained, saved, restored into a new one and trained on is the same as trained at once', async () => {
      // 30 and 60 steps: at the end of an episode.
      const [atOnce, first, second] = [make(same(), 1), make(same(), 1), make(same(), 2)];
      await train({ agent: atOnce, environment: same(), steps: 60 });
      await train({ agent: first, environment: same(), steps: 30 });
      second.restore(first.state());
      await train({ agent: second, environment: same(), steps: 30 });
      expect(second.state()).toEqual(atOnce.state());
      expect(second.state()).not.toEqual(first.state());
    });

    test.each([
      ['in warm-up', [4]],
      ['at the start, in the middle and at the end of an episode', [15, 16, 17, 18, 19]],
      ['directly after a resume', [30, 30]],
    ])('stopped %s and made anew, it is trained as at once, to the bit', async (_, stops) => {
      const inParts = () => {
        const environment = timeLimit(same(), 2);
        return { environment, agent: make(environment, 1) };
      };
      const atOnce = await trainedInParts(inParts, [], 40);
      expect(await trainedInParts(inParts, stops, 40)).toEqual(atOnce);
    });

    test('leaves no tensor behind', async () => {
      const start = tf.memory().numTensors;
      const [made, environment] = [make(same(), 1), same()];
      const before = tf.memory().numTensors;
      await train({ agent: made, environment, steps: 40 });
      expect(tf.memory().numTensors).toBe(before);
      made.dispose();
      expect(tf.memory().numTensors).toBe(start);
    });
  });
}
