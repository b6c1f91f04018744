import type { RecommenderMeasured, RecommendingMeasured } from '../measured.js';
import { figure, meanOf, signed } from './figures.js';
import { atLeast, ofAll, soFar, type GoalLine } from './goal-line.js';
import { recommendingOf, type Results } from './select.js';

/** What was asked of a dataset. */
const logs = [
  { dataset: 'ml-100k', title: 'MovieLens 100K', lead: 0.015, hitRate: 0.225, few: [0.7021, 0.8108] },
  { dataset: 'ml-1m', title: 'MovieLens 1M', lead: 0.015, hitRate: 0.295, few: [0.7745, 0.8367] },
] as const;
const configurations = [
  { sequenceBlock: 'none', name: 'DRR' },
  { sequenceBlock: 'gru4rec', name: 'DRR with GRU4Rec' },
] as const;
/** How far below what was measured before re-ranking may be. */
const TOLERANCE = 0.002;

/** How far the goals of recommending from the whole catalogue were met, without those that were not run. */
export function recommendingGoals(results: Results): GoalLine[] {
  return logs.flatMap((log) =>
    configurations.flatMap(({ sequenceBlock, name }) => {
      const runsOf = (heldOut: 'newest-fifth' | 'last-item') =>
        recommendingOf(results, { dataset: log.dataset, heldOut, sequenceBlock });
      const [newest, last] = [runsOf('newest-fifth'), runsOf('last-item')];
      const goal = (text: string, measured: string, verdict: string): GoalLine => ({
        ...{ goal: `${log.title}, ${name}: ${text}`, measured, verdict },
      });
      const ofNewest = newest.length === 0 ? [] : catalogueGoals(newest, log, goal);
      const ofLast = last.length === 0 ? [] : [nextGoal(last, log.hitRate, goal)];
      return [
        ...ofNewest.map((line) => soFar(line, newest.length, results)),
        ...ofLast.map((line) => soFar(line, last.length, results)),
      ];
    }),
  );
}

type Goal = (text: string, measured: string, verdict: string) => GoalLine;

function catalogueGoals(
  runs: readonly RecommendingMeasured[],
  { lead, few }: (typeof logs)[number],
  goal: Goal,
): GoalLine[] {
  const block = bestBlock(runs);
  const over = (name: string) => runs.map((run) => policyOf(run, name).lead!.catalogue.ndcg);
  const [leads, beside] = [over(block), over('static mix')];
  const [mean, mixed] = [leads, beside].map((each) => meanOf(each.map((difference) => difference.mean)));
  const above = leads.filter(({ low }) => low > 0).length;
  const learned = beside.filter(({ low }) => low > 0).length;
  const own = runs.map((run) => policyOf(run, 'DRR').few!);
  const [precision, ndcg] = [
    meanOf(own.map((each) => each.precision.mean)),
    meanOf(own.map((each) => each.ndcg.mean)),
  ];
  const worst = Math.min(precision - few[0], ndcg - few[1]);
  return [
    goal(
      `catalogue, NDCG@10 at least ${signed(lead, 3)} above the best single block`,
      `${signed(mean!)} over ${block}`,
      atLeast(mean!, lead),
    ),
    goal(
      'catalogue, every seed’s 95 % interval over users is above 0',
      `${above} of ${runs.length}`,
      ofAll(above, runs.length),
    ),
    goal(
      'catalogue, above the static mix, intervals over users excluding 0',
      `${signed(mixed!)}; ${learned} of ${runs.length}`,
      ofAll(learned, runs.length),
    ),
    goal(
      `re-ranking, P@5 and NDCG@5 not below ${figure(few[0])} and ${figure(few[1])} by more than ${figure(TOLERANCE, 3)}`,
      `${figure(precision)} and ${figure(ndcg)}`,
      atLeast(worst, -TOLERANCE),
    ),
  ];
}

function nextGoal(runs: readonly RecommendingMeasured[], least: number, goal: Goal): GoalLine {
  const hits = meanOf(runs.map((run) => policyOf(run, 'DRR').catalogue.hitRate));
  return goal(`next item, hit rate@10 at least ${figure(least, 3)}`, figure(hits), atLeast(hits, least));
}

/** The block whose NDCG@10, alone and as a mean over seeds, is highest. */
function bestBlock(runs: readonly RecommendingMeasured[]): string {
  const names = runs[0]!.policies.filter(({ role }) => role === 'block').map(({ policy }) => policy);
  const scoreOf = (name: string) => meanOf(runs.map((run) => policyOf(run, name).catalogue.ndcg.mean));
  return names.reduce((best, name) => (scoreOf(name) > scoreOf(best) ? name : best));
}

function policyOf({ policies }: RecommendingMeasured, name: string): RecommenderMeasured {
  return policies.find(({ policy }) => policy === name)!;
}
