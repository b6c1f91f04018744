/** How values spread: counts in buckets of one width. */
export interface Histogram {
  /** Where the first bucket begins: the least value. */
  readonly low: number;
  /** Where the last one ends, inclusively: the largest value. */
  readonly high: number;
  /** How many values each bucket has, from `low` to `high`. */
  readonly counts: readonly number[];
}

/** How training stands: a line of figures, about a hundred times in a run. `describeMetric` says what each figure means. */
export interface TrainingMetrics {
  /** Environment steps so far. */
  readonly step: number;
  /** Episodes that ended so far. */
  readonly episodes: number;
  /** Mean reward of a step since the last line. */
  readonly reward: number;
  /** Mean return, the sum of rewards, of the episodes that ended since the last line; null where none did. */
  readonly episodeReturn: number | null;
  /** Their mean length in steps. */
  readonly episodeLength: number | null;
  /**
   * Figures of the agent by their names: the mean since the last line of what it told with each round, and what a look at it found
   * at this line; null where there was none.
   */
  readonly figures: Readonly<Record<string, number | null>>;
  /** What a look at the agent found that is no single number; none for an agent that can't be looked at. */
  readonly histograms: Readonly<Record<string, Histogram>>;
  /** Seconds since training began. */
  readonly seconds: number;
  /** Environment steps a second since the last line. */
  readonly stepsPerSecond: number;
}

/** One item that was shown in a session. */
export interface ShownInSession<Item> {
  readonly item: Item;
  readonly reward: number;
  /** What each part added to the item's score, such as a block of vectors; null where the agent can't tell. */
  readonly parts: Readonly<Record<string, number>> | null;
}

/** One session of training in full: who it was with, what was shown and what it earned. */
export interface SessionRecord<User = number, Item = number> {
  /** Environment steps of the run when it ended. */
  readonly step: number;
  readonly user: User;
  /** What the user's history had in it before the first item, oldest first. */
  readonly history: readonly { readonly item: Item; readonly reward: number }[];
  readonly shown: readonly ShownInSession<Item>[];
}
