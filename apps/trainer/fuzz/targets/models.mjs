// Things beside a plain model of what they should do: replay through adds, updates, saving and loading; metrics within their bounds.
import {
  areaUnderCurveOf,
  averagePrecisionAt,
  gradedNdcgAt,
  hitRateAt,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRankAt,
  rPrecision,
} from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { int32, PrioritizedReplay, UniformReplay } from '@rl-recsys/replay-buffer';
import { loadReplay, saveReplay } from '@rl-recsys/replay-buffer/saved';
import fc from 'fast-check';
import { anyNumber } from '../mutation.mjs';
import { orRefusal } from '../ours.mjs';

const fields = { item: int32() };
const step = fc.oneof(
  fc.record({ kind: fc.constant('add'), count: fc.nat({ max: 9 }) }),
  fc.record({ kind: fc.constant('update'), back: fc.nat({ max: 20 }), error: anyNumber }),
  fc.record({
    kind: fc.constant('sample'),
    count: fc.integer({ min: 1, max: 20 }),
    beta: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constantFrom('load', 'restore') }),
);

const replayProperty = (Replay) =>
  fc.asyncProperty(
    fc.integer({ min: 1, max: 12 }),
    fc.array(step, { maxLength: 12 }),
    async (capacity, steps) => {
      const make = (seed) => new Replay({ capacity, fields, random: Random.fromSeed(seed) });
      let replay = make(1);
      let added = 0;
      for (const { kind, count, back, error, beta } of steps) {
        if (kind === 'add')
          for (let each = 0; each <= count; each++) assert(replay.add({ item: added }) === added++, 'ids');
        else if (kind === 'update')
          await orRefusal(() => replay.updatePriorities([added - 1 - back], [error]));
        else if (kind === 'load') replay = loadReplay(saveReplay(replay), fields);
        else if (kind === 'restore') {
          const other = make(2);
          other.restore(replay.state());
          replay = other;
        } else if (added > 0) {
          const batch = replay.createBatch(count);
          replay.sample(batch, { beta });
          const oldest = Math.max(0, added - capacity);
          assert(
            [...batch.ids].every((id) => id >= oldest && id < added),
            'only what is stored is drawn',
          );
          assert(
            [...batch.ids].every((id, row) => batch.columns.item[row] === id),
            'columns belong to ids',
          );
          assert(
            [...batch.weights].every((weight) => weight > 0 && weight <= 1),
            'weights are within 0 and 1',
          );
        }
        assert(replay.size === Math.min(added, capacity), 'size');
      }
    },
  );

function assert(holds, what) {
  if (!holds) throw new Error(`model: expected ${what}`);
}

/** Where nothing could be found there is no share; that of very large numbers may be rounded to just above 1. */
function assertShare(name, value, count) {
  const isNone = Number.isNaN(value) && count === 0;
  assert(
    value === undefined || isNone || (value >= 0 && value <= 1 + 1e-9),
    `${name} within 0 and 1, got ${value}`,
  );
}

const numbers = fc.array(anyNumber, { maxLength: 8 });
const liked = fc.array(fc.boolean(), { maxLength: 12 });
const count = fc.integer({ min: -1, max: 15 });

export const properties = {
  'uniform replay': replayProperty(UniformReplay),
  'prioritized replay': replayProperty(PrioritizedReplay),
  metrics: fc.asyncProperty(liked, count, fc.nat({ max: 15 }), async (list, k, more) => {
    const all = list.filter(Boolean).length + more;
    const measures = { averagePrecisionAt, hitRateAt, ndcgAt, precisionAt, recallAt, reciprocalRankAt };
    for (const [name, measure] of Object.entries(measures)) {
      assertShare(name, await orRefusal(() => measure(k, list, all)), all);
    }
    assertShare('rPrecision', await orRefusal(() => rPrecision(list, all)), all);
  }),
  'graded metrics': fc.asyncProperty(numbers, numbers, count, async (shown, others, k) => {
    const all = [...shown, ...others];
    const worth = all.filter((each) => each > 0).length;
    assertShare('gradedNdcgAt', await orRefusal(() => gradedNdcgAt(k, shown, all)), worth);
    const relevant = shown.map((each) => each > 0);
    const pairs = relevant.filter(Boolean).length * relevant.filter((each) => !each).length;
    assertShare('areaUnderCurveOf', await orRefusal(() => areaUnderCurveOf(shown, relevant)), pairs);
  }),
};
