/** The index that stands for "no item" where a history is shorter than its array. */
export const NO_ITEM = -1;

/** n, how many items make a history by default; our choice, the paper of DRR leaves it open. */
export const HISTORY_SIZE = 10;
