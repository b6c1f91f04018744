import { expect, test } from '@jest/globals';
import {
  canBeSaved,
  timeLimit,
  type Environment,
  type RecommendationObservation,
} from '@rl-recsys/environment';
import { Random } from '@rl-recsys/random';
import {
  catalogueEnvironment,
  drawLogMoments,
  logMomentsEnvironment,
  movingTasteCatalogue,
  movingTasteEnvironment,
  ratingLogEnvironment,
  ratingModelEnvironment,
  syntheticRatingLog,
} from '../src/index.js';

type Sessions = Environment<RecommendationObservation, number>;

const log = syntheticRatingLog({ users: 20, items: 64, ratingsPerUser: 14, random: Random.fromSeed(1) });
const moments = drawLogMoments(log, { random: Random.fromSeed(2) });
const world = movingTasteCatalogue({ users: 10, items: 30, random: Random.fromSeed(1) });
const historySize = 4;

const makes: Record<string, (random: Random) => Sessions> = {
  'a log': (random) => ratingLogEnvironment({ log, historySize, random }),
  'moments of a log': (random) => logMomentsEnvironment({ log, moments, historySize, random }),
  'a catalogue': (random) => timeLimit(catalogueEnvironment({ log, moments, historySize, random }), 8),
  'a model of ratings': (random) =>
    timeLimit(ratingModelEnvironment({ log, predict: () => 3, historySize, random }), 6),
  'moving taste': (random) => movingTasteEnvironment({ world, historySize, random }),
};

/** Shows the first candidate so often, and tells what came of it. */
async function show(
  environment: Sessions,
  observation: RecommendationObservation | undefined,
  steps: number,
) {
  const seen: unknown[] = [];
  for (let step = 0; step < steps; step++) {
    observation ??= (await environment.reset()).observation;
    const answer = await environment.step(observation.candidates[0]!);
    seen.push(answer);
    observation = answer.terminated || answer.truncated ? undefined : answer.observation;
  }
  return { seen, observation };
}

test.each(Object.entries(makes))(
  '%s: stopped anywhere, it goes on elsewhere as if it had not been',
  async (_, make) => {
    for (const steps of [1, 5, 13, 40]) {
      const one = make(Random.fromSeed(3));
      const { observation } = await show(one, undefined, steps);
      const other = make(Random.fromSeed(9));
      const state = await one.state!();
      await other.restore!(state);
      const [kept, went] = [structuredClone(state), await show(one, observation, 60)];
      expect(state).toEqual(kept); // a copy
      expect(await show(other, observation, 60)).toEqual(went);
    }
  },
);

test.each(Object.entries(makes))('%s: another state is refused, and changes nothing', async (name, make) => {
  const [one, twin] = [make(Random.fromSeed(3)), make(Random.fromSeed(3))];
  const { observation } = await show(one, undefined, 3);
  await show(twin, undefined, 3);
  expect(canBeSaved(one)).toBe(true);
  for (const [other, makeOther] of Object.entries(makes)) {
    if (other === name || [name, other].every((each) => each.includes('a log'))) continue;
    const foreign = makeOther(Random.fromSeed(4));
    await show(foreign, undefined, 2);
    const state = await foreign.state!();
    expect(() => one.restore!(state)).toThrow(/expected/);
  }
  expect(await show(one, observation, 20)).toEqual(await show(twin, observation, 20));
});
