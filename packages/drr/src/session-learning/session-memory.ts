import {
  savedArray,
  savedRecord,
  type Random,
  type Savable,
  type SavedState,
  type TypedArray,
} from '@rl-recsys/random';
import {
  TransitionStorage,
  UniformReplay,
  type Batch,
  type Fields,
  type Replay,
  type Transition,
} from '@rl-recsys/replay-buffer';

/** How many transitions of training are kept for rehearsal, and how many of a session at most; our choice. */
const KEPT = { training: 4096, session: 1000 };

/** What a {@link SessionMemory} is made from. */
export interface SessionMemoryOptions<F extends Fields> {
  readonly fields: F;
  readonly replay: Replay<F> | undefined;
  readonly batchSize: number;
  /** Stays where it is: every session draws the same. */
  readonly random: Random;
}

/**
 * The transitions of one session, and some of training: half of a batch is of each, as in symmetric sampling
 * (Ball et al. 2023, arXiv 2302.02948, section 4.1). In a training's whole buffer a session of ten steps would
 * never be drawn, and could not be forgotten.
 */
export class SessionMemory<F extends Fields> implements Savable {
  private readonly training: Batch<F> | undefined;
  private readonly batch: Batch<F>;
  /** The rows of a batch that are of the session; the batch itself where there is nothing else. */
  private readonly recent: Batch<F>;
  private session: UniformReplay<F>;
  private random: Random;

  /**
   * Draws from `replay` once.
   *
   * @throws RangeError where `batchSize` is not a positive integer, TypeError where `replay` has other fields.
   */
  constructor(private readonly options: SessionMemoryOptions<F>) {
    const { fields, replay, batchSize } = options;
    this.session = this.newSession();
    this.random = this.newRandom();
    this.batch = this.session.createBatch(batchSize);
    this.recent = this.batch;
    if (!replay || replay.size === 0) return;
    const rows = Math.min(replay.size, KEPT.training);
    this.training = replay.createBatch(rows);
    new TransitionStorage({ capacity: 1, fields }).assertColumns(this.training.columns, rows);
    replay.sample(this.training, { beta: 1 });
    this.recent = this.session.createBatch(Math.ceil(batchSize / 2));
  }

  /** @throws TypeError or RangeError where a field is missing or wrong; nothing is stored then. */
  add(transition: Transition<F>): void {
    this.session.add(transition);
  }

  /** A batch, drawn with replacement, so that one step is enough; the next call overwrites it. */
  sample(): Batch<F> {
    const { session, recent, batch, training } = this;
    session.sample(recent);
    if (training) {
      copyRows(recent, batch);
      for (let row = recent.ids.length; row < batch.ids.length; row++) {
        copyRow(training, this.random.integer(training.ids.length), batch, row);
      }
    }
    return batch;
  }

  /** Forgets the session. */
  reset(): void {
    this.session = this.newSession();
    this.random = this.newRandom();
  }

  /** The session's transitions, those of training that are kept, and the streams that draw of them. */
  state(): SavedState {
    const { session, random, training } = this;
    return {
      ...{ session: session.state(), random: random.state() },
      training: training ? savedColumns(training) : null,
    };
  }

  /** @throws TypeError or RangeError where the state is of another memory; nothing has changed then. */
  restore(state: SavedState): void {
    const { session, random, training } = savedRecord(state, 'memory', ['session', 'random', 'training']);
    const rows = this.training && columnsFrom(training, this.training);
    if (!this.training && training !== null)
      throw new TypeError('memory.training: expected none, got transitions');
    const next = this.newRandom();
    next.restore(random);
    this.session.restore(session);
    this.random = next;
    if (rows) for (const [column, saved] of rows) (column as Float32Array).set(saved);
  }

  private newSession(): UniformReplay<F> {
    const { fields, random } = this.options;
    return new UniformReplay({ capacity: KEPT.session, fields, random: random.fork('session') });
  }

  private newRandom(): Random {
    return this.options.random.fork('training');
  }
}

/** What is read of a batch of training: its columns. */
function savedColumns<F extends Fields>({ columns }: Batch<F>): SavedState {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, (column as TypedArray).slice()]),
  );
}

/** Each column of a batch beside what it is to hold. */
function columnsFrom<F extends Fields>(state: SavedState, { columns }: Batch<F>): [TypedArray, TypedArray][] {
  const names = Object.keys(columns);
  const saved = savedRecord(state, 'memory.training', names);
  return names.map((name) => {
    const column = columns[name] as Float32Array | Int32Array;
    const kind = column instanceof Float32Array ? Float32Array : Int32Array;
    return [
      column,
      savedArray<Float32Array | Int32Array>(saved[name], `memory.training.${name}`, kind, column.length),
    ];
  });
}

/** Copies all rows of a batch to the first of another. */
function copyRows<F extends Fields>(from: Batch<F>, to: Batch<F>): void {
  to.weights.set(from.weights);
  for (const name of Object.keys(from.columns)) to.columns[name]!.set(from.columns[name]!);
}

function copyRow<F extends Fields>(from: Batch<F>, row: number, to: Batch<F>, place: number): void {
  to.weights[place] = from.weights[row]!;
  for (const name of Object.keys(to.columns)) {
    const [source, target] = [from.columns[name]!, to.columns[name]!];
    const size = source.length / from.ids.length;
    target.set(source.subarray(row * size, (row + 1) * size), place * size);
  }
}
