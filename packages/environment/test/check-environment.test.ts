import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import {
  assertEnvironment,
  box,
  checkEnvironment,
  dict,
  discrete,
  multiDiscrete,
  orderEnforcing,
  recommendationSpace,
  rescaleAction,
  timeLimit,
  type Environment,
  type RecommendationObservation,
  type ResetOptions,
} from '../src/index.js';
import {
  goodWalk,
  later,
  walkState,
  walkWith,
  walkWithReset,
  walkWithStep,
  type Walk,
} from './broken-environments.js';

const rulesOf = async (make: () => unknown) =>
  (await checkEnvironment(make as () => Walk)).map(({ severity, rule }) => `${severity} ${rule}`);

describe('a good environment has no findings', () => {
  let calls = 0;
  test.each<[string, () => unknown]>([
    ['as it is', () => goodWalk()],
    ['that answers later', () => later(goodWalk())],
    ['that is made later', async () => Promise.resolve(goodWalk())],
    ['without close', walkWith(() => ({ close: undefined }))],
    ['cut off by timeLimit', () => timeLimit(goodWalk(), 4)],
    ['cut off at its own end', () => timeLimit(goodWalk(), 6)],
    ['whose close answers later', walkWith(() => ({ close: async () => Promise.resolve() }))],
    ['whose info is new each time', walkWithStep((answer) => ({ ...answer, info: { call: calls++ } }))],
    ['of a class', () => new Coin()],
  ])('%s', async (_, make) => {
    expect(await checkEnvironment(make as () => Walk)).toEqual([]);
  });
});

/** Methods on the prototype, getters on the answers, and a discrete space. */
class Coin implements Environment<number, number> {
  readonly observationSpace = discrete(2);
  readonly actionSpace = discrete(2, -1);
  private stream = Random.fromSeed('coin');
  private left = 0;

  reset({ seed }: { seed?: number } = {}) {
    if (seed !== undefined) this.stream = Random.fromSeed(seed);
    this.left = 3;
    return { observation: this.stream.integer(2), info: {} };
  }

  step(action: number) {
    if (this.left === 0) throw new Error('step: expected reset first');
    if (!this.actionSpace.contains(action))
      throw new RangeError(`action: expected −1 or 0, got ${String(action)}`);
    this.left -= 1;
    return new CoinStep(this.stream.integer(2), this.left === 0);
  }
}

class CoinStep {
  readonly reward = 1;
  readonly truncated = false;
  readonly info = {};

  constructor(
    readonly observation: number,
    private readonly isLast: boolean,
  ) {
    Object.defineProperty(this, 'isLast', { enumerable: false });
  }

  get terminated() {
    return this.isLast;
  }
}

const throws = () => {
  throw new Error('boom');
};

const brokenOnes: [rule: string, what: string, make: () => unknown, seen: string][] = [
  ['make-succeeds', 'make throws', throws, 'make() threw Error: boom'],
  [
    'make-succeeds',
    'make rejects',
    async () => Promise.reject(new Error('boom')),
    'make() threw Error: boom',
  ],
  ['make-succeeds', 'make gives nothing', () => undefined, 'make() gave undefined'],
  ['make-fresh', 'make gives the same again', same(goodWalk()), 'make() gave the same object twice'],
  ['has-methods', 'no step', walkWith(() => ({ step: undefined })), 'step was undefined'],
  ['has-methods', 'reset is no function', walkWith(() => ({ reset: {} })), 'reset was {}'],
  ['has-methods', 'close is no function', walkWith(() => ({ close: true })), 'close was true'],
  [
    'has-spaces',
    'no action space',
    walkWith(() => ({ actionSpace: undefined })),
    'actionSpace was undefined',
  ],
  [
    'has-spaces',
    'an action space without sample',
    walkWith(() => ({ actionSpace: { contains: () => true } })),
    'actionSpace was { contains }',
  ],
  [
    'has-spaces',
    'no space inside the observation space',
    walkWith(() => ({ observationSpace: { ...dict({ position: discrete(2) }), spaces: { position: 3 } } })),
    'observationSpace.position was 3',
  ],
  [
    'box-bounds',
    'a bound above its partner',
    walkWith((walk) => ({ actionSpace: { ...walk.actionSpace, low: [-1, 2] } })),
    'actionSpace had low[1] = 2 and high[1] = 1',
  ],
  [
    'box-bounds',
    'a bound too few',
    walkWith((walk) => ({ actionSpace: { ...walk.actionSpace, low: [-1] } })),
    'actionSpace had the length 2, low Array(1) [-1] and high Array(2) [1, 1]',
  ],
  [
    'sample-in-space',
    'a sample outside',
    walkWith((walk) => ({ actionSpace: { ...walk.actionSpace, sample: () => Float32Array.of(0, 3) } })),
    'actionSpace: the sample[1] was 3, not between -1 and 1',
  ],
  [
    'sample-in-space',
    'contains throws',
    walkWith((walk) => ({ observationSpace: { ...walk.observationSpace, contains: throws } })),
    'observationSpace: contains or sample threw Error: boom',
  ],
  [
    'sample-from-random',
    'a sample of another stream',
    walkWith(({ actionSpace }) => {
      const own = Random.fromSeed(1);
      return { actionSpace: { ...actionSpace, sample: () => actionSpace.sample(own) } };
    }),
    'actionSpace: two equal streams gave two samples: the sample[0] was ',
  ],
  [
    'reset-succeeds',
    'reset needs a seed',
    walkWith((walk) => ({ reset: ({ seed }: { seed: number }) => walk.reset({ seed }) })),
    "reset() threw TypeError: Cannot destructure property 'seed'",
  ],
  [
    'reset-succeeds',
    'reset rejects',
    walkWith(() => ({ reset: async () => Promise.reject(new Error('boom')) })),
    'reset() threw Error: boom',
  ],
  [
    'reset-result',
    'reset gives no info',
    walkWithReset(({ observation }) => ({ observation })),
    'reset() gave { observation }: without info',
  ],
  [
    'reset-result',
    'reset gives the observation alone',
    walkWithReset(({ observation }) => observation),
    'reset() gave { position, remaining }: without observation, info, with position, remaining',
  ],
  [
    'reset-result',
    'reset gives nothing',
    walkWithReset(() => undefined),
    'reset() gave undefined: without observation, info',
  ],
  [
    'step-result',
    'step gives done as well',
    walkWithStep((answer) => ({ ...answer, done: false })),
    'step 1 gave { observation, reward, terminated, truncated, info, … }: with done',
  ],
  [
    'step-result',
    'step gives no truncated',
    walkWithStep(({ observation, reward, terminated, info }) => ({ observation, reward, terminated, info })),
    'step 1 gave { observation, reward, terminated, info }: without truncated',
  ],
  [
    'info-is-object',
    'info is null at reset',
    walkWithReset((answer) => ({ ...answer, info: null })),
    'reset() gave info = null',
  ],
  [
    'info-is-object',
    'info is an array at step',
    walkWithStep((answer) => ({ ...answer, info: [] })),
    'step 1 gave info = Array(0) []',
  ],
  [
    'reward-is-finite',
    'reward is NaN',
    walkWithStep((answer) => ({ ...answer, reward: NaN })),
    'step 1 gave reward = NaN',
  ],
  [
    'reward-is-finite',
    'reward is a text',
    walkWithStep((answer) => ({ ...answer, reward: '1' })),
    'step 1 gave reward = "1"',
  ],
  [
    'flags-are-booleans',
    'terminated is a number',
    walkWithStep((answer) => ({ ...answer, terminated: Number(answer['terminated']) })),
    'step 1 gave terminated = 0',
  ],
  [
    'flags-are-booleans',
    'truncated is null',
    walkWithStep((answer) => ({ ...answer, truncated: null })),
    'step 1 gave truncated = null',
  ],
  [
    'observation-in-space',
    'an observation out of bounds at reset',
    walkWithReset((answer) => ({
      ...answer,
      observation: { ...answer.observation, position: Float32Array.of(0, 5.5) },
    })),
    'reset(): observation.position[1] was 5.5, not between -5 and 5',
  ],
  [
    'observation-in-space',
    'NaN in an observation',
    walkWithStep((answer) => ({
      ...answer,
      observation: { ...answer.observation, position: Float32Array.of(0, NaN) },
    })),
    'step 1: observation.position[1] was NaN, not between -5 and 5',
  ],
  [
    'observation-in-space',
    'plain numbers for a typed array',
    walkWithStep((answer) => ({ ...answer, observation: { ...answer.observation, position: [0, 1] } })),
    'step 1: observation.position was Array(2) [0, 1], not of the type Float32Array',
  ],
  [
    'action-accepted',
    'an action of the space is refused',
    walkWith((walk) => ({ step: (action: Float32Array) => (action[0]! < 0 ? throws() : walk.step(action)) })),
    'threw Error: boom for the action Float32Array(2) [-0.',
  ],
  [
    'action-unchanged',
    'the action is written to',
    walkWith((walk) => ({
      step: (action: Float32Array) => {
        const answer = walk.step(action);
        action[1] = 0.25;
        return answer;
      },
    })),
    'step 1 changed its argument: action[1] was ',
  ],
  ['observation-kept', 'observations are written to', reusing, 'observation.position[0] of reset() was '],
  [
    'observation-kept',
    'an array is handed out twice',
    walkWith((walk) => {
      const position = new Float32Array(2);
      return {
        step: (action: Float32Array) => {
          const answer = walk.step(action);
          return { ...answer, observation: { ...answer.observation, position } };
        },
      };
    }),
    'observation.position of step 2 was the same object as at step 1',
  ],
  [
    'truncated-at-once',
    'truncated at the first step',
    () => timeLimit(goodWalk(), 1),
    'step 1, the first of its episode, gave truncated = true',
  ],
  [
    'step-before-reset',
    'step works without reset',
    walkWith((walk) => {
      void walk.reset();
      return {};
    }),
    'step before any reset gave { observation, reward, terminated, truncated, info }',
  ],
  [
    'step-after-end',
    'step goes on after the end',
    walkWith((walk) => {
      let last: unknown;
      return {
        step: (action: Float32Array) => {
          if (last !== undefined) return last;
          const answer = walk.step(action);
          if (answer.terminated) last = answer;
          return answer;
        },
        reset: (options?: object) => {
          last = undefined;
          return walk.reset(options);
        },
      };
    }),
    'step 6 terminated the episode, and one more step gave { observation, ',
  ],
  [
    'same-seed-same-reset',
    'the seed is ignored',
    () => goodWalk({ follow: (_, stream) => stream }),
    'reset({ seed: 7 }) gave two different observations: observation.position[0] was ',
  ],
  [
    'same-seed-same-reset',
    'the seed 0 is ignored',
    () => goodWalk({ follow: (seed, stream) => (seed ? Random.fromSeed(seed) : stream) }),
    'reset({ seed: 0 }) gave two different observations: observation.position[0] was ',
  ],
  [
    'same-seed-same-steps',
    'rewards come from a stream of their own',
    walkWith((walk) => {
      const noise = Random.fromSeed('noise');
      return {
        step: (action: Float32Array) => ({ ...walk.step(action), reward: noise.uniform() }),
      };
    }),
    'after reset({ seed: 7 }) the same actions gave two different answers: at step 1 reward was ',
  ],
  [
    'same-seed-same-steps',
    'only the first episode follows the seed',
    () => {
      let first: Random | undefined;
      return goodWalk({
        follow: (seed, stream) => {
          first ??= stream;
          return seed === undefined ? first : Random.fromSeed(seed);
        },
      });
    },
    'at reset() observation.position[0] was ',
  ],
  [
    'other-seed-other-episode',
    'all seeds are alike',
    () => goodWalk({ follow: (seed, stream) => (seed === undefined ? stream : Random.fromSeed(1)) }),
    'reset({ seed: 7 }) and reset({ seed: 8 }) gave the same ',
  ],
  [
    'same-seed-new-environment',
    'each environment is another world',
    each((made) => walkWithStep((answer) => ({ ...answer, reward: made }))()),
    'reset({ seed: 7 }) differed between two environments of make(): at step 1 reward was 1 and then 2',
  ],
  [
    'independent-environments',
    'two environments share their state',
    shared(),
    'an environment behaved differently while another one of make() was played: at step 1 ',
  ],
  [
    'close-twice',
    'close fails the second time',
    walkWith(() => {
      let closed = false;
      return { close: () => (closed ? throws() : void (closed = true)) };
    }),
    'the second close() threw Error: boom',
  ],
  [
    'close-twice',
    'close rejects',
    walkWith(() => ({ close: async () => Promise.reject(new Error('boom')) })),
    'close() threw Error: boom',
  ],
  [
    'action-bounds',
    'actions up to 2',
    walkWith(() => ({ actionSpace: box({ low: -1, high: [1, 2], length: 2 }) })),
    'actionSpace had the bounds -1 and 2 at [1]',
  ],
  [
    'observation-bounds',
    'observations without bounds',
    walkWith(({ observationSpace }) => ({
      observationSpace: dict({
        ...observationSpace.spaces,
        position: box({ low: -5, high: Infinity, length: 2 }),
      }),
    })),
    'observationSpace.position had the bounds -5 and Infinity at [0]',
  ],
];

function same<T>(value: T): () => T {
  return () => value;
}

function each<T>(make: (count: number) => T): () => T {
  let made = 0;
  return () => make((made += 1));
}

function shared(): () => Walk {
  const state = walkState();
  return () => goodWalk({ state });
}

/** A good walk that hands out two halves of one buffer in turn. */
function reusing(): Walk {
  const walk = goodWalk();
  const buffer = new Float32Array(4);
  let calls = 0;
  const observed = <T extends { observation: { position: Float32Array } }>(answer: T): T => {
    const place = 2 * (calls++ % 2);
    buffer.set(answer.observation.position, place);
    const position = buffer.subarray(place, place + 2);
    return { ...answer, observation: { ...answer.observation, position } };
  };
  return {
    ...walk,
    reset: (options) => observed(walk.reset(options)),
    step: (action) => observed(walk.step(action)),
  };
}

const warnings = [
  'truncated-at-once',
  'other-seed-other-episode',
  'same-seed-new-environment',
  'action-bounds',
  'observation-bounds',
];

describe('an environment that is broken in one place has exactly one finding', () => {
  test.each(brokenOnes)('%s: %s', async (rule, _, make, seen) => {
    const findings = await checkEnvironment(make as () => Walk, { steps: 20 });
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    expect(findings[0]!.seen).toContain(seen);
    expect(findings[0]!.severity).toBe(warnings.includes(rule) ? 'warning' : 'error');
    expect(findings[0]!.change).not.toBe('');
  });
});

test('what to change names the wrappers that do it', async () => {
  const changes = async (make: () => unknown) =>
    (await checkEnvironment(make as () => Walk)).map(({ change }) => change).join();
  const makeOf = (rule: string) => brokenOnes.find(([name]) => name === rule)![2];
  expect(await changes(makeOf('action-bounds'))).toContain('rescaleAction');
  expect(await changes(makeOf('observation-bounds'))).toContain('normalizeObservation');
  expect(await changes(makeOf('step-before-reset'))).toContain('orderEnforcing');
  expect(await changes(makeOf('truncated-at-once'))).toContain('timeLimit');
});

test('the wrappers it names mend what it found', async () => {
  const makeOf = (index: number) => brokenOnes[index]![2] as () => Walk;
  const indexOf = (rule: string) => brokenOnes.findIndex(([name]) => name === rule);
  expect(await rulesOf(() => rescaleAction(makeOf(indexOf('action-bounds'))()))).toEqual([]);
  expect(await rulesOf(() => orderEnforcing(makeOf(indexOf('step-before-reset'))()))).toEqual([]);
  expect(await rulesOf(() => orderEnforcing(makeOf(indexOf('step-after-end'))()))).toEqual([]);
});

test('a broken environment that answers later has the same findings', async () => {
  for (const [rule, , make] of brokenOnes) {
    if (rule.startsWith('make') || rule.startsWith('has')) continue;
    const fresh = rule === 'independent-environments' ? shared() : (make as () => Walk);
    const findings = await checkEnvironment(() => later(fresh()), { steps: 20 });
    expect([rule, findings.map((finding) => finding.rule)]).toEqual([rule, [rule]]);
  }
});

test('several mistakes are all found, each once', async () => {
  const make = walkWithStep((answer) => ({ ...answer, reward: Infinity, truncated: 0, info: 'none' }));
  expect((await rulesOf(make)).sort()).toEqual([
    'error flags-are-booleans',
    'error info-is-object',
    'error reward-is-finite',
  ]);
});

describe('it never throws, whatever the environment does', () => {
  const hostile = new Proxy({}, { get: throws, has: throws, ownKeys: throws, getPrototypeOf: throws });
  const getter = Object.defineProperty({}, 'observation', { get: throws, enumerable: true });
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  test.each<[string, () => unknown]>([
    ['make gives a proxy that throws', () => hostile],
    ['make throws what cannot be shown', () => throwing(Object.create(null))],
    ['make throws nothing', () => throwing(undefined)],
    ['a space is a proxy that throws', walkWith(() => ({ actionSpace: hostile }))],
    ['reset gives a proxy that throws', walkWithReset(() => hostile)],
    ['reset throws a proxy', walkWith(() => ({ reset: () => throwing(hostile) }))],
    ['reset gives a getter that throws', walkWithReset(() => getter)],
    ['an observation is a proxy that throws', withObservation(hostile)],
    ['an observation holds itself', withObservation(circular)],
    ['step gives a symbol', walkWithStep(() => Symbol('step'))],
    ['step gives a function', walkWithStep(() => throws)],
    ['reward is a bigint', walkWithStep((answer) => ({ ...answer, reward: 1n }))],
    ['contains throws later', containsThrowsLater],
    ['close is a getter that throws', () => Object.defineProperty(goodWalk(), 'close', { get: throws })],
    ['kind is right and nothing else', walkWith(() => ({ actionSpace: { kind: 'dict' } }))],
    [
      'a dict without spaces',
      walkWith(({ actionSpace }) => ({ actionSpace: { ...actionSpace, kind: 'dict' } })),
    ],
  ])('%s', async (_, make) => {
    const findings = await checkEnvironment(make as () => Walk);
    expect(findings.filter(({ severity }) => severity === 'error')).not.toEqual([]);
  });

  function throwing(value: unknown): never {
    throw value;
  }

  function withObservation(observation: unknown) {
    return walkWithStep((answer) => ({ ...answer, observation }));
  }

  function containsThrowsLater() {
    let calls = 0;
    const walk = goodWalk();
    const contains = (value: unknown) => (++calls > 50 ? throws() : walk.observationSpace.contains(value));
    return { ...walk, observationSpace: { ...walk.observationSpace, contains } };
  }
});

describe('recommenders', () => {
  /** Shows items until three were shown; refuses what was shown already. */
  function shop() {
    let stream = Random.fromSeed('shop');
    let candidates = new Int32Array();
    let user = 0;
    const observe = () => ({
      user,
      history: Int32Array.of(-1, -1),
      rewards: new Float32Array(2),
      candidates: candidates.slice(),
    });
    return {
      observationSpace: recommendationSpace({ userCount: 5, itemCount: 8, historySize: 2 }),
      actionSpace: discrete(8),
      reset({ seed }: ResetOptions = {}) {
        if (seed !== undefined) stream = Random.fromSeed(seed);
        user = stream.integer(5);
        candidates = Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7]);
        return { observation: observe(), info: {} };
      },
      step(item: number) {
        if (candidates.length <= 5) throw new Error('step: expected reset first');
        if (!candidates.includes(item)) throw new RangeError(`action: expected a candidate, got ${item}`);
        candidates = candidates.filter((candidate) => candidate !== item);
        const terminated = candidates.length === 5;
        return { observation: observe(), reward: 0, terminated, truncated: false, info: {} };
      },
    };
  }

  test('are shown one of the candidates', async () => {
    expect(await checkEnvironment(shop)).toEqual([]);
  });

  test('any item may be shown where chooseAction says so', async () => {
    const [finding, ...others] = await checkEnvironment(shop, {
      chooseAction: (_, random) => random.integer(8),
    });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', rule: 'action-accepted' });
    expect(finding!.seen).toMatch(/^step \d+ threw RangeError: action: expected a candidate, got \d/);
  });

  test.each<[string, unknown]>([
    ['was null, not a record', null],
    ['.user was missing', {}],
    ['.user was 5, not an integer from 0 to 4', { ...member(), user: 5 }],
    ['.user was "ann", not an integer from 0 to 4', { ...member(), user: 'ann' }],
    ['.history[1] was 8, not between -1 and 7', { ...member(), history: Int32Array.of(0, 8) }],
    [
      '.history[1] was NO_ITEM (-1) after an item: pad in front',
      { ...member(), history: Int32Array.of(0, -1) },
    ],
    ['.history had the length 1, not 2', { ...member(), history: Int32Array.of(0) }],
    [
      '.rewards[1] was NaN, not between -Infinity and Infinity',
      { ...member(), rewards: Float32Array.of(0, NaN) },
    ],
    ['.rewards was Array(2) [0, 0], not of the type Float32Array', { ...member(), rewards: [0, 0] }],
    ['.candidates[1] was -1, not between 0 and 7', { ...member(), candidates: Int32Array.of(1, -1) }],
    ['.candidates[2] was 3 again', { ...member(), candidates: Int32Array.of(3, 1, 3) }],
    ['.candidates was Array(1) [1], not of the type Int32Array', { ...member(), candidates: [1] }],
  ])('observation%s', async (seen, observation) => {
    const make = () => {
      const good = shop();
      return {
        ...good,
        reset: (options?: ResetOptions) => ({ ...good.reset(options), observation: observation as never }),
      };
    };
    const findings = await checkEnvironment(make);
    const found = findings.find(({ rule }) => rule === 'observation-in-space');
    expect(found!.seen.replace('reset(): observation', '').trim()).toBe(seen);
  });

  function member(): RecommendationObservation {
    return shop().reset().observation;
  }
});

test('what it says of actions without bounds can be done', async () => {
  const open = walkWith(() => ({ actionSpace: box({ low: -Infinity, high: Infinity, length: 2 }) }));
  const [finding] = await checkEnvironment(open as () => Environment<unknown, unknown>);
  expect(finding).toMatchObject({
    rule: 'action-bounds',
    change: expect.stringContaining('rescaleAction(environment, { to: { low, high } })'),
  });
  const bounded = () => rescaleAction(open() as never, { to: { low: -1, high: 1 } });
  expect(await checkEnvironment(bounded)).toEqual([]);
});

describe('what never answers', () => {
  const never = () => new Promise<never>(() => {});
  test.each<[string, string, () => unknown]>([
    ['answers-in-time', 'reset() gave no answer', walkWith(() => ({ reset: never }))],
    ['answers-in-time', 'step 1 gave no answer', walkWithStep(never)],
    ['close-twice', 'close() threw TimeoutError', walkWith(() => ({ close: never }))],
    ['make-succeeds', 'make() threw TimeoutError', never],
  ])('%s: %s', async (rule, seen, make) => {
    const findings = await checkEnvironment(make as () => Walk, { timeout: 10 });
    expect(findings.filter((finding) => finding.rule === rule)).toEqual([
      expect.objectContaining({ severity: 'error', seen: expect.stringContaining(seen) }),
    ]);
  });

  test('a timeout that no timer can wait for is named', async () => {
    await expect(checkEnvironment(() => goodWalk(), { timeout: 0 })).rejects.toThrow(
      'timeout: expected above 0 and at most 2147483647, got 0',
    );
  });
});

describe('options', () => {
  test('steps is how far it looks', async () => {
    let steps = 0;
    const make = walkWith((walk) => ({
      step: (action: Float32Array) => {
        steps += 1;
        return walk.step(action);
      },
    }));
    await checkEnvironment(make, { steps: 10 });
    // Ten for each of the episodes played, and the steps that must fail.
    expect(steps).toBeGreaterThanOrEqual(80);
    expect(steps).toBeLessThan(120);
  });

  test('an episode that is longer than steps is no finding', async () => {
    expect(await checkEnvironment(() => goodWalk(), { steps: 3 })).toEqual([]);
  });

  test.each([0, -1, 1.5, NaN])('steps %d is named', async (steps) => {
    await expect(checkEnvironment(() => goodWalk(), { steps })).rejects.toThrow(
      new RangeError(`steps: expected a positive integer, got ${steps}`),
    );
  });

  test('chooseAction that throws or leaves the space is a finding', async () => {
    const failing = await checkEnvironment(() => goodWalk(), { chooseAction: throws });
    expect(failing.map(({ seen }) => seen)).toEqual(['chooseAction threw Error: boom for step 1']);
    const make = () => {
      const space = multiDiscrete([2]);
      return { ...new Coin(), actionSpace: space, reset: () => new Coin().reset(), step: throws };
    };
    const outside = await checkEnvironment<number, Int32Array>(make, {
      chooseAction: () => Int32Array.of(5),
    });
    expect(outside.map(({ rule, change }) => [rule, change])).toEqual([
      ['action-accepted', 'let chooseAction give members of actionSpace'],
    ]);
  });
});

test('every environment that it makes is closed', async () => {
  const open = new Set<Walk>();
  const make = (close: 'closes' | 'has no step') => () => {
    const walk: Walk = { ...goodWalk(), close: () => void open.delete(walk) };
    if (close === 'has no step') Object.assign(walk, { step: undefined });
    open.add(walk);
    return walk;
  };
  await checkEnvironment(make('closes'));
  await checkEnvironment(make('has no step'));
  expect(open.size).toBe(0);
});

test('the check itself is repeatable', async () => {
  const make = brokenOnes.find(([rule]) => rule === 'action-accepted')![2] as () => Walk;
  expect(await checkEnvironment(make)).toEqual(await checkEnvironment(make));
});

describe('assertEnvironment', () => {
  test('passes a good environment, and one with warnings only', async () => {
    await expect(assertEnvironment(() => goodWalk())).resolves.toBeUndefined();
    await expect(assertEnvironment(() => timeLimit(goodWalk(), 1))).resolves.toBeUndefined();
  });

  test('throws all errors at once and no warning', async () => {
    const make = () => {
      const walk = walkWithStep((answer) => ({ ...answer, reward: NaN, info: 0 }))();
      return { ...timeLimit(walk, 1), close: throws };
    };
    const thrown = await assertEnvironment(make).catch((caught: unknown) => (caught as Error).message);
    expect(thrown).toBe(
      [
        'environment: expected no errors, found 3',
        '- info-is-object: step 1 gave info = 0; return info: {} where there is none',
        '- reward-is-finite: step 1 gave reward = NaN; return a finite number; look for a division by 0',
        '- close-twice: close() threw Error: boom; do nothing in close where it is closed already',
      ].join('\n'),
    );
  });

  test('takes the options of the check', async () => {
    await expect(assertEnvironment(() => goodWalk(), { steps: 0 })).rejects.toThrow(RangeError);
  });
});
