import { expect, test } from '@jest/globals';
import { Random, type Savable, type SavedState } from '@rl-recsys/random';
import type { ResidualLearner } from '../../src/index.js';
import '../on-wasm.js';
import { sampleOf, toyLearner } from './toy.js';

interface SavedLearner {
  readonly variables: readonly Float32Array[];
  readonly [name: string]: SavedState;
}

const withoutDropout = { actorDropout: 0, criticDropout: 0 };

test('targets look ahead by the smaller value of the averaged critics, errors are target less the first critic', () => {
  const learner = toyLearner(withoutDropout);
  const state = moved(learner.state() as unknown as SavedLearner);
  const rows = transitions(learner);
  const ahead = rows.map((row) => {
    const [with0, with08] = [0, 0.8].map((discount) => errorOf(learner, state, { ...row, discount }));
    return (with08!.error - with0!.error) / 0.8;
  });
  const averaged = rows.map((row) => valuesOf(learner, averagedOnly(state as SavedLearner), row));
  const online = rows.map((row) => valuesOf(learner, state, row));

  for (const [row, [first, second]] of averaged.entries()) {
    expect(ahead[row]).toBeCloseTo(Math.min(first, second), 3);
  }
  // It would show if the larger, either one, or the learning networks were taken.
  const seen = (wrong: (row: number) => number) =>
    rows.some((_, row) => Math.abs(wrong(row) - ahead[row]!) > 0.02);
  expect(seen((row) => averaged[row]![0])).toBe(true);
  expect(seen((row) => averaged[row]![1])).toBe(true);
  expect(seen((row) => Math.max(...averaged[row]!))).toBe(true);
  expect(seen((row) => Math.min(...online[row]!))).toBe(true);
});

/** That state with other weights everywhere, so that learning and averaged networks differ, and the two critics too. */
function moved(state: SavedLearner): SavedState {
  const random = Random.fromSeed('moved');
  const variables = state.variables.map((array) =>
    array.map((number) => number + 0.4 * random.uniform() - 0.2),
  );
  return { ...state, variables };
}

type Row = ReturnType<typeof transitions>[number];

/** Transitions after which there is one thing to show. */
function transitions(learner: ResidualLearner) {
  const { columns } = sampleOf(learner, 12);
  const n = learner.historySize;
  return Array.from(columns.user, (user, row) => {
    const part = <T extends Float32Array | Int32Array>(column: T) =>
      column.slice(row * n, (row + 1) * n) as T;
    const { history, rewards, nextHistory, nextRewards, item } = columns;
    const after = { nextHistory: part(nextHistory), nextRewards: part(nextRewards) };
    return {
      ...{
        user,
        history: part(history),
        rewards: part(rewards),
        item: item[row]!,
        reward: 0.25,
        discount: 0,
      },
      ...{ ...after, next: (item[row]! + 1) % 6 },
    };
  });
}

/** The TD error of the first critic, and the loss of both, from that state on. */
function errorOf(learner: ResidualLearner, state: SavedState, row: Row): { error: number; loss: number } {
  (learner as Savable).restore(state);
  const { user, item, next, reward, discount, ...histories } = row;
  const { tdErrors, figures } = learner.learn({
    ids: Float64Array.of(0),
    weights: Float32Array.of(1),
    columns: {
      ...histories,
      user: Int32Array.of(user),
      item: Int32Array.of(item),
      candidates: Int32Array.of(item, -1, -1, -1),
      nextCandidates: Int32Array.of(next, -1, -1, -1),
      reward: Float32Array.of(reward),
      discount: Float32Array.of(discount),
    },
  });
  return { error: tdErrors[0]!, loss: figures.criticLoss };
}

/** What the learning critics of a state think of the next item: with a reward of 10 both errors are above 0. */
function valuesOf(learner: ResidualLearner, state: SavedState, row: Row): [number, number] {
  const { nextHistory: history, nextRewards: rewards, next: item } = row;
  const { error, loss } = errorOf(learner, state, {
    ...{ ...row, history, rewards, item, reward: 10, discount: 0 },
  });
  return [10 - error, 10 - Math.sqrt(loss - error ** 2)];
}

/** The same with the averaged networks in place of the learning ones; they are saved one after the other, then one scale. */
function averagedOnly(state: SavedLearner): SavedState {
  const half = (state.variables.length - 1) / 2;
  const averaged = state.variables.slice(half, 2 * half);
  return { ...state, variables: [...averaged, ...averaged, state.variables.at(-1)!] };
}
