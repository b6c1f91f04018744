/** One thing that `checkEnvironment` found. */
export interface Finding {
  /** An error breaks the contract; a warning is legal, but makes learning harder. */
  readonly severity: 'error' | 'warning';
  /** What should hold, such as `same-seed-same-reset`. */
  readonly rule: string;
  /** What was seen instead, with the place and the value. */
  readonly seen: string;
  /** What to change. */
  readonly change: string;
}

export function error(rule: string, seen: string, change: string): Finding {
  return { severity: 'error', rule, seen, change };
}

export function warning(rule: string, seen: string, change: string): Finding {
  return { severity: 'warning', rule, seen, change };
}
