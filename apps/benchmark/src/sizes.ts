/** What all contenders compute with: DRR's defaults on MovieLens 1M's users and items. */
export const SIZES = {
  users: 6040,
  items: 3883,
  /** k */
  embeddingSize: 100,
  /** n */
  historySize: 10,
  hiddenSize: 128,
} as const;

/** The default variant's, as `npm run train` has them. */
export const DEFAULT_SIZES = {
  users: 4000,
  items: 500,
  /** The dimensions of each block: ratings, bias, popularity, aftermath, user bias. */
  blockSizes: [8, 1, 1, 1, 1],
  /** What each counts at first. */
  gates: [1, 1, 0, 0, 0],
  /** n */
  historySize: 20,
  candidateCount: 32,
  hiddenSize: 64,
} as const;

/** Rounds of a default run that do not count: in them nothing learns yet, or critics alone. */
export const FIRST_ROUNDS = 75;

export const SEED = 1;
