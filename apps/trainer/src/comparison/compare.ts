import {
  averageOf,
  itemMeanPolicy,
  leakWarning,
  oraclePolicy,
  popularityPolicy,
  randomPolicy,
  type CutoffSummary,
  type Policy,
  type RankingResult,
} from '@rl-recsys/evaluation';
import { Random } from '@rl-recsys/random';
import { isSameForAll } from '../run/columns.js';
import type { Measured, Protocol, Table } from '../run/table.js';
import type { Compared } from '../variants/variant.js';
import { adviceOf, notLearnedYet } from './advice.js';
import { differencesOf } from './differences.js';
import { judgeOf, rowOf, type Judged, type JudgeOptions } from './judged.js';
import { verdictsOf } from './verdicts.js';

/**
 * One draw of random orders says little of the few items that a user held out; this many say it to about ±0.002 on
 * MovieLens 100K, as one draw does of a whole catalogue.
 */
const RANDOM_SEEDS = 20;

/** What a run prints and saves of how well its policies do. */
export interface Comparison {
  readonly table: Table;
  /** A line to print where a policy has seen what it was tested on. */
  readonly warning: string | undefined;
}

/** What is compared, and by what. */
export interface ComparisonOptions extends JudgeOptions {
  readonly seed: number;
  readonly compared: Compared;
  /** Models that it must be measured against though it is not built on them. */
  readonly strong?: readonly Policy[];
  /** Called after each policy. */
  readonly onJudged?: (done: number, total: number) => void;
}

/**
 * What was trained beside what it must be measured against, and the best that is possible: each ranks the whole
 * catalogue, as a recommender does, and re-ranks what users held out (Algorithm 2 of the paper), and plays sessions
 * where there are users to play with.
 */
export function compareWithBaselines({
  seed,
  compared,
  strong = [],
  onJudged,
  ...options
}: ComparisonOptions): Comparison {
  const { train, test } = options.split;
  const { judge: judged, recommend, rerank } = judgeOf(options);
  const total = 5 + strong.length + compared.blocks.length + (compared.staticMix ? 1 : 0);
  let count = 0;
  const tell = () => onJudged?.(++count, total);
  const judge = (...given: Parameters<typeof judged>) => {
    const result = judged(...given);
    tell();
    return result;
  };
  const random = Random.fromSeed(seed).fork('random baseline');
  const draws = Array.from({ length: RANDOM_SEEDS }, (_, draw) =>
    rerank(randomPolicy(random.fork(String(draw)))),
  );
  const noise: Judged = {
    role: 'baseline',
    fullRanking: recommend(randomPolicy(random.fork('catalogue'))),
    reranking: averageOf('random', draws),
    sessions: options.measure?.(randomPolicy(random.fork('sessions'))),
  };
  tell();
  const popularity = judge(popularityPolicy(train), 'baseline');
  const itemMean = judge(itemMeanPolicy(train), 'baseline');
  const [first, ...more] = compared.blocks;
  const blocks = [judge(first, 'block'), ...more.map((policy) => judge(policy, 'block'))] as const;
  const others = strong.map((policy) => judge(policy, 'strong'));
  const staticMix = compared.staticMix && judge(compared.staticMix, 'mix');
  const trained = judge(compared.policy, 'trained');
  const limit = oraclePolicy(test);
  const oracle: Judged = {
    ...{ role: 'oracle', fullRanking: recommend(limit), reranking: rerank(limit) },
    sessions: undefined, // it knows the held-out ratings alone
  };

  tell();

  const mixes = staticMix ? [staticMix] : [];
  const usable = [noise, popularity, itemMean, ...others, ...blocks, ...mixes] as const;
  const all = [...usable, trained, oracle];
  const rows = all.map(rowOf);
  const isCompared = (measured: Measured) =>
    measured.of === 'session' || !isSameForAll(rows, (row) => row[measured.of][measured.measure]);
  const bootstrap = Random.fromSeed(seed).fork('bootstrap');
  const verdicts = verdictsOf({ trained, others: usable, isCompared }, bootstrap);
  const singles = [...blocks, ...others] as const;
  const differences = differencesOf({ trained, singles, staticMix, popularity }, bootstrap).filter(
    isCompared,
  );
  return {
    table: {
      fullRanking: protocolOf(trained.fullRanking),
      reranking: protocolOf(trained.reranking),
      ...{ rows, differences, verdicts },
      advice: [
        ...notLearnedYet(compared.policy.name, compared.start, differences),
        ...adviceOf(verdicts, compared.policy.name, trained.fullRanking.cutoffs[0]!.cutoff),
      ],
    },
    warning: leakWarning(all.map(({ fullRanking }) => fullRanking)),
  };
}

function protocolOf({ users, cutoffs }: RankingResult): Protocol {
  const { cutoff, precisionUsers, ndcgUsers } = cutoffs[0] as CutoffSummary;
  return { cutoff, users, precisionUsers, ndcgUsers };
}
