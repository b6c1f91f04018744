/** What each block counts, in the order of the blocks. */
export type BlockWeights = readonly number[];
