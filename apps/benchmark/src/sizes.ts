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

export const SEED = 1;
