import { InnerProductSearch, vectorOf } from '@rl-recsys/embeddings';
import { ApproximateSearch } from '@rl-recsys/embeddings/approximate';
import { serve } from '../harness/serve.js';
import { timeEach } from '../harness/timers.js';
import { learnedVectors } from './learned-vectors.js';

/** Approximate and exact search for the same queries, and how much of the exact the approximate finds. */
const { rows, k } = JSON.parse(process.argv[2]!) as { rows: number; k: number };
const QUERIES = 1000;
const { items, queries } = learnedVectors(rows, QUERIES);

const before = process.memoryUsage().rss;
const startedAt = performance.now();
const approximate = new ApproximateSearch(items);
const buildMs = performance.now() - startedAt;
const bytes = process.memoryUsage().rss - before;

const exact = new InnerProductSearch(items);
const truth = exact.topKBatch(queries.vectors, k);
const found = approximate.topKBatch(queries.vectors, k);
let hits = 0;
for (const [query, best] of truth.entries()) {
  const wanted = new Set(best.map(({ item }) => item));
  hits += found[query]!.filter(({ item }) => wanted.has(item)).length;
}

let turn = 0;
const next = () => void (turn = (turn + 1) % QUERIES);
await serve(
  {
    approximate: timeEach(() => approximate.topK(vectorOf(queries, turn), k), next),
    exact: timeEach(() => exact.topK(vectorOf(queries, turn), k), next),
  },
  { buildMs, megabytes: bytes / 1e6, recall: hits / (QUERIES * k) },
);
