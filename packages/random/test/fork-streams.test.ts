import { expect, test } from '@jest/globals';
import { forkStreams, Random } from '../src/index.js';

test('forks each stream of a state by its own path, and leaves all else', () => {
  const [noise, play] = [Random.fromSeed(1), Random.fromSeed(2)];
  noise.uniform(); // where a stream stands does not matter, as with any fork
  const weights = Float32Array.of(1, 2);
  const state = {
    rounds: 3,
    weights,
    parts: [{ random: noise.state() }, null],
    play: play.state(),
    path: 'a',
  };
  expect(forkStreams(state, 'actor 3')).toEqual({
    ...state,
    parts: [{ random: Random.fromSeed(1).fork('actor 3').state() }, null],
    play: Random.fromSeed(2).fork('actor 3').state(),
  });
  expect(forkStreams(state, 'actor 4')).not.toEqual(forkStreams(state, 'actor 3'));
});
