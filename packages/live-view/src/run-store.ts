import { scalarsOf, type SessionRecord, type TrainingMetrics } from '@rl-recsys/metrics';

/** A session whose user and items are named as a reader knows them. */
export type NamedSession = SessionRecord<string | number, string | number>;

/** What a view is told of a run. */
export type RunRecord =
  | { readonly kind: 'metrics'; readonly line: TrainingMetrics }
  | { readonly kind: 'session'; readonly session: NamedSession }
  /** It begins anew: what was told of it before is forgotten. */
  | { readonly kind: 'reset' };

/** What is known of one run. */
export interface RunData {
  readonly lines: readonly TrainingMetrics[];
  /** The newest. */
  readonly session: NamedSession | undefined;
}

/** Lines of a run that are kept: more than a screen is wide. */
const MOST_LINES = 4000;

const nothing: RunData = { lines: [], session: undefined };

/** All runs that a view knows, in the order in which they came. */
export class RunStore {
  private readonly runs = new Map<string, RunData>();

  add(run: string, record: RunRecord): void {
    const known = this.of(run);
    if (record.kind === 'reset') this.runs.set(run, nothing);
    if (record.kind === 'session') this.runs.set(run, { ...known, session: record.session });
    if (record.kind === 'metrics')
      this.runs.set(run, { ...known, lines: thinned([...known.lines, record.line]) });
  }

  of(run: string): RunData {
    return this.runs.get(run) ?? nothing;
  }

  names(): readonly string[] {
    return [...this.runs.keys()];
  }

  /** Whether there is more of any run than curves: a session, or histograms. */
  hasDetails(): boolean {
    return [...this.runs.values()].some(
      ({ lines, session }) => session !== undefined || Object.keys(lines.at(-1)?.histograms ?? {}).length > 0,
    );
  }

  /** The names of all single numbers that any run has a value of, in the order of their lines. */
  scalarNames(): readonly string[] {
    const names = new Set<string>();
    for (const { lines } of this.runs.values())
      for (const line of lines)
        for (const [name, value] of Object.entries(scalarsOf(line))) if (value !== null) names.add(name);
    return [...names];
  }
}

/** Where there are too many, every second line of the older half is left out. */
function thinned(lines: readonly TrainingMetrics[]): readonly TrainingMetrics[] {
  if (lines.length <= MOST_LINES) return lines;
  return lines.filter((_, place) => place > MOST_LINES / 2 || place % 2 === 0);
}
