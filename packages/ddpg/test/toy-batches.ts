import type { Fields } from '@rl-recsys/replay-buffer';
import { UniformReplay, type Batch, type Transition } from '@rl-recsys/replay-buffer';
import { Random } from '@rl-recsys/random';

/** A batch of these transitions, in their order. */
export function batchOf<F extends Fields>(fields: F, transitions: readonly Transition<F>[]): Batch<F> {
  const random = Random.fromSeed(1);
  const replay = new UniformReplay({ capacity: 1, fields, random });
  const [batch, single] = [replay.createBatch(transitions.length), replay.createBatch(1)];
  batch.weights.fill(1);
  for (const [row, transition] of transitions.entries()) {
    replay.add(transition);
    replay.sample(single, { beta: 1 });
    for (const name of Object.keys(fields)) {
      batch.columns[name]!.set(single.columns[name]!, row * fields[name]!.size);
    }
    batch.ids[row] = row;
  }
  return batch;
}
