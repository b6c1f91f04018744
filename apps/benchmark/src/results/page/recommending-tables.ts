import { markdownTable } from '../../harness/markdown.js';
import type { Section } from '../configuration.js';
import type { RecommenderMeasured, RecommendingMeasured } from '../measured.js';
import { meanCell, signed } from './figures.js';
import { recommendingOf, type Results } from './select.js';

type RecommendingSection = Extract<Section, { kind: 'recommending' }>;

/** What headings call each choice of blocks. */
const blocksOf: Readonly<Record<RecommendingSection['sequenceBlocks'][number], string>> = {
  none: 'closed-form blocks alone',
  gru4rec: 'GRU4Rec as a block too',
  sasrec: 'SASRec as a block too',
};

/** The tables of one dataset: a pair for each choice of blocks. */
export function recommendingBlocks(results: Results, section: RecommendingSection): string[] {
  const { dataset, sequenceBlocks } = section;
  return sequenceBlocks.flatMap((sequenceBlock) => {
    const blocks = blocksOf[sequenceBlock];
    const newest = recommendingOf(results, { dataset, heldOut: 'newest-fifth', sequenceBlock });
    const last = recommendingOf(results, { dataset, heldOut: 'last-item', sequenceBlock });
    return [
      `### Recommending from the whole catalogue, ${blocks}`,
      ...(newest.length === 0 ? ['Not run yet.'] : [catalogueTable(newest), followed(newest)]),
      ...(last.length === 0
        ? []
        : [`Next item, ${blocks}: the last item of each user, whatever its rating.`, nextTable(last)]),
    ];
  });
}

export const ABOUT_RECOMMENDING =
  'What `recommend` does: DRR’s default variant on a log, each of its blocks alone, and their static mix. “DRR less it” is a mean ' +
  'over seeds of the mean over users. Blocks were tuned on slices of the training parts.';

type Column = readonly [
  head: string,
  of: (policy: RecommenderMeasured) => number | undefined,
  isLead?: 'lead',
];

const catalogueColumns: readonly Column[] = [
  ['NDCG@10', ({ catalogue }) => catalogue.ndcg.mean],
  ['DRR less it', ({ lead }) => lead?.catalogue.ndcg.mean, 'lead'],
  ['P@10', ({ catalogue }) => catalogue.precision.mean],
  ['R@10', ({ catalogue }) => catalogue.recall],
  ['hit rate@10', ({ catalogue }) => catalogue.hitRate],
  ['re-ranking P@5', ({ few }) => few?.precision.mean],
  ['re-ranking NDCG@5', ({ few }) => few?.ndcg.mean],
];

const nextColumns: readonly Column[] = [
  ['hit rate@10', ({ catalogue }) => catalogue.hitRate],
  ['NDCG@10', ({ catalogue }) => catalogue.ndcg.mean],
  ['DRR less it, NDCG@10', ({ lead }) => lead?.catalogue.ndcg.mean, 'lead'],
];

const catalogueTable = (runs: readonly RecommendingMeasured[]) => tableOf(runs, catalogueColumns);
const nextTable = (runs: readonly RecommendingMeasured[]) => tableOf(runs, nextColumns);

function tableOf(runs: readonly RecommendingMeasured[], columns: readonly Column[]): string {
  const rows = runs[0]!.policies.map(({ policy, role }) => [
    role === 'trained' ? `**${policy}**` : policy,
    ...columns.map(([, of, isLead]) => {
      const values = runs.map(({ policies }) => of(policies.find((each) => each.policy === policy)!) ?? null);
      return meanCell(values, isLead ? { show: signed } : {});
    }),
  ]);
  return markdownTable(['policy', ...columns.map(([head]) => head)], rows);
}

/** In how many runs what was learned is followed: elsewhere DRR ranks as its static mix. */
function followed(runs: readonly RecommendingMeasured[]): string {
  const count = runs.filter(({ trust }) => trust.catalogue > 0).length;
  if (count === runs.length) return 'What was learned beside the mix is followed with every seed.';
  const seeds = count === 0 ? 'with no seed' : `with ${count} of ${runs.length} seeds`;
  return (
    `What was learned beside the mix is followed ${seeds}: where users who were held out for that are not ranked for better by it, ` +
    'by two standard errors, DRR is its static mix.'
  );
}
