import { describe, expect, test } from '@jest/globals';
import { cumulativeWeights, sessionWeights } from '@rl-recsys/off-policy';
import '@tensorflow/tfjs-backend-wasm';
import { installFastKernels } from '@rl-recsys/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { judgeTrial, type Trial } from '../src/folder.js';
import type { JoinedSession } from '../src/index.js';
import { halfOf, partOfLog, sessionLog } from '../src/learning.js';
import { actionsOf, wouldHaveDone } from '../src/learning/near-step.js';
import { played } from './played.js';
import { recommendation, toyRecommender } from './toy.js';

await tf.setBackend('wasm');
await installFastKernels({ threads: 1 }); // learning takes minutes without them

const recommender = toyRecommender(1, { rewardsInState: true });

const sessions = await played(recommender, 60);
const log = sessionLog(sessions, recommender);

describe('a joined log in columns', () => {
  test('each item is a row, seen as the policy saw who asked, and slots above are barred', () => {
    expect(log.steps.starts).toEqual(Int32Array.from({ length: 61 }, (_, session) => 4 * session));
    const [first, second] = sessions[0]!.examples;
    const { items } = recommender.parts;
    const shown = [first!, second!].flatMap(({ recommendation: { items: all } }) => all);
    expect(Array.from(log.steps.item.subarray(0, 4))).toEqual(shown.map(({ item }) => items.indexOf(item)));
    expect(Array.from(log.propensities.subarray(0, 4))).toEqual(shown.map(({ probability }) => probability));
    expect(Array.from(log.steps.user.subarray(0, 4))).toEqual([0, 0, 1, 1]);
    const n = log.steps.history.length / 240;
    const historyAt = (row: number) => Array.from(log.steps.history.subarray(row * n, (row + 1) * n));
    expect(historyAt(0)).toEqual(Array(n).fill(-1));
    expect(historyAt(2).slice(-2)).toEqual(Array.from(log.steps.item.subarray(0, 2)));
    expect(historyAt(3)).toEqual(historyAt(2)); // one answer, one state
    expect(log.steps.barred![1]).toContain(log.steps.item[0]);
    expect(log.steps.barred![2]).toContain(log.steps.item[1]);
  });

  test('probabilities that are computed again equal the logged ones, so all weights are 1', () => {
    const again = wouldHaveDone(log, recommender, actionsOf(recommender, log));
    const weights = sessionWeights(again, cumulativeWeights(again));
    for (const weight of weights) expect(weight).toBeCloseTo(1, 5);
  });

  test('a part has the rows of its sessions', () => {
    const part = partOfLog(log, (session) => session === 1 || session === 3);
    expect(Array.from(part.steps.starts)).toEqual([0, 4, 8]);
    expect(Array.from(part.steps.item)).toEqual([
      ...log.steps.item.subarray(4, 8),
      ...log.steps.item.subarray(12, 16),
    ]);
    expect(Array.from(part.steps.user)).toEqual([2, 2, 3, 3, 6, 6, 7, 7]);
  });

  test('what the policy did not decide is left out, and counted', () => {
    const [first, ...rest] = sessions;
    const [example] = first!.examples;
    const byCaller = {
      ...example!,
      recommendation: { ...example!.recommendation, mode: 'apprentice' as const },
    };
    const cut = sessionLog([{ ...first!, examples: [byCaller] }, ...rest], recommender);
    expect([cut.leftOut, cut.steps.starts.length - 1]).toEqual([1, 59]);
  });
});

test('a session is always of the same half, and halves are halves', () => {
  const halves = Array.from({ length: 1000 }, (_, session) => halfOf(`visit-${session}`));
  expect(halfOf('visit-17')).toBe(halves[17]);
  const learned = halves.filter((half) => half === 'learn').length;
  expect(Math.abs(learned - 500)).toBeLessThan(60);
});

describe('a trial', () => {
  const trial: Trial = { version: 1, serving: 0, share: 0.5, since: 100, mostItems: 2 };
  const session = (at: number, model: string, rewards: readonly number[]): JoinedSession => ({
    session: `s${at}`,
    examples: [
      {
        recommendation: { ...recommendation(`e${at}`, at), model },
        ...{ rewards: Float64Array.from(rewards), heard: rewards.length, previous: undefined },
      },
    ],
  });

  test('counts sessions of its two versions that began in its time, and their first items', () => {
    const seen: unknown[] = [];
    const all = [
      session(99, '1', [1]), // before it began
      session(100, '1', [1, 0.5, 1]), // the third item is one too many
      session(101, '0', [-1]),
      session(102, '7', [1]), // another version
      session(300, '0', [1]), // not over yet
    ];
    const status = judgeTrial(trial, all, { round: 1, until: 200, onSession: (each) => seen.push(each) });
    expect(seen).toEqual([
      { arm: 'canary', earned: 1.5 },
      { arm: 'serving', earned: -1 },
    ]);
    expect(status).toMatchObject({ decision: 'running', sessions: 2, canarySessions: 1 });
  });

  test('is promoted where it earns more, and not by a later round as soon', () => {
    const all = Array.from({ length: 400 }, (_, place) =>
      session(100 + place, String(place % 2), [place % 2 === 0 ? -0.5 : 0.5]),
    );
    const first = judgeTrial(trial, all, { round: 1, until: 1e6 });
    const ninth = judgeTrial(trial, all, { round: 9, until: 1e6 });
    expect(first.decision).toBe('promote');
    expect(ninth.sessions).toBeGreaterThan(first.sessions);
    const worse = { ...trial, version: 0, serving: 1 };
    expect(judgeTrial(worse, all, { round: 1, until: 1e6 }).decision).toBe('reject');
    expect(judgeTrial(trial, all, { round: 1, until: 1e6, most: 10 }).decision).toBe('undecided');
  });
});
