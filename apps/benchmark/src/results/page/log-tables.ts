import type { RankingMeasure } from '@rl-recsys/evaluation';
import { markdownTable } from '../../harness/markdown.js';
import type { DatasetName } from '../configuration.js';
import { intervalCell, meanCell, NOTHING, signed } from './figures.js';
import {
  differencesOf,
  DRR,
  FACTORIZATION,
  scoresOf,
  type ExposureMeasure,
  type Place,
  type RankedPolicy,
  type Results,
} from './select.js';

/** A policy as a row of tables. */
export interface PolicyRow extends RankedPolicy {
  readonly label: string;
}

/** The policies that a log is ranked by, the oracle last. */
export function policyRows(dataset: DatasetName): PolicyRow[] {
  const baseline = (policy: string, label = policy) => ({ label, group: `${dataset}/baselines`, policy });
  const [ours, paper] = [`${dataset}/residual/drr-ave`, `${dataset}/paper/drr-ave`];
  return [
    baseline('random'),
    baseline('popularity'),
    baseline('item mean'),
    baseline('PMF'),
    baseline(FACTORIZATION, 'biased matrix factorisation (MF)'),
    baseline(`${FACTORIZATION}, ε = 0.1`, 'MF, ε-greedy, ε = 0.1'),
    baseline('LinUCB', 'LinUCB on MF’s vectors'),
    baseline('online factorisation', 'MF, learning online'),
    baseline('reward model', 'reward model (one step)'),
    { label: 'MF, users folded in', group: ours, policy: FACTORIZATION },
    { label: 'static mix of our vectors', group: ours, policy: 'static mix' },
    { label: '**DRR, residual**', group: ours, policy: DRR },
    { label: 'MF with 99 factors', group: paper, policy: FACTORIZATION },
    { label: 'DRR, the paper’s', group: paper, policy: DRR },
    baseline('oracle'),
  ];
}

const rerankingColumns = [
  ['P@5', 'precision', 5],
  ['P@10', 'precision', 10],
  ['NDCG@5', 'ndcg', 5],
  ['NDCG@10', 'ndcg', 10],
  ['MAP@5', 'averagePrecision', 5],
  ['MAP@10', 'averagePrecision', 10],
  ['MRR@5', 'reciprocalRank', 5],
  ['MRR@10', 'reciprocalRank', 10],
] as const satisfies readonly (readonly [string, RankingMeasure, number])[];

export function rerankingTable(results: Results, dataset: DatasetName): string {
  const rows = policyRows(dataset).map((row) => [
    row.label,
    ...rerankingColumns.map(([, measure, cutoff]) =>
      meanCell(scoresOf(results, row, { protocol: 'reranking', measure, cutoff })),
    ),
  ]);
  return markdownTable(['policy', ...rerankingColumns.map(([head]) => head)], rows);
}

const fullColumns = [
  ['P@10', 'precision', 4],
  ['R@10', 'recall', 4],
  ['NDCG@10', 'ndcg', 4],
  ['hit rate@10', 'hitRate', 4],
  ['coverage', 'coverage', 3],
  ['Gini', 'gini', 3],
  ['novelty, bits', 'novelty', 2],
  ['diversity', 'diversity', 3],
] as const satisfies readonly (readonly [string, RankingMeasure | ExposureMeasure, number])[];

export function fullRankingTable(results: Results, dataset: DatasetName): string {
  const rows = policyRows(dataset).map((row) => [
    row.label,
    ...fullColumns.map(([, measure, digits]) =>
      meanCell(scoresOf(results, row, { protocol: 'full', measure, cutoff: 10 }), { digits }),
    ),
  ]);
  return markdownTable(['policy', ...fullColumns.map(([head]) => head)], rows);
}

const differenceColumns = [
  ['P@5', 'reranking', 'precision', 5],
  ['NDCG@5', 'reranking', 'ndcg', 5],
  ['P@10', 'reranking', 'precision', 10],
  ['NDCG@10', 'reranking', 'ndcg', 10],
  ['full P@10', 'full', 'precision', 10],
  ['full NDCG@10', 'full', 'ndcg', 10],
] as const;

/** What policies have over the matrix factorisation of the same run. */
export function differenceTable(results: Results, dataset: DatasetName): string {
  const rows = policyRows(dataset)
    .filter(({ policy }) => policy !== FACTORIZATION && policy !== 'oracle')
    .map((row) => [
      row.label,
      ...differenceColumns.map(([, protocol, measure, cutoff]) =>
        differenceCell(results, row, { protocol, measure, cutoff }),
      ),
    ]);
  return markdownTable(['policy', ...differenceColumns.map(([head]) => head)], rows);
}

/** The same for each seed, with intervals over users. */
export function seedTable(results: Results, dataset: DatasetName): string {
  const columns = policyRows(dataset)
    .filter(({ policy }) => policy === DRR)
    .flatMap((row) => [
      { row, head: `${row.label.replaceAll('*', '')}, P@5`, measure: 'precision' as const },
      { row, head: `${row.label.replaceAll('*', '')}, NDCG@5`, measure: 'ndcg' as const },
    ]);
  const differences = columns.map(({ row, measure }) =>
    differencesOf(results, row, { protocol: 'reranking', measure, cutoff: 5 }),
  );
  const rows = results.configuration.seeds.map((seed) => [
    String(seed),
    ...differences.map((each) => {
      const own = each.find((difference) => difference.seed === seed);
      return own ? intervalCell(own) : NOTHING;
    }),
  ]);
  return markdownTable(['seed', ...columns.map(({ head }) => head)], rows);
}

export function differenceCell(
  results: Results,
  row: RankedPolicy,
  place: Place<'precision' | 'ndcg'>,
): string {
  return meanCell(
    differencesOf(results, row, place).map(({ mean }) => mean),
    { show: signed },
  );
}
