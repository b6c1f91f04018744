import { describe, expect, test } from '@jest/globals';
import type { Configuration } from '../src/results/configuration.js';
import { listExperiments } from '../src/results/experiments.js';
import type {
  CutoffMeasured,
  Measured,
  PolicyMeasured,
  RecommendingMeasured,
} from '../src/results/measured.js';
import { figure, meanCell, signed } from '../src/results/page/figures.js';
import { formatPage } from '../src/results/page/page.js';
import type { Run } from '../src/results/run-file.js';

const configuration: Configuration = {
  seeds: [1, 2],
  sections: [
    {
      ...{ kind: 'recommending', dataset: 'ml-100k', sequenceBlocks: ['none', 'gru4rec'] },
      heldOut: ['newest-fifth', 'last-item'],
    },
    { kind: 'baselines', dataset: 'ml-100k' },
    { kind: 'log', dataset: 'ml-100k', variant: 'residual', stateModules: ['drr-ave', 'gru'] },
    { kind: 'log', dataset: 'ml-100k', variant: 'paper', stateModules: ['drr-ave'] },
    {
      ...{ kind: 'simulator', dataset: 'ml-100k', stateModules: ['drr-ave', 'drr-u'], baselines: true },
      ...{ sessions: 200, lengths: [10] },
    },
    { kind: 'moving', tasks: ['types', 'learned'], stateModules: ['decaying-sums'], steps: 64 },
  ],
  ablations: [
    {
      ...{ title: 'Length of the history', dataset: 'ml-100k', variant: 'residual' },
      rows: [{ label: '10 likes', name: 'drr-ave', options: {} }],
    },
  ],
};

function policy(name: string, mean: number, difference?: [mean: number, low: number]): PolicyMeasured {
  const interval = { mean, low: mean - 0.02, high: mean + 0.02 };
  const rest = { recall: 0.1, averagePrecision: 0.2, reciprocalRank: 0.3, hitRate: 0.4 };
  const at = (cutoff: number): CutoffMeasured => ({ cutoff, precision: interval, ndcg: interval, ...rest });
  const own = { policy: name, reranking: [at(5), at(10)] };
  const full = [{ ...at(10), coverage: 0.25, gini: 0.5, novelty: 3, diversity: 0.75 }];
  if (!difference) return { ...own, full };
  const [middle, low] = difference;
  const less = { mean: middle, low, high: 2 * middle - low };
  const differences = [5, 10].map((cutoff) => ({ cutoff, precision: less, ndcg: less }));
  return { ...own, full, differences: { reranking: differences, full: differences } };
}

function pageOf(measured: Readonly<Record<string, Measured>>) {
  const machine = { cpu: 'Some CPU', cores: 2, memoryGiB: 8, platform: 'linux x64', node: '20', tfjs: '4' };
  const runs = listExperiments(configuration).flatMap(({ id, kind, options }): [string, Run][] => {
    const own = measured[id];
    const facts = { id, kind, options, machine: { ...machine, date: '2020-01-01' }, seconds: 600 };
    return own ? [[id, { ...facts, measured: own }]] : [];
  });
  return formatPage({ configuration, runs: new Map(runs) }, { plotFolder: 'plots' });
}

/** The cells of each row that begins so, without the spaces that align them. */
function rowsOf(markdown: string, label: string): string[][] {
  const rows = markdown.split('\n').map((line) => line.split('|').slice(1, -1));
  return rows.map((cells) => cells.map((cell) => cell.trim())).filter(([first]) => first === label);
}

const curve = [
  { step: 10, reward: 0.1, criticLoss: null },
  { step: 20, reward: 0.3, criticLoss: 0.5 },
];
const residual = (drr: number, difference: [number, number], mix: number) => ({
  policies: [
    policy('matrix factorisation', 0.69),
    policy('static mix', mix, [0.01, 0.005]),
    policy('DRR', drr, difference),
  ],
  curve,
});
const log = {
  'ml-100k/baselines/seed-1': {
    policies: [policy('random', 0.5, [-0.1, -0.2]), policy('matrix factorisation', 0.692)],
  },
  'ml-100k/residual/drr-ave/seed-1': residual(0.7, [0.01, 0.002], 0.701),
  'ml-100k/residual/drr-ave/seed-2': residual(0.72, [0.006, -0.001], 0.705),
};

describe('figures', () => {
  test('have no zero before the point, and a real minus', () => {
    expect([figure(0.68384), figure(-0.0012), figure(12.34, 1), figure(-0.00001)]).toEqual([
      ...['.6838', '−.0012', '12.3', '.0000'],
    ]);
    expect([signed(0.0093), signed(-0.0093), signed(0)]).toEqual(['+.0093', '−.0093', '+.0000']);
  });

  test('are means over seeds with half of the t-interval', () => {
    // s / √n = .01, and t of one degree of freedom is 12.706.
    expect(meanCell([0.7, 0.72])).toBe('.7100 ± .1271');
    expect(meanCell([0.7])).toBe('.7000');
    expect(meanCell([0.7, 0.7])).toBe('.7000');
    expect(meanCell([null])).toBe('–');
    expect(meanCell([])).toBe('–');
  });
});

describe('the page', () => {
  const { markdown, plots } = pageOf(log);

  test('says how much of it has been run, where and for how long', () => {
    expect(markdown).toContain('- 3 of 24 experiments have been run, which took 30 minutes in all.');
    expect(markdown).toContain('- Some CPU, 2 cores, 8 GiB, linux x64; Node.js 20, TensorFlow.js 4');
  });

  test('has the means of each policy, and – for what has not been run', () => {
    const [reranking, full, differences] = rowsOf(markdown, '**DRR, residual**');
    expect(reranking!.slice(1, 3)).toEqual(['.7100 ± .1271', '.7100 ± .1271']);
    expect(reranking!.slice(5)).toEqual(['.2000', '.2000', '.3000', '.3000']);
    expect(full!.slice(4)).toEqual(['.4000', '.250', '.500', '3.00', '.750']);
    expect(differences![1]).toBe('+.0080 ± .0254');
    for (const cells of rowsOf(markdown, 'DRR, the paper’s')) {
      expect(new Set(cells.slice(1))).toEqual(new Set(['–']));
    }
    expect(rowsOf(markdown, 'gru')[0]!.slice(1)).toEqual(new Array(6).fill('–'));
  });

  test('has each seed’s interval over users', () => {
    expect(rowsOf(markdown, '1')[0]!.slice(1, 4)).toEqual([
      ...['+.0100 (+.0020 to +.0180)', '+.0100 (+.0020 to +.0180)', '–'],
    ]);
    expect(rowsOf(markdown, '2')[0]![1]).toBe('+.0060 (−.0010 to +.0130)');
  });

  test('says what of the goals was met, and by how much the others were missed', () => {
    const verdictOf = (goal: string) => rowsOf(markdown, goal)[0]!.slice(1);
    // Of seed 1, the only one with baselines: .7 − .692.
    expect(
      verdictOf('MovieLens 100K, P@5: at least +.007 over biased matrix factorisation, folded in or not'),
    ).toEqual([...['+.0080 to it with users folded in, +.0080 to it as fitted', 'met']]);
    expect(
      verdictOf(
        'MovieLens 100K, NDCG@5: at least +.010 over biased matrix factorisation, folded in or not',
      )[1],
    ).toBe('missed by .0020');
    expect(verdictOf('MovieLens 100K, P@5: every seed is above it')).toEqual([
      '2 of 2, the least +.0060',
      'met',
    ]);
    expect(verdictOf('MovieLens 100K, P@5: every seed’s 95 % interval over users is above 0')).toEqual([
      ...['1 of 2', 'missed by 1 of 2'],
    ]);
    expect(verdictOf('MovieLens 100K, P@5: not below the static mix of the same vectors')).toEqual([
      ...['+.0070 beside it', 'met'],
    ]);
    expect(verdictOf('MovieLens 1M, P@5: every seed is above it')).toEqual(['–', 'not run yet']);
  });

  test('refers to the pictures that it has, and to no other', () => {
    const pictures = [...markdown.matchAll(/\]\(plots\/(.*?)\)/g)].map(([, name]) => name);
    expect(pictures).toEqual(['ml-100k-precision.svg', 'ml-100k-learning.svg']);
    expect([...plots.keys()]).toEqual(pictures);
    expect(plots.get('ml-100k-precision.svg')).toContain('>.710<');
    expect(pageOf(log).plots).toEqual(plots); // the same data, the same bytes
  });

  test('judges by the better factorization', () => {
    const policies = [policy('matrix factorisation', 0.698)];
    const stricter = pageOf({ ...log, 'ml-100k/baselines/seed-1': { policies } }).markdown;
    const goal = 'MovieLens 100K, P@5: at least +.007 over biased matrix factorisation, folded in or not';
    expect(rowsOf(stricter, goal)[0]![2]).toBe('missed by .0050');
  });
});

describe('the page on sessions', () => {
  const interval = (mean: number) => ({ mean, low: mean, high: mean });
  const sessions = [
    { policy: 'DRR', steps: 10, reward: interval(5), length: interval(10), repeatRate: interval(0) },
  ];
  const moving = (task: string, seed: number, rest: object) => ({
    ...{ task, seed, rewards: { 'DRR, γ = 0.98': 4, greedy: 3 }, ...rest },
  });
  const above = { greedy: { mean: 0.2, low: 0.1, high: 0.3 } };
  const below = { greedy: { mean: 0.05, low: -0.01, high: 0.1 } };
  const { markdown, plots } = pageOf({
    'simulator/ml-100k/drr-ave/seed-1': { sessions },
    'simulator/ml-100k/drr-u/seed-1': { sessions: [{ ...sessions[0]!, reward: interval(6) }] },
    'moving/types/decaying-sums/seed-1': moving('types', 1, { gapClosed: 0.9, lengths: { greedy: 12 } }),
    'moving/types/decaying-sums/seed-2': moving('types', 2, { gapClosed: 0.75 }),
    'moving/learned/decaying-sums/seed-1': moving('learned', 1, {
      differences: { ...above, other: below.greedy },
    }),
  });

  test('has the rewards of both', () => {
    expect(rowsOf(markdown, 'DRR')[0]).toEqual(['DRR', '5.000', '10.000', '.000']);
    expect(rowsOf(markdown, 'greedy')[0]).toEqual(['greedy', '3.000', '12.00']);
    expect(rowsOf(markdown, 'drr-u')[0]).toEqual(['drr-u', '6.000', '–']);
    expect([...plots.keys()]).toEqual(['moving-types.svg', 'moving-learned.svg']);
  });

  test('says by how much a goal was missed', () => {
    const types =
      'Moving taste, types: DRR closes 90 % of the gap between greedy and the plan, with every seed';
    expect(rowsOf(markdown, types)[0]!.slice(1)).toEqual([
      ...['83 % (90 %, 75 %)', 'missed by 15.0 %, with 1 of 2 seeds'],
    ]);
    const learned =
      'Moving taste, learned vectors: DRR is above every policy that does not look ahead, intervals excluding 0';
    expect(rowsOf(markdown, learned)[0]!.slice(1)).toEqual([
      ...['1 of 2 differences, the least +.050 (to other) (1 of 2 seeds)', 'missed by 1 of 2 so far'],
    ]);
  });
});

describe('recommending from the whole catalogue', () => {
  const at = (cutoff: number, mean: number): CutoffMeasured => {
    const interval = { mean, low: mean - 0.02, high: mean + 0.02 };
    const rest = { recall: 0.1, averagePrecision: 0.2, reciprocalRank: 0.3, hitRate: 2 * mean };
    return { cutoff, precision: interval, ndcg: interval, ...rest };
  };
  const lead = (mean: number, low: number) => {
    const ndcg = { mean, low, high: 2 * mean - low };
    return { cutoff: 10, precision: ndcg, ndcg };
  };
  /** EASE is the best block; DRR is so much above it, with an interval of ±.01. */
  const measured = (above: number): RecommendingMeasured => ({
    policies: [
      {
        ...{ policy: 'SLIT', role: 'block', catalogue: at(10, 0.1), few: at(5, 0.6) },
        lead: { catalogue: lead(above + 0.1, above + 0.09) },
      },
      {
        ...{ policy: 'EASE', role: 'block', catalogue: at(10, 0.2), few: at(5, 0.7) },
        lead: { catalogue: lead(above, above - 0.01) },
      },
      {
        ...{ policy: 'static mix', role: 'mix', catalogue: at(10, 0.2 + above), few: at(5, 0.81) },
        lead: { catalogue: lead(0, 0) },
      },
      { policy: 'DRR', role: 'trained', catalogue: at(10, 0.2 + above), few: at(5, 0.81) },
    ],
    mix: { SLIT: 0, EASE: 2 },
    trust: { catalogue: 0, few: 0 },
  });
  const { markdown } = pageOf({
    'ml-100k/recommending/newest-fifth/none/seed-1': measured(0.02),
    'ml-100k/recommending/newest-fifth/none/seed-2': measured(0.006),
    'ml-100k/recommending/last-item/none/seed-1': measured(0.02),
  });

  test('goals are held against the best block alone, with what is missing', () => {
    const goal = (text: string) => rowsOf(markdown, `MovieLens 100K, DRR: ${text}`)[0]?.slice(1);
    expect(goal('catalogue, NDCG@10 at least +.015 above the best single block')).toEqual([
      '+.0130 over EASE',
      'missed by .0020',
    ]);
    expect(goal('catalogue, every seed’s 95 % interval over users is above 0')).toEqual([
      '1 of 2',
      'missed by 1 of 2',
    ]);
    expect(goal('catalogue, above the static mix, intervals over users excluding 0')).toEqual([
      '+.0000; 0 of 2',
      'missed by 2 of 2',
    ]);
    expect(goal('re-ranking, P@5 and NDCG@5 not below .7021 and .8108 by more than .002')).toEqual([
      '.8100 and .8100',
      'met',
    ]);
    expect(goal('next item, hit rate@10 at least .225')).toEqual(['.4400 (1 of 2 seeds)', 'met so far']);
  });

  test('tables have what DRR is above each, and say that nothing learned is followed', () => {
    const [ease] = rowsOf(markdown, 'EASE');
    expect(ease!.slice(1, 3)).toEqual(['.2000', '+.0130 ± .0889']);
    expect(markdown).toContain('What was learned beside the mix is followed with no seed');
    expect(markdown).toContain('catalogue, GRU4Rec as a block too\n\nNot run yet.');
  });
});
