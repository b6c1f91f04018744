import { Random } from '@rl-recsys/random';
import { RewardModel, type RewardModelOptions } from '../../src/index.js';
import { blocks, sizes } from '../residual/toy.js';
import { randomTable } from '../random-table.js';

/** A small model over the tables of the residual learner's toy. */
export function toyModel(options: Partial<RewardModelOptions> = {}): RewardModel {
  const random = Random.fromSeed('toy');
  return new RewardModel({
    users: randomTable(sizes.users, 3, random.fork('users')),
    items: randomTable(sizes.items, 3, random.fork('items')),
    ...{ blocks, historySize: sizes.historySize, hiddenSize: 8 },
    random: random.fork('model'),
    ...options,
  });
}
