/**
 * Prioritized replay alone, behind another tensor library: Q-learning with linear values in ml-matrix.
 *
 * The task is a walk of seven places between a loss and a win. Its values are known: place i, counted from 1, is worth i / 4 − 1.
 */
import { Matrix, solve } from 'ml-matrix';
import { Random } from '@rl-recsys/random';
import { float32, PrioritizedReplay } from '@rl-recsys/replay-buffer';

const PLACES = 7;
const random = Random.fromSeed(1);
const fields = { state: float32(PLACES), reward: float32(), nextState: float32(PLACES), discount: float32() };
const replay = new PrioritizedReplay({ capacity: 5000, fields, random: random.fork('replay') });

const oneHot = (place: number) =>
  Float32Array.from({ length: PLACES }, (_, each) => (each === place ? 1 : 0));
for (let episode = 0; episode < 300; episode++) {
  for (let place = 3, over = false; !over;) {
    const next = place + (random.uniform() < 0.5 ? -1 : 1);
    over = next < 0 || next === PLACES;
    replay.add({
      state: oneHot(place),
      reward: next === PLACES ? 1 : next < 0 ? -1 : 0,
      nextState: oneHot(next),
      discount: over ? 0 : 1,
    });
    place = next;
  }
}

// Fitted iteration: values are regressed on what was earned and what the last values say of the next place.
let values = Matrix.zeros(PLACES, 1);
const batch = replay.createBatch(512);
for (let iteration = 0; iteration < 150; iteration++) {
  replay.sample(batch, { beta: 1 });
  const { state, reward, nextState, discount } = batch.columns;
  const matrix = (column: Float32Array, columns: number) =>
    Matrix.from1DArray(batch.ids.length, columns, column);
  const states = matrix(state, PLACES);
  const targets = Matrix.add(
    matrix(reward, 1),
    Matrix.mul(matrix(discount, 1), matrix(nextState, PLACES).mmul(values)),
  );
  const errors = Matrix.sub(targets, states.mmul(values)).to1DArray();
  const weighted = states.transpose().mulRowVector(Array.from(batch.weights));
  const ridge = Matrix.eye(PLACES).mul(1e-3);
  const fitted = solve(Matrix.add(weighted.mmul(states), ridge), weighted.mmul(targets));
  values = Matrix.add(Matrix.mul(values, 0.7), Matrix.mul(fitted, 0.3));
  replay.updatePriorities(batch.ids, Float32Array.from(errors));
}
console.log(
  `values: ${values
    .to1DArray()
    .map((value) => value.toFixed(2))
    .join(' ')}`,
);
console.log('truth:  -0.75 -0.50 -0.25 0.00 0.25 0.50 0.75');
