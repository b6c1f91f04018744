import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { Canary, ConfidenceSequence, type CanaryOptions, type CanaryStatus } from '../src/index.js';

const range = { low: -20, high: 20 };

test('a session of the new version is set against the mean of as many of the other as there are of them', () => {
  const canary = new Canary({ range, share: 1 / 3 });
  const differences = new ConfidenceSequence({ range: { low: -40, high: 40 }, alpha: 0.025 });
  for (let time = 0; time < 100; time++) {
    canary.observe('serving', 1);
    canary.observe('serving', 2); // waits, for nothing of the canary has come
    canary.observe('canary', 2); // 2 − 1.5
    canary.observe('canary', 0);
    canary.observe('canary', 1);
    canary.observe('serving', 3);
    canary.observe('serving', -1); // 0 − 1
    canary.observe('serving', 0);
    canary.observe('serving', 1); // 1 − .5
    for (const difference of [0.5, -1, 0.5]) differences.push(difference);
  }
  const gain = differences.interval();
  expect(gain.high).toBeLessThan(5); // there are enough of them to tell one mean from another
  expect(canary.status()).toMatchObject({ decision: 'running', sessions: 900, canarySessions: 300, gain });
});

/** What sessions of a mood earn: up to 20 steps of −1, 0 or 1, fewer where somebody leaves. */
function session(random: Random, liking: number): number {
  let earned = 0;
  for (let step = 0; step < 20; step++) {
    earned += random.uniform() < liking ? 1 : random.uniform() < 0.3 ? -1 : 0;
    if (random.uniform() < 0.06) break;
  }
  return earned;
}

function play(seed: number, liking: number, options: Partial<CanaryOptions> = {}): CanaryStatus {
  const random = Random.fromSeed(seed).fork('sessions');
  const share = options.share ?? 0.2;
  const canary = new Canary({ range, share, ...options });
  for (;;) {
    const arm = random.uniform() < share ? 'canary' : 'serving';
    const decision = canary.observe(arm, session(random, arm === 'canary' ? liking : 0.5));
    if (decision !== 'running') return canary.status();
  }
}

describe('sessions of twenty steps at most, which earn 4.1', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);

  test('a better version is promoted, by an interval that excludes 0', () => {
    for (const seed of seeds.slice(0, 5)) {
      const { decision, gain, sessions, wantedSessions } = play(seed, 0.65);
      expect(decision).toBe('promote');
      expect(gain.low).toBeGreaterThan(0);
      expect(sessions).toBeLessThan(6000);
      expect(wantedSessions).toBe(0);
    }
  });

  test('half of all sessions decide sooner than a fifth', () => {
    const taken = [0.2, 0.5].map((share) =>
      seeds.slice(0, 5).reduce((sum, seed) => sum + play(seed, 0.65, { share }).sessions, 0),
    );
    expect(taken[1]).toBeLessThan(0.75 * taken[0]!);
  });

  test('a worse one is rejected', () => {
    for (const seed of seeds.slice(0, 5)) expect(play(seed, 0.35).decision).toBe('reject');
  });

  test('the same one is hardly ever promoted, and stops undecided with what it wants', () => {
    const statuses = seeds.map((seed) => play(seed, 0.5, { share: 0.5 }));
    expect(statuses.filter(({ decision }) => decision === 'promote').length).toBeLessThanOrEqual(2);
    for (const { decision, sessions, wantedSessions } of statuses) {
      if (decision !== 'undecided') continue;
      expect(sessions).toBe(6000);
      expect(wantedSessions === null || wantedSessions > 1000).toBe(true);
    }
  });

  test('a t-test that is read every twenty sessions promotes the same one again and again', () => {
    const promoted = seeds.filter((seed) => {
      const random = Random.fromSeed(seed).fork('sessions');
      const arms = [0, 1].map(() => ({ count: 0, sum: 0, squares: 0 }));
      for (let sessions = 1; sessions <= 6000; sessions++) {
        const arm = arms[random.uniform() < 0.5 ? 1 : 0]!;
        const earned = session(random, 0.5);
        arm.count += 1;
        arm.sum += earned;
        arm.squares += earned ** 2;
        if (sessions % 20 !== 0 || sessions < 100) continue;
        const [serving, canary] = arms.map(({ count, sum, squares }) => ({
          mean: sum / count,
          error: (squares / count - (sum / count) ** 2) / count,
        }));
        const error = Math.sqrt(serving!.error + canary!.error);
        if (canary!.mean - serving!.mean > 1.96 * error) return true;
      }
      return false;
    });
    expect(promoted.length).toBeGreaterThanOrEqual(5);
  });

  test('the more rounds there were, the more it takes', () => {
    const [first, tenth] = [1, 10].map((round) => play(3, 0.65, { round }).sessions);
    expect(tenth).toBeGreaterThan(first!);
  });

  test('what it wants is about what it takes', () => {
    const stopped = play(1, 0.54, { share: 0.5, most: 1500 });
    expect(stopped.decision).toBe('undecided');
    const { sessions } = play(1, 0.54, { share: 0.5, most: 100_000 });
    const ratio = stopped.wantedSessions! / (sessions - 1500);
    expect(ratio).toBeGreaterThan(0.3);
    expect(ratio).toBeLessThan(3);
  });
});

test('what comes in after a decision changes nothing', () => {
  const canary = new Canary({ range, share: 0.5, most: 4 });
  for (const arm of ['serving', 'canary', 'serving', 'canary'] as const) canary.observe(arm, 1);
  const before = canary.status();
  expect(before.decision).toBe('undecided');
  expect(canary.observe('canary', 20)).toBe('undecided');
  expect(canary.status()).toEqual(before);
});

test('it goes on where it was saved', () => {
  const random = Random.fromSeed(1);
  const [first, second] = [new Canary({ range }), new Canary({ range })];
  const next = () => [random.uniform() < 0.2 ? 'canary' : 'serving', session(random, 0.5)] as const;
  for (let sessions = 0; sessions < 300; sessions++) first.observe(...next());
  second.restore(JSON.parse(JSON.stringify(first.state())) as never);
  for (let sessions = 0; sessions < 300; sessions++) {
    const [arm, earned] = next();
    expect(second.observe(arm, earned)).toBe(first.observe(arm, earned));
  }
  expect(second.status()).toEqual(first.status());
  expect(() => second.restore({ counts: { serving: 1 } })).toThrow('state: expected the count of serving');
  expect(second.status()).toEqual(first.status());
});

test.each([
  ['share: expected a number above 0 and at most 0.5, got 0.6', () => new Canary({ range, share: 0.6 })],
  ['share: expected a number above 0 and at most 0.5, got 0', () => new Canary({ range, share: 0 })],
  ['most: expected a positive integer, got 0', () => new Canary({ range, most: 0 })],
  [
    'range: expected finite low below high, got -Infinity and Infinity',
    () => new Canary({ range: { low: -Infinity, high: Infinity } }),
  ],
  ['earned: expected from -20 to 20, got 21', () => new Canary({ range }).observe('canary', 21)],
])('%s', (message, make) => expect(make).toThrow(message));
