import { stateLayerNames } from '@rl-recsys/state';
import { markdownTable } from '../../harness/markdown.js';
import type { Ablation, DatasetName } from '../configuration.js';
import { meanCell } from './figures.js';
import { differenceCell } from './log-tables.js';
import { DRR, isPlanned, scoresOf, type Group, type Results } from './select.js';

/** State modules that the configuration has for this log; undefined where there is one alone. */
export function stateModuleTable(results: Results, dataset: DatasetName): string | undefined {
  const planned = stateLayerNames.filter((name) =>
    ['residual', 'paper'].some((variant) => isPlanned(results, `${dataset}/${variant}/${name}`)),
  );
  if (planned.length < 2) return undefined;
  const rows = planned.map((name) => [
    name,
    ...variantCells(results, `${dataset}/residual/${name}`),
    ...variantCells(results, `${dataset}/paper/${name}`),
  ]);
  const head = ['P@5', 'NDCG@5', 'P@5 less MF'];
  return markdownTable(
    ['state module', ...head.map((each) => `ours: ${each}`), ...head.map((each) => `paper’s: ${each}`)],
    rows,
  );
}

/** One option changed at a time. */
export function ablationTable(results: Results, { title, dataset, variant, rows }: Ablation): string {
  const cells = rows.map(({ label, name }) => [
    label,
    ...variantCells(results, `${dataset}/${variant}/${name}`),
  ]);
  return markdownTable([title, 'P@5', 'NDCG@5', 'P@5 less MF'], cells);
}

function variantCells(results: Results, group: Group): string[] {
  const row = { group, policy: DRR };
  const place = { protocol: 'reranking', cutoff: 5 } as const;
  return [
    meanCell(scoresOf(results, row, { ...place, measure: 'precision' })),
    meanCell(scoresOf(results, row, { ...place, measure: 'ndcg' })),
    differenceCell(results, row, { ...place, measure: 'precision' }),
  ];
}
