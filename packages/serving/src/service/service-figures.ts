/** What a service has done since it was opened. */
export interface ServiceFigures {
  /** Recommendations that were answered by each arm. */
  readonly answered: Record<'serving' | 'canary', number>;
  /** Of those, how many could not be written down, so that nothing can be told of them. */
  unlogged: number;
  /** Recommendations that were asked again by their id. */
  repeated: number;
  /** Of recommendations with a baseline for which a policy was asked: all, and those where it would have shown the same first. */
  compared: number;
  agreed: number;
  /** Batches that were ranked together. */
  batches: number;
  /** Events by what became of them. */
  readonly events: Record<'accepted' | 'late' | 'repeated' | 'refused', number>;
  /** Users of whom something is known that the model has not seen. */
  freshUsers: number;
  /** Recommendations of which it is known where they were written down. */
  recent: number;
}

export function newFigures(): ServiceFigures {
  return {
    answered: { serving: 0, canary: 0 },
    ...{ unlogged: 0, repeated: 0, compared: 0, agreed: 0, batches: 0 },
    events: { accepted: 0, late: 0, repeated: 0, refused: 0 },
    ...{ freshUsers: 0, recent: 0 },
  };
}
