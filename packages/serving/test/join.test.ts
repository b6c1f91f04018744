import { describe, expect, test } from '@jest/globals';
import {
  bySession,
  join,
  joinCounts,
  type FeedbackRecord,
  type JoinedExample,
  type JoinOptions,
} from '../src/index.js';
import { recommendation, reward } from './toy.js';

async function joined(records: FeedbackRecord[], options: Partial<JoinOptions> = {}) {
  const counts = joinCounts();
  const examples: JoinedExample[] = [];
  for await (const each of join(records, { waitingTime: 10, until: 1000, ...options }, counts))
    examples.push(each);
  return { examples, counts, rewards: examples.map(({ rewards }) => [...rewards]) };
}

const idsOf = (examples: readonly JoinedExample[]) =>
  examples.map(({ recommendation: { eventId } }) => eventId);

describe('a join', () => {
  const log = [
    recommendation('e', 0),
    reward('1', 1, { item: 'cap', reward: 0.25 }),
    reward('2', 2, { item: 'cap', reward: 1 }),
    reward('2', 3, { item: 'cap', reward: 1 }),
    reward('3', 10, { item: 'cap', reward: -0.5 }),
    reward('4', 11, { item: 'mug' }),
  ];

  test('takes the earliest, all or the latest of the rewards that came within the waiting time', async () => {
    const { rewards, counts } = await joined(log);
    expect(rewards).toEqual([[0, 0.25]]);
    expect(counts).toEqual({ joined: 1, late: 1, repeated: 1, strays: 0, inactive: 0, waiting: 0 });
    expect((await joined(log, { reward: 'sum' })).rewards).toEqual([[0, 0.75]]);
    expect((await joined(log, { reward: 'last', defaultReward: -1 })).rewards).toEqual([[-1, -0.5]]);
  });

  test('lets all wait equally long, whether they were clicked or not', async () => {
    const records = [recommendation('a', 0), recommendation('b', 1), reward('1', 2, { eventId: 'b' })];
    const at = async (until: number) => {
      const { examples, counts } = await joined(records, { until });
      return [idsOf(examples), counts.waiting];
    };
    expect(await at(10)).toEqual([[], 2]); // b was clicked, and waits as a does
    expect(await at(11)).toEqual([['a'], 1]);
    expect(await at(12)).toEqual([['a', 'b'], 0]);
  });

  test('counts what belongs to nothing, and leaves alone what users found by themselves', async () => {
    const { counts, rewards } = await joined([
      recommendation('e', 0),
      reward('1', 1, { eventId: 'never' }),
      reward('2', 1, { item: 'hat' }),
      reward('3', 1, { eventId: undefined, user: 'ann' }),
    ]);
    expect(counts.strays).toBe(2);
    expect(rewards).toEqual([[0, 0]]);
  });

  test('leaves out what was never shown, and lets what was activated wait from then on', async () => {
    const deferred = { activate: false };
    const { examples, counts, rewards } = await joined([
      recommendation('hidden', 0, deferred),
      recommendation('shown', 1, deferred),
      { kind: 'activation', at: 9, eventId: 'shown' },
      reward('1', 18, { eventId: 'shown' }),
      reward('2', 18, { eventId: 'hidden' }),
      recommendation('later', 19),
    ]);
    expect(idsOf(examples)).toEqual(['shown', 'later']);
    expect(rewards[0]).toEqual([1, 0]);
    expect(counts).toMatchObject({ inactive: 1, late: 1, joined: 2 });
  });
});

test('sessions are put together, and cut where one of their recommendations is missing', async () => {
  const { examples } = await joined([
    recommendation('a1', 0, { session: 'a' }),
    recommendation('b1', 1, { session: 'b' }),
    recommendation('alone', 2),
    recommendation('a2', 3, { session: 'a', activate: false }),
    recommendation('b2', 4, { session: 'b' }),
    recommendation('a3', 5, { session: 'a' }),
    recommendation('a4', 6, { session: 'a' }),
  ]);
  expect(examples.map(({ previous }) => previous)).toEqual([
    undefined,
    undefined,
    undefined,
    'b1',
    'a2',
    'a3',
  ]);
  const sessions = bySession(examples).map(({ session, examples: own }) => [session, idsOf(own)]);
  expect(sessions).toEqual([
    ['a', ['a1']],
    ['b', ['b1', 'b2']],
    [undefined, ['alone']],
    ['a', ['a3', 'a4']],
  ]);
});
