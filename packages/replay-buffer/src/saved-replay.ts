import { Random, type SavedState } from '@rl-recsys/random';
import type { Fields } from './fields.js';
import { PrioritizedReplay } from './prioritized-replay.js';
import { placeFields, type PlacedField } from './record-layout.js';
import { openFile, sealFile } from './sealed-file.js';
import { UniformReplay } from './uniform-replay.js';

/** The buffers that are saved: those of this package. */
export type SavableReplay<F extends Fields> = UniformReplay<F> | PrioritizedReplay<F>;

/** What the file tells of a buffer beside its transitions and priorities. */
interface SavedReplay {
  readonly kind: 'uniform' | 'prioritized';
  readonly capacity: number;
  readonly fields: readonly PlacedField[];
  readonly alpha?: number;
  readonly epsilon?: number;
  readonly state: Record<string, SavedState>;
}

const NO_PRIORITIES: Float64Array = new Float64Array(0);

/**
 * Everything in one array of bytes, from which {@link loadReplay} goes on to the bit: transitions, priorities, and where the stream stands.
 *
 * Only the filled part of the buffer is written.
 *
 * @throws Error on a big-endian machine.
 */
export function saveReplay<F extends Fields>(replay: SavableReplay<F>): Uint8Array {
  const { records, priorities = NO_PRIORITIES, ...state } = replay.view();
  const shared = { capacity: replay.capacity, fields: placeFields(replay.fields), state };
  const saved: SavedReplay =
    replay instanceof PrioritizedReplay
      ? { kind: 'prioritized', ...shared, alpha: replay.alpha, epsilon: replay.epsilon }
      : { kind: 'uniform', ...shared };
  return sealFile({
    header: JSON.stringify(saved),
    records: records as Uint8Array,
    priorities: new Uint8Array((priorities as Float64Array).buffer),
  });
}

/**
 * The buffer that {@link saveReplay} wrote: of the same kind and capacity, with its α and ε.
 *
 * @param fields - the schema that is expected, in any order.
 * @throws Error where `bytes` is damaged or something else, or its fields differ; it names the field.
 */
export function loadReplay<F extends Fields>(bytes: Uint8Array, fields: F): SavableReplay<F> {
  const { header, records, priorities } = openFile(bytes);
  // The checksum was right, so this is what saveReplay wrote.
  const saved = JSON.parse(header) as SavedReplay;
  assertSameFields(placeFields(fields), saved.fields);
  const { kind, capacity, alpha = 0, epsilon = 0, state } = saved;
  const options = { capacity, fields, random: Random.fromState(state['random']!) };
  if (kind === 'uniform') {
    const replay = new UniformReplay(options);
    replay.restore({ ...state, records });
    return replay;
  }
  const replay = new PrioritizedReplay({ ...options, alpha, epsilon });
  // A copy, since a part of a file may begin at any byte, and numbers of 8 bytes may not.
  replay.restore({ ...state, records, priorities: new Float64Array(new Uint8Array(priorities).buffer) });
  return replay;
}

function assertSameFields(expected: readonly PlacedField[], saved: readonly PlacedField[]): void {
  for (const { name } of [...expected, ...saved]) {
    const [wanted, came] = [describeField(name, expected), describeField(name, saved)];
    if (wanted !== came)
      throw new Error(`fields.${name}: expected ${wanted}, got ${came} in the saved buffer`);
  }
}

function describeField(name: string, fields: readonly PlacedField[]): string {
  const field = fields.find((candidate) => candidate.name === name);
  return field === undefined ? 'no such field' : `${field.dtype} of size ${field.size}`;
}
