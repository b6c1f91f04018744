import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fingerprintOf } from '@rl-recsys/rating-log';
import { evaluateSessions, type LearningPolicy, scoredBy, type SessionStep } from '../src/index.js';
import { logOf } from './logs.js';
import { toyEnvironment } from './toy-environment.js';

const random = Random.fromSeed(1);
const environment = toyEnvironment({ rewardOf: (user, item) => (item === user ? 1 : -0.5) });
const constant = scoredBy('constant', () => 0);

/** Goes on to the next item after a miss; `log` is told what happens. */
function learner(log: string[]): LearningPolicy & { readonly steps: SessionStep[] } {
  let favorite = 0;
  const steps: SessionStep[] = [];
  return {
    name: 'learner',
    steps,
    score(_observation, items, scores) {
      for (const [place, item] of items.entries()) scores[place] = item === favorite ? 1 : 0;
    },
    reset() {
      log.push('reset');
      favorite = 0;
    },
    async observe(step) {
      steps.push(step);
      await Promise.resolve(); // learning may take time, and the next item waits for it
      log.push(`${step.action}: ${step.reward}`);
      if (step.reward < 0) favorite += 1;
    },
  };
}

describe('evaluateSessions', () => {
  test('sums rewards, and shows of equals the lowest index whatever the order of candidates', async () => {
    const result = await evaluateSessions(constant, { environment, sessions: 20, steps: 4, random });
    expect(result).toMatchObject({ policy: 'constant', seen: 0, sessions: 20, users: 3, length: 4 });
    expect(result.repeatRate).toBe(3 / 4);
    // Item 0 at each of 4 steps: 4 for user 0, −2 for the others.
    expect(result.perUser.user).toEqual(Int32Array.of(0, 1, 2));
    expect(result.perUser.reward).toEqual(Float64Array.of(4, -2, -2));
    expect(result.reward).toBe(0); // over users, however many sessions each had
    for (const [session, user] of result.perSession.user.entries()) {
      expect(result.perSession.reward[session]).toBe(user === 0 ? 4 : -2);
      const shown = result.shown[session]!;
      expect(shown.user).toBe(user);
      expect(shown.items).toHaveLength(shown.rewards.length);
      expect(shown.rewards.reduce((sum, each) => sum + each)).toBe(user === 0 ? 4 : -2);
    }
  });

  test('plays the same sessions for every policy that is given the same random', async () => {
    const options = { environment, sessions: 10, random };
    const users = async (policy: typeof constant) =>
      (await evaluateSessions(policy, options)).perSession.user;
    const first = await users(constant);
    expect(await users(scoredBy('other', (_user, item) => item))).toEqual(first);
    const other = await evaluateSessions(constant, { ...options, random: Random.fromSeed(2) });
    expect(other.perSession.user).not.toEqual(first);
  });

  test('ends where the environment does, after 10 steps unless told otherwise', async () => {
    const short = toyEnvironment({ length: 3, rewardOf: () => 1 });
    const one = { sessions: 1, random };
    expect((await evaluateSessions(constant, { environment: short, ...one })).length).toBe(3);
    expect((await evaluateSessions(constant, { environment, ...one })).length).toBe(10);
  });

  test('lets a policy learn within a session, and forget before the next', async () => {
    const log: string[] = [];
    const policy = learner(log);
    const same = toyEnvironment({ users: 1, rewardOf: (_user, item) => (item === 2 ? 1 : -0.5) });
    const result = await evaluateSessions(policy, { environment: same, sessions: 2, steps: 4, random });
    const session = ['0: -0.5', '1: -0.5', '2: 1', '2: 1'];
    expect(log).toEqual(['reset', ...session, 'reset', ...session, 'reset']);
    expect(result.reward).toBe(1);
    expect(result.repeatRate).toBe(1 / 4);
    const [, , third, fourth] = policy.steps;
    expect(third?.nextObservation.history).toEqual(Int32Array.of(-1, 2));
    expect(fourth?.observation).toBe(third?.nextObservation);
  });

  test('without learning only acts', async () => {
    const log: string[] = [];
    const options = { environment, sessions: 1, steps: 3, random, learn: false };
    const result = await evaluateSessions(learner(log), options);
    expect(log).toEqual(['reset', 'reset']);
    expect(result.repeatRate).toBe(2 / 3); // item 0 three times
  });

  test('forgets also where a session fails', async () => {
    const log: string[] = [];
    const broken = toyEnvironment({
      rewardOf: () => {
        throw new Error('broken');
      },
    });
    const run = evaluateSessions(learner(log), { environment: broken, sessions: 1, random });
    await expect(run).rejects.toThrow('broken');
    expect(log).toEqual(['reset', 'reset']);
  });

  test('refuses a policy that has seen what is played back', async () => {
    const heldOut = logOf(4, [[{ item: 1, rating: 4 }]]);
    const leaking = scoredBy('leaking', () => 0, { fittedOn: [fingerprintOf(heldOut)] });
    const options = { environment, sessions: 1, random, test: heldOut };
    await expect(evaluateSessions(leaking, options)).rejects.toThrow(
      'leaking: expected a policy that has not',
    );
    expect((await evaluateSessions(leaking, { ...options, allowSeen: true })).seen).toBe(1);
  });

  test('names bad arguments', async () => {
    const run = (options: object) =>
      evaluateSessions(constant, { environment, sessions: 1, random, ...options });
    await expect(run({ sessions: 0 })).rejects.toThrow('sessions: expected a positive integer, got 0');
    await expect(run({ steps: 1.5 })).rejects.toThrow('steps: expected a positive integer, got 1.5');
    const empty = toyEnvironment({ users: 1, items: 0, rewardOf: () => 0 });
    await expect(run({ environment: empty })).rejects.toThrow('environment: expected a candidate for user 0');
  });
});
