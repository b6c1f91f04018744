// Environments that answer what they should not: the checker tells and does not throw, training refuses in one sentence.
import { train } from '@rl-recsys/agent';
import { box, checkEnvironment, discrete, recommendationSpace } from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import fc from 'fast-check';
import { anything } from '../mutation.mjs';
import { orRefusal } from '../ours.mjs';

const recommending = recommendationSpace({ userCount: 2, itemCount: 4, historySize: 2 });
const spaces = { line: box({ low: -1, high: 1, length: 1 }), choice: discrete(3), recommending };
const members = {
  line: () => Float32Array.of(0.5),
  choice: () => 1,
  recommending: () => ({
    ...{ user: 1, history: Int32Array.of(-1, 2), rewards: Float32Array.of(0, 1) },
    candidates: Int32Array.of(0, 1, 3),
  }),
};

/** What comes in the place of an observation, of a part of it, or of an answer. */
const wrong = fc.oneof(anything, fc.float32Array({ maxLength: 2 }), fc.int32Array({ maxLength: 4 }));
const fault = fc.record({
  at: fc.constantFrom(
    'observation',
    'reward',
    'terminated',
    'truncated',
    'info',
    'part',
    'answer',
    'throw',
    'reject',
  ),
  from: fc.nat({ max: 6 }),
  part: fc.constantFrom('user', 'history', 'rewards', 'candidates'),
  value: wrong,
});

/** An environment that goes wrong after so many answers. */
function environmentOf(kind, { at, from, part, value }) {
  let answers = 0;
  const answer = (sound) => {
    if (answers++ < from) return sound;
    if (at === 'throw') throw value;
    if (at === 'reject') return Promise.reject(value);
    if (at === 'answer') return value;
    if (at === 'part') return { ...sound, observation: { ...sound.observation, [part]: value } };
    return { ...sound, [at]: value };
  };
  return {
    observationSpace: spaces[kind],
    actionSpace: kind === 'line' ? spaces.line : discrete(kind === 'choice' ? 3 : 4),
    reset: () => answer({ observation: members[kind](), info: {} }),
    step: () =>
      answer({
        observation: members[kind](),
        reward: 1,
        terminated: answers % 5 === 0,
        truncated: false,
        info: {},
      }),
  };
}

/** Acts by chance, within what it is shown. */
function agentOf({ actionSpace }) {
  const random = Random.fromSeed(1);
  const choose = ({ candidates }) =>
    candidates?.[random.integer(candidates.length)] ?? actionSpace.sample(random);
  return { act: (seen) => seen.map(choose), explore: (seen) => seen.map(choose), observe: () => [] };
}

const kinds = fc.constantFrom(...Object.keys(spaces));

export const properties = {
  checker: fc.asyncProperty(kinds, fault, async (kind, given) => {
    const findings = await checkEnvironment(() => environmentOf(kind, given), { steps: 4, timeout: 200 });
    for (const { rule, seen, change } of findings) {
      if (![rule, seen, change].every((text) => typeof text === 'string' && text !== ''))
        throw new Error('an empty finding');
    }
  }),
  training: fc.asyncProperty(kinds, fault, async (kind, given) => {
    const environment = environmentOf(kind, given);
    const run = () => train({ agent: agentOf(environment), environment, steps: 12, timeout: 200 });
    // What an environment throws is its own.
    if (given.at === 'throw' || given.at === 'reject') return void (await run().catch(() => undefined));
    // Later observations are their readers' to check, of which this agent is one.
    if (given.at === 'observation' || given.at === 'part') return void (await run().catch(() => undefined));
    await orRefusal(run);
  }),
};
