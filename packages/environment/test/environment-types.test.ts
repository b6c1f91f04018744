import { expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  box,
  dict,
  discrete,
  multiBinary,
  multiDiscrete,
  tuple,
  type Environment,
  type Infer,
  type StepResult,
} from '../src/index.js';

const observationSpace = dict({ mood: box({ low: 0, high: 1, length: 1 }), flags: multiBinary(2) });
const actionSpace = tuple([discrete(2), multiDiscrete([3, 3])]);
type Observation = Infer<typeof observationSpace>;
type Action = Infer<typeof actionSpace>;

const observation: Observation = { mood: Float32Array.of(0.5), flags: Int8Array.of(0, 1) };
const rest = { reward: 0, terminated: false, truncated: false, info: {} };
const right: Environment<Observation, Action> = {
  observationSpace,
  actionSpace,
  reset: () => ({ observation, info: {} }),
  step: ([first, slate]) => ({ ...rest, observation, reward: first + slate[0]! }),
};

// What doesn't compile is never called: the compiler is the test.
export const wrong: Environment<Observation, Action>[] = [
  // @ts-expect-error: reset gives another observation
  { ...right, reset: () => ({ observation: Float32Array.of(0.5), info: {} }) },
  // @ts-expect-error: an entry of the observation is of another type
  { ...right, step: () => ({ ...rest, observation: { ...observation, flags: Float32Array.of(0, 1) } }) },
  // @ts-expect-error: an entry of the observation is missing
  { ...right, step: () => ({ ...rest, observation: { mood: observation.mood } }) },
  // @ts-expect-error: a later observation is of another type
  { ...right, step: async () => Promise.resolve({ ...rest, observation: 1 }) },
  // @ts-expect-error: step takes another action
  { ...right, step: (action: string) => ({ ...rest, observation, info: { action } }) },
  // @ts-expect-error: the observation space has other values
  { ...right, observationSpace: discrete(3) },
  // @ts-expect-error: the action space has other values
  { ...right, actionSpace: multiDiscrete([3]) },
  // @ts-expect-error: terminated is missing
  { ...right, step: () => ({ observation, reward: 0, truncated: false, info: {} }) },
];

test('an action of the space is an action of the environment, another one does not compile', async () => {
  const action = right.actionSpace.sample(Random.fromSeed(1));
  const { reward }: StepResult<Observation> = await right.step(action);
  expect(reward).toBe(action[0] + action[1][0]!);
  // @ts-expect-error: the action is a pair
  expect(() => right.step(1)).toThrow(TypeError);
  // @ts-expect-error: the slate is an Int32Array
  expect((await right.step([0, Float32Array.of(1, 1)])).reward).toBe(1);
});
