/**
 * Off-policy evaluation of a log: what would another policy have earned, from what was shown with which probability?
 *
 * The log is a file of lines `{ "shown", "probability", "reward", "hour" }`. The new policy shows news in the morning and films in the evening.
 */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeEstimate,
  doublyRobust,
  inversePropensityScore,
  selfNormalizedInversePropensityScore,
} from '@rl-recsys/off-policy';
import { Random } from '@rl-recsys/random';

interface Line {
  readonly shown: string;
  readonly probability: number;
  readonly reward: number;
  readonly hour: number;
}

const SHELVES = ['news', 'films', 'sports'];

// The log as a service would have written it: shelves were drawn, films in half of all cases.
const random = Random.fromSeed(1);
const logged: Record<string, number> = { news: 0.25, films: 0.5, sports: 0.25 };
const clicked = (shelf: string, hour: number) =>
  shelf === 'news' ? (hour < 12 ? 0.3 : 0.05) : hour < 12 ? 0.05 : 0.2;
const lines = Array.from({ length: 5000 }, () => {
  const [hour, draw] = [random.integer(24), random.uniform()];
  const shown = draw < 0.25 ? 'news' : draw < 0.75 ? 'films' : 'sports';
  return JSON.stringify({
    shown,
    probability: logged[shown],
    reward: random.uniform() < clicked(shown, hour) ? 1 : 0,
    hour,
  });
});
const file = join(await mkdtemp(join(tmpdir(), 'log-')), 'shown.ndjson');
await writeFile(file, lines.join('\n'));

const log = (await readFile(file, 'utf8')).split('\n').map((line) => JSON.parse(line) as Line);
/** With which probability the new policy would show a shelf. */
const wanted = (shelf: string, hour: number) => (shelf === (hour < 12 ? 'news' : 'films') ? 0.8 : 0.1);
const rounds = {
  rewards: Float64Array.from(log, ({ reward }) => reward),
  propensities: Float64Array.from(log, ({ probability }) => probability),
  targetProbabilities: Float64Array.from(log, ({ shown, hour }) => wanted(shown, hour)),
};

// A model of rewards, fitted on a half that is not judged: the mean of each shelf before and after noon.
const [fitting, judged] = [log.slice(0, 2500), log.slice(2500)];
const meanOf = (shelf: string, morning: boolean) => {
  const those = fitting.filter(({ shown, hour }) => shown === shelf && hour < 12 === morning);
  return those.reduce((sum, { reward }) => sum + reward, 0) / those.length;
};
const means = new Map(
  SHELVES.flatMap((shelf) => [true, false].map((morning) => [`${shelf} ${morning}`, meanOf(shelf, morning)])),
);
const predicted = (shelf: string, hour: number) => means.get(`${shelf} ${hour < 12}`)!;
const half = {
  rewards: rounds.rewards.slice(2500),
  propensities: rounds.propensities.slice(2500),
  targetProbabilities: rounds.targetProbabilities.slice(2500),
};
const model = {
  logged: Float64Array.from(judged, ({ shown, hour }) => predicted(shown, hour)),
  expected: Float64Array.from(judged, ({ hour }) =>
    SHELVES.reduce((sum, shelf) => sum + wanted(shelf, hour) * predicted(shelf, hour), 0),
  ),
};

const truth = [0, 12].map((hour) =>
  SHELVES.reduce((sum, shelf) => sum + wanted(shelf, hour) * clicked(shelf, hour), 0),
);
console.log(`truth: ${((truth[0]! + truth[1]!) / 2).toFixed(4)}`);
console.log(`IPS: ${describeEstimate(inversePropensityScore(rounds, { random }))}`);
console.log(`SNIPS: ${describeEstimate(selfNormalizedInversePropensityScore(rounds, { random }))}`);
console.log(`doubly robust: ${describeEstimate(doublyRobust(half, model, { random }))}`);
