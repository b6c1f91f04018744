import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { train } from '@rl-recsys/agent';
import { box, discrete, timeLimit, type Environment } from '@rl-recsys/environment';
import { ratingLogEnvironment } from '@rl-recsys/simulators';
import { Random } from '@rl-recsys/random';
import { createRecommender } from '@rl-recsys/recommender';
import { useWasmBackend } from '../src/backend.js';
import { strongBaselines } from '../src/comparison/strong-baselines.js';
import type { Options } from '../src/options/option.js';
import { parseTrainOptions } from '../src/options/parse.js';
import type { LogRunOptions, RunOptions } from '../src/options/run-options.js';
import { environment } from '../src/scenarios/environment/index.js';
import { logScenarioOf, logVariantOf } from '../src/scenarios/index.js';
import { residualInSessions } from '../src/variants/residual/index.js';
import type { EnvironmentRunOptions } from '../src/variants/variant.js';
import { temporaryFolder, writeShop } from './shop.js';

const folder = temporaryFolder();
const { file } = writeShop(folder);
const csv = {
  ...{ dataset: 'csv', ratings: file, userColumn: 'customer', itemColumn: 'product', ratingColumn: 'stars' },
  ...{ steps: 130, batchSize: 8 },
};

beforeAll(() => useWasmBackend());

/** The options, and the names of those that somebody has read. */
function watched<Given extends object>(options: Given): { options: Given; read: Set<string> } {
  const read = new Set<string>();
  const handler: ProxyHandler<Given> = {
    get: (target, name) => {
      read.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  };
  return { options: new Proxy(options, handler), read };
}

const unread = (declared: Options, read: ReadonlySet<string>) =>
  Object.keys(declared).filter((name) => !read.has(name));

test.each(['residual', 'paper'])(
  'training of the %s variant reads every option that it takes',
  async (name) => {
    const parsed = parseTrainOptions({ ...csv, variant: name }) as LogRunOptions;
    const [scenario, variant] = [logScenarioOf(parsed), logVariantOf(parsed)];
    const { dataset } = await scenario.load(parsed);
    const { train: log } = scenario.holdOut(dataset.log, 1);
    const { options, read } = watched(parsed);
    const made = await variant.make({ log, options, random: Random.fromSeed(1) });
    await train(made);
    // And the table that follows.
    await strongBaselines(
      log,
      options,
      await variant.compare(createRecommender({ ...made, ...dataset }), log),
    );
    made.agent.dispose();
    expect(unread(variant.options, read)).toEqual([]);
  },
);

test('so it does in sessions with a simulator', async () => {
  const parsed = parseTrainOptions({ ...csv, variant: 'residual' }) as LogRunOptions;
  const { dataset } = await logScenarioOf(parsed).load(parsed);
  const { options, read } = watched({ ...parsed, historySize: 5 });
  const made = await residualInSessions.make({
    ...{ log: dataset.log, options, random: Random.fromSeed(1) },
    simulator: (session) => timeLimit(ratingLogEnvironment({ log: dataset.log, ...session }), 5),
  });
  await train(made);
  const recommender = createRecommender({ ...made, ...dataset });
  await strongBaselines(dataset.log, options, await residualInSessions.compare(recommender, dataset.log));
  expect(unread(residualInSessions.options, read)).toEqual([]);
});

const line: Environment<Float32Array, number> = {
  observationSpace: box({ low: -1, high: 1, length: 1 }),
  actionSpace: discrete(2),
  reset: () => ({ observation: Float32Array.of(0), info: {} }),
  step: () => ({ observation: Float32Array.of(0), reward: 0, terminated: true, truncated: false, info: {} }),
};

test.each(environment.variants.map((variant) => [variant.name, variant] as const))(
  'training of %s on an environment reads every option that it takes',
  async (name, variant) => {
    const parsed = parseTrainOptions({ env: 'f.mjs', variant: name, steps: 20, batchSize: 8 });
    const { options, read } = watched(parsed);
    const log = (await logScenarioOf(parseTrainOptions(csv) as LogRunOptions).load(parseTrainOptions(csv)))
      .dataset.log;
    const makeShop = () => ratingLogEnvironment({ log, historySize: 3, random: Random.fromSeed(1) });
    const make = [() => line, makeShop].find((each) =>
      variant.fits(each() as Environment<unknown, unknown>),
    )!;
    const another = () => Promise.resolve(make() as Environment<unknown, unknown>);
    const [given, random] = [options as EnvironmentRunOptions, Random.fromSeed(1)];
    const made = await variant.make(await another(), given, random, another, (_, make) => make());
    await train({ ...made, steps: (options as EnvironmentRunOptions).steps });
    expect(unread(variant.options, read)).toEqual([]);
  },
);

test.each<[string, Record<string, unknown>]>([
  ['csv', { ...csv, timeColumn: 'day', scale: [0, 9] }],
  ['events, of ratings', { ratingColumn: 'stars', scale: [0, 9] }],
  ['events, of events', { eventColumn: 'what', weights: { view: 1, cart: 2 } }],
  ['events, of clicks', { clickColumn: 'clicked' }],
])('loading %s reads every option that was given', async (_, given) => {
  const data = join(folder, 'events');
  mkdirSync(data, { recursive: true });
  writeFileSync(
    join(data, 'a.csv'),
    'who,sku,stars,what,clicked,at\na,x,1,view,1,1\na,y,2,cart,0,2\nb,x,2,view,1,3\n',
  );
  writeFileSync(join(folder, 'items.csv'), 'sku,name,kind\nx,X,k\ny,Y,k\n');
  const columns = { userColumn: 'who', itemColumn: 'sku', timeColumn: 'at', maxBadRows: 1 };
  const items = { itemsFile: join(folder, 'items.csv'), titleColumn: 'name', categoryColumn: 'kind' };
  const all = 'dataset' in given ? given : { dataset: 'events', data, ...columns, ...items, ...given };
  const parsed = parseTrainOptions(all);
  const { options, read } = watched<RunOptions>(parsed);
  const { dataset } = await logScenarioOf(parsed as LogRunOptions).load(options);
  expect(dataset.log.ratings.length).toBeGreaterThan(2);
  const scenarioOptions = logScenarioOf(parsed as LogRunOptions).options;
  expect(Object.keys(all).filter((name) => name in scenarioOptions && !read.has(name))).toEqual([]);
});
