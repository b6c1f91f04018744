import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { vectorPolicy } from '../src/vector-policy.js';
import { measureSessions } from '../src/moving-taste/measure-sessions.js';
import { simulatedLog, simulatedWorld } from '../src/moving-taste/world.js';
import type { LearningPolicy, SessionStep } from '@rl-recsys/evaluation';
import { sessionValue, staticTastePolicy, trueVectors } from '@rl-recsys/simulators';
import { Random } from '@rl-recsys/random';
import type { TableRow } from '../src/metrics.js';
import { runCli, temporaryFolder, type Outcome } from './shop.js';

const folder = temporaryFolder();
const tableIn = (text: string) => text.split('\n').filter((line) => line.startsWith('│'));
const { world, measured, trained: others } = simulatedWorld(1);

let trained: Outcome;
beforeAll(async () => {
  trained = await runCli(folder, 'train', '--steps', '2560');
}, 240_000);

test('the default run needs no data, and its table has what sessions are worth', () => {
  expect(trained).toMatchObject({ code: 0 });
  const table = JSON.parse(
    readFileSync(join(folder, 'runs/moving-taste-seed-1/table.json'), 'utf8'),
  ) as TableRow[];
  expect(table.map(({ policy }) => policy)).toEqual([
    ...['random', 'popularity', 'item mean', 'matrix factorisation', 'DRR', 'oracle'],
  ]);
  for (const { policy, session } of table) {
    if (policy === 'oracle') expect(session).toBeUndefined();
    else expect(session!.length).toBeGreaterThan(1);
  }
  expect(trained.stdout).toMatch(/DRR less matrix factorisation, session reward: [+−]\d/);
});

test('evaluate plays the same sessions again', async () => {
  const evaluated = await runCli(folder, 'evaluate', '--run', 'runs/moving-taste-seed-1');
  expect(tableIn(evaluated.stdout)).toEqual(tableIn(trained.stdout));
}, 120_000);

test('measured users are not trained on, and their log is there', () => {
  expect(measured.filter((user) => others.includes(user))).toEqual([]);
  const { log, users } = simulatedLog(1);
  expect(users.idOf(measured[0]!)).toBe('user-1');
  expect(log.offsets[1]! - log.offsets[0]!).toBeGreaterThan(10);
});

test('a policy that sees no more than tastes is worth what it is as a policy of the state', () => {
  const users = measured.slice(0, 3);
  const measuring = { world, historySize: 20, users, sessions: 2, random: Random.fromSeed(1) };
  const values = measureSessions(vectorPolicy('taste', trueVectors(world)), measuring);
  for (const [place, user] of users.entries()) {
    expect(values[place]!.reward).toBeCloseTo(sessionValue(world, user, staticTastePolicy(world)).reward, 9);
  }
});

test('a policy that learns is reset before each session and told of every step but the last', () => {
  const calls: (SessionStep | 'reset')[] = [];
  const policy: LearningPolicy = {
    ...vectorPolicy('taste', trueVectors(world)),
    reset: () => void calls.push('reset'),
    observe: (step) => void calls.push(step),
  };
  measureSessions(policy, { world, historySize: 20, users: [0], sessions: 2, random: Random.fromSeed(1) });
  expect(calls.map((call) => call === 'reset')).toEqual([
    true,
    ...Array<boolean>(19).fill(false),
    true,
    ...Array<boolean>(19).fill(false),
  ]);
  const [first, second] = calls.slice(1, 3) as SessionStep[];
  expect(first!.nextObservation).toBe(second!.observation);
  expect(first!.nextObservation.history.at(-1)).toBe(first!.action);
  expect(first!.nextObservation.rewards.at(-1)).toBe(first!.reward);
});
