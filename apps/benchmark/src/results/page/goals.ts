import type { DatasetName } from '../configuration.js';
import { figure, meanOf, NOTHING, signed } from './figures.js';
import { atLeast, ofAll, soFar, type GoalLine } from './goal-line.js';
import { recommendingGoals } from './recommending-goals.js';
import {
  differencesOf,
  DRR,
  FACTORIZATION,
  movingOf,
  scoresBySeed,
  type Place,
  type RankedPolicy,
  type Results,
} from './select.js';

const logs: readonly { dataset: DatasetName; title: string; precision: number; ndcg: number }[] = [
  { dataset: 'ml-100k', title: 'MovieLens 100K', precision: 0.007, ndcg: 0.01 },
  { dataset: 'ml-1m', title: 'MovieLens 1M', precision: 0.004, ndcg: 0.004 },
];
const gaps: readonly { task: string; title: string; share: number; everySeed: boolean }[] = [
  { task: 'types', title: 'Moving taste, types', share: 0.92, everySeed: false },
  { task: 'types', title: 'Moving taste, types', share: 0.9, everySeed: true },
  { task: 'catalogue', title: 'Moving taste, catalogue', share: 0.88, everySeed: true },
  { task: 'learned', title: 'Moving taste, learned vectors', share: 0.6, everySeed: false },
];
const measures = [
  { measure: 'precision', short: 'P@5' },
  { measure: 'ndcg', short: 'NDCG@5' },
] as const;

const NOT_RUN = { measured: NOTHING, verdict: 'not run yet' };

/** The goals that were set before, and how far they were met. */
export function goalLines(results: Results): GoalLine[] {
  return [
    ...recommendingGoals(results),
    ...logs.flatMap((log) => logGoals(results, log)),
    ...gaps.map((gap) => gapGoal(results, gap)),
    learnedGoal(results),
  ];
}

function logGoals(results: Results, log: (typeof logs)[number]): GoalLine[] {
  return measures.flatMap(({ measure, short }) => {
    const goal = `${log.title}, ${short}: `;
    const goals = [
      `${goal}at least ${signed(log[measure], 3)} over biased matrix factorisation, folded in or not`,
      `${goal}every seed is above it`,
      `${goal}every seed’s 95 % interval over users is above 0`,
      `${goal}not below the static mix of the same vectors`,
    ];
    const verdicts = rankingVerdicts(results, log, measure);
    return goals.map((each, index) => ({ goal: each, ...(verdicts?.[index] ?? NOT_RUN) }));
  });
}

/** In the order of the goals; undefined where there is no run. */
function rankingVerdicts(
  results: Results,
  { dataset, ...least }: (typeof logs)[number],
  measure: 'precision' | 'ndcg',
): Omit<GoalLine, 'goal'>[] | undefined {
  const place = { protocol: 'reranking', measure, cutoff: 5 } as const;
  const ours = { group: `${dataset}/residual/drr-ave`, policy: DRR };
  const differences = differencesOf(results, ours, place);
  const count = differences.length;
  if (count === 0) return undefined;
  const means = differences.map(({ mean }) => mean);
  const [folded, lowest] = [meanOf(means), Math.min(...means)];
  const positive = means.filter((mean) => mean > 0).length;
  const above = differences.filter(({ low }) => low > 0).length;
  const over = (policy: RankedPolicy) => meanDifference(results, { ours, policy, place });
  const fitted = over({ group: `${dataset}/baselines`, policy: FACTORIZATION });
  const mix = over({ ...ours, policy: 'static mix' }) ?? NaN;
  const beside = fitted === undefined ? '' : ` to it with users folded in, ${signed(fitted)} to it as fitted`;
  return [
    {
      measured: signed(folded) + beside,
      verdict: atLeast(Math.min(folded, fitted ?? folded), least[measure]),
    },
    { measured: `${positive} of ${count}, the least ${signed(lowest)}`, verdict: ofAll(positive, count) },
    { measured: `${above} of ${count}`, verdict: ofAll(above, count) },
    { measured: `${signed(mix)} beside it`, verdict: atLeast(mix, 0) },
  ].map((line) => soFar(line, count, results));
}

/** The mean, over seeds that have both, of ours less another policy; undefined where there is none. */
function meanDifference(
  results: Results,
  {
    ours,
    policy,
    place,
  }: { readonly ours: RankedPolicy; readonly policy: RankedPolicy; readonly place: Place },
): number | undefined {
  const own = scoresBySeed(results, ours, place);
  const differences = [...scoresBySeed(results, policy, place)].flatMap(([seed, other]) => {
    const score = own.get(seed) ?? null;
    return score === null || other === null ? [] : [score - other];
  });
  return differences.length === 0 ? undefined : meanOf(differences);
}

function gapGoal(results: Results, { task, title, share, everySeed }: (typeof gaps)[number]): GoalLine {
  const goal = `${title}: DRR closes ${percent(share)} of the gap between greedy and the plan${everySeed ? ', with every seed' : ''}`;
  const closed = movingOf(results, task).flatMap(({ gapClosed }) => gapClosed ?? []);
  if (closed.length === 0) return { goal, ...NOT_RUN };
  const reached = closed.filter((each) => each >= share).length;
  const measured = `${percent(meanOf(closed))} (${closed.map((each) => percent(each)).join(', ')})`;
  const compared = everySeed ? Math.min(...closed) : meanOf(closed);
  const missed = `missed by ${percent(share - compared, 1)}${everySeed ? `, with ${closed.length - reached} of ${closed.length} seeds` : ''}`;
  return soFar({ goal, measured, verdict: compared >= share ? 'met' : missed }, closed.length, results);
}

function learnedGoal(results: Results): GoalLine {
  const goal =
    'Moving taste, learned vectors: DRR is above every policy that does not look ahead, intervals excluding 0';
  const runs = movingOf(results, 'learned').flatMap(({ differences }) => (differences ? [differences] : []));
  if (runs.length === 0) return { goal, ...NOT_RUN };
  const all = runs.flatMap((differences) => Object.entries(differences));
  const above = all.filter(([, { low }]) => low > 0).length;
  const [closest, { mean }] = all.reduce((least, each) => (each[1].mean < least[1].mean ? each : least));
  const measured = `${above} of ${all.length} differences, the least ${signed(mean, 3)} (to ${closest})`;
  return soFar({ goal, measured, verdict: ofAll(above, all.length) }, runs.length, results);
}

function percent(share: number, digits = 0): string {
  return `${figure(100 * share, digits)} %`;
}
