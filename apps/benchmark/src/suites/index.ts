import { actSuite } from './act.js';
import { dataSuite } from './data.js';
import { embeddingsSuite } from './embeddings.js';
import { nearestSuite } from './nearest.js';
import { nodesSuite } from './nodes.js';
import { replaySuite } from './replay.js';
import type { Suite } from './suite.js';
import { trainSuite } from './train.js';
import { updateDefaultSuite } from './update-default.js';
import { updateSuite } from './update.js';

/** In the order in which they are run and printed. */
export const suites: readonly Suite[] = [
  updateSuite,
  updateDefaultSuite,
  nodesSuite,
  replaySuite,
  actSuite,
  dataSuite,
  embeddingsSuite,
  nearestSuite,
  trainSuite,
];
