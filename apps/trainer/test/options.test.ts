import { describe, expect, test } from '@jest/globals';
import { flagOf } from '../src/options/option.js';
import { parseTrainOptions } from '../src/options/parse.js';
import { scenarios } from '../src/scenarios/index.js';
import { readingOptions } from '../src/scenarios/reading-options.js';

/** What must be given to have a scenario and a variant. */
const runs = {
  'moving-taste residual': {},
  'moving-taste paper': { variant: 'paper' },
  'synthetic gated': { dataset: 'synthetic' },
  'synthetic residual': { dataset: 'synthetic', variant: 'residual' },
  'synthetic paper': { dataset: 'synthetic', variant: 'paper' },
  'csv gated': { dataset: 'csv', ratings: 'f.csv' },
  'csv residual': { dataset: 'csv', ratings: 'f.csv', variant: 'residual' },
  'csv paper': { dataset: 'csv', ratings: 'f.csv', variant: 'paper' },
  'events gated': { dataset: 'events', data: 'folder' },
  'events residual': { dataset: 'events', data: 'folder', variant: 'residual' },
  'events paper': { dataset: 'events', data: 'folder', variant: 'paper' },
  'ml-1m gated': { dataset: 'ml-1m' },
  'ml-1m residual': { dataset: 'ml-1m', variant: 'residual' },
  'ml-1m paper': { dataset: 'ml-1m', variant: 'paper' },
  'jester gated': { dataset: 'jester' },
  'jester residual': { dataset: 'jester', variant: 'residual' },
  'jester paper': { dataset: 'jester', variant: 'paper' },
  'env residual': { env: 'f.mjs', variant: 'residual' },
  'env paper': { env: 'f.mjs', variant: 'paper' },
  'env td3': { env: 'f.mjs', variant: 'td3' },
} as const;
type Run = keyof typeof runs;
const all = Object.keys(runs) as Run[];
const of = (pattern: RegExp) => all.filter((run) => pattern.test(run));

/** A value of each option that is not its default anywhere, what it needs beside it, and where it has an effect. */
const options: Record<string, { value: unknown; beside?: Record<string, unknown>; effectIn: Run[] }> = {
  seed: { value: 7, effectIn: all },
  threads: { value: 2, effectIn: all },
  runs: { value: 'elsewhere', effectIn: all },
  name: { value: 'mine', effectIn: all },
  data: { value: 'place', effectIn: of(/^(events|ml-1m|jester)/) },
  ratings: { value: 'other.csv', effectIn: of(/^csv/) },
  env: { value: 'other.mjs', effectIn: of(/^env/) },
  stepTimeout: { value: 9, effectIn: of(/^env/) },
  userColumn: { value: 'who', effectIn: of(/^(csv|events)/) },
  itemColumn: { value: 'sku', effectIn: of(/^(csv|events)/) },
  ratingColumn: { value: 'stars', effectIn: of(/^(csv|events)/) },
  timeColumn: { value: 'at', effectIn: of(/^(csv|events)/) },
  encoding: { value: 'latin1', effectIn: of(/^(csv|events)/) },
  scale: { value: [1, 5], effectIn: of(/^(csv|events)/) },
  counts: { value: 'log', effectIn: of(/^(csv|events)/) },
  zeroIsImplicit: { value: true, effectIn: of(/^(csv|events)/) },
  pairs: { value: true, effectIn: of(/^(csv|events)/) },
  columns: { value: ['user', 'item', 'rating'], effectIn: of(/^(csv|events)/) },
  decimal: { value: 'comma', effectIn: of(/^(csv|events)/) },
  format: { value: 'csv', effectIn: of(/^events/) },
  eventColumn: { value: 'what', beside: { weights: { view: 1 } }, effectIn: of(/^(csv|events)/) },
  weights: { value: { view: 1 }, beside: { eventColumn: 'what' }, effectIn: of(/^(csv|events)/) },
  clickColumn: { value: 'clicked', effectIn: of(/^(csv|events)/) },
  maxBadRows: { value: 3, effectIn: of(/^(csv|events)/) },
  minimumPerUser: { value: 5, effectIn: of(/^(csv|events)/) },
  minimumPerItem: { value: 5, effectIn: of(/^(csv|events)/) },
  itemsFile: { value: 'i.csv', beside: { titleColumn: 'name' }, effectIn: of(/^(csv|events)/) },
  titleColumn: { value: 'name', beside: { itemsFile: 'i.csv' }, effectIn: of(/^(csv|events)/) },
  categoryColumn: { value: 'kind', beside: { itemsFile: 'i.csv' }, effectIn: of(/^(csv|events)/) },
  steps: { value: 12, effectIn: all },
  batchSize: { value: 9, effectIn: all },
  gamma: { value: 0.3, effectIn: all },
  rewardScale: { value: 0.1, effectIn: all },
  rewardClip: { value: 2, effectIn: all },
  stateModule: { value: 'gru', effectIn: of(/gated|residual|paper/) },
  replay: { value: 'other', effectIn: of(/gated|residual|paper/) }, // the one that is not the default
  historySize: { value: 4, effectIn: of(/^(?!env)/) },
  sessionLength: { value: 3, effectIn: of(/^(?!env|moving-taste residual)/) },
  trainableEmbeddings: { value: true, effectIn: of(/^(?!env).*residual/) },
  embeddingSize: { value: 6, effectIn: of(/^(?!env).*paper/) },
  algorithm: { value: 'td3', effectIn: of(/paper/) },
  stateSignal: { value: 'both', effectIn: of(/paper/) },
  goal: { value: 'next-item', effectIn: of(/gated/) },
  baselines: { value: 'all', effectIn: of(/^(?!env)/) },
  sequenceBlock: { value: 'gru4rec', effectIn: of(/gated/) },
  sessions: { value: 3, effectIn: ['env residual'] },
};

test('there is no other option', () => {
  const known = scenarios.flatMap(({ options: own, variants }) => [
    ...Object.keys(own),
    ...variants.flatMap((variant) => Object.keys(variant.options)),
  ]);
  expect([...new Set(known)].filter((name) => !(name in options))).toEqual([]);
});

describe.each(all)('in a run of %s', (run) => {
  test.each(Object.keys(options))('%s has an effect or is refused', (name) => {
    const { beside = {}, effectIn } = options[name]!;
    const usual = parseTrainOptions(runs[run]) as unknown as Record<string, unknown>;
    const value =
      name === 'replay' ? (usual['replay'] === 'uniform' ? 'prioritized' : 'uniform') : options[name]!.value;
    const given = { ...runs[run], ...beside, [name]: value };
    if (effectIn.includes(run)) {
      expect(usual[name]).not.toEqual(value);
      expect(parseTrainOptions(given)).toMatchObject({ [name]: value });
    } else if (name === 'env') {
      if ('dataset' in runs[run])
        expect(() => parseTrainOptions(given)).toThrow('--env: expected without --dataset');
    } else {
      const alone = { ...runs[run], [name]: value };
      expect(() => parseTrainOptions(alone)).toThrow(
        new RegExp(`^${flagOf(name)}: expected with .+ only; here it would have no effect: .+[^.]$`),
      );
    }
  });
});

test.each([
  [{ embeddingSize: 6 }, 'expected with the paper variant only', 'as long as the blocks'],
  [
    { sessionLength: 5 },
    'the paper variant, --dataset synthetic, --dataset csv',
    'ends when the user leaves',
  ],
  [
    { minimumPerUser: 5 },
    'expected with --dataset csv or --dataset events only',
    'users of moving-taste are simulated',
  ],
  [{ dataset: 'ml-1m', userColumn: 'u' }, 'expected with --dataset csv or --dataset events', 'are known'],
  [{ env: 'f', historySize: 5 }, 'expected with --dataset moving-taste', 'the environment says how many'],
  [
    { env: 'f', variant: 'td3', replay: 'uniform' },
    'expected with the residual variant or the paper variant',
    'draws past steps uniformly',
  ],
])('%j is refused with what it goes with, and why', (given, place, why) => {
  const refusal = expect(() => parseTrainOptions(given));
  refusal.toThrow(place);
  refusal.toThrow(why);
});

test.each(['often', 1, -0.1, ''])('--gamma %j is refused where it may be auto', (gamma) => {
  const expected = '--gamma: expected auto or a number from 0 to below 1, got ';
  expect(() => parseTrainOptions({ env: 'f.mjs', variant: 'residual', gamma })).toThrow(
    expected + JSON.stringify(gamma),
  );
});

const events = { dataset: 'events', data: 'folder' };
test.each([
  [{ eventColumn: 'what' }, '--weights: expected with --event-column'],
  [{ weights: { view: 1 } }, '--weights: expected with --event-column'],
  [
    { eventColumn: 'what', weights: { view: 1 }, clickColumn: 'c' },
    '--event-column: expected without --click-column',
  ],
  [{ ratingColumn: 'r', clickColumn: 'c' }, '--rating-column: expected without'],
  [{ ratingColumn: 'r', eventColumn: 'what', weights: { view: 1 } }, '--rating-column: expected without'],
  [{ scale: [1, 5], clickColumn: 'c' }, '--scale: expected with ratings only'],
  [{ titleColumn: 't' }, '--title-column: expected with --items-file'],
  [{ categoryColumn: 't' }, '--category-column: expected with --items-file'],
  [{ itemsFile: 'f' }, '--items-file: expected with --title-column or --category-column'],
])('of events, %j is refused', (given, message) => {
  expect(() => parseTrainOptions({ ...events, ...given })).toThrow(message);
});

test.each(['view', 'view=', '=1', 'view=1=5', 'view=much', 'view=1,view=3', 'view=1,'])(
  '--weights %s is none',
  (given) => {
    expect(() => readingOptions.weights.read(given)).toThrow('pairs of different names such as view=1');
  },
);

test('--weights are numbers by name', () => {
  expect(readingOptions.weights.read('view=1,cart=-0.5')).toEqual({ view: 1, cart: -0.5 });
});

test.each([
  [{ variant: 'td3' }, '--variant: expected residual or paper with --dataset moving-taste, got td3'],
  [{ env: 'f', variant: 'gated' }, '--variant: expected residual, paper or td3 with --env, got gated'],
  [{ dataset: 'environment' }, '--dataset: expected moving-taste, synthetic, csv, events, ml-100k'],
  [{ dataset: 'ml100k' }, 'got ml100k; did you mean ml-100k?'],
  [{ dataset: 'jetser' }, 'got jetser; did you mean jester?'],
  [{ dataset: 'moving' }, 'got moving; did you mean moving-taste?'],
  [{ dataset: 'netflix' }, /got netflix$/],
  [{ variant: 'residaul' }, 'got residaul; did you mean residual?'],
  [{ dataset: 'events' }, '--data: expected the file, glob or folder of the events'],
])('%j names no run', (given, message) => {
  expect(() => parseTrainOptions(given)).toThrow(message);
});
