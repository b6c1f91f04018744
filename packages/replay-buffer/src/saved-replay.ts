import type { RandomState } from '@rl-recsys/random';
import type { Fields } from './fields.js';
import { placeFields, type PlacedField } from './record-layout.js';
import { openFile, sealFile } from './sealed-file.js';

/** All that a uniform replay buffer is. */
export interface SavedUniformReplay {
  readonly kind: 'uniform';
  readonly capacity: number;
  readonly fields: Fields;
  readonly added: number;
  readonly random: RandomState;
  readonly records: Uint8Array;
}

/** All that a prioritized replay buffer is. */
export interface SavedPrioritizedReplay extends Omit<SavedUniformReplay, 'kind'> {
  readonly kind: 'prioritized';
  readonly alpha: number;
  readonly epsilon: number;
  readonly maxPriority: number;
  /** `[size]`, by slot. */
  readonly priorities: Float64Array;
}

type SavedReplay = SavedUniformReplay | SavedPrioritizedReplay;

const NO_PRIORITIES: Float64Array = new Float64Array(0);

/** Both kinds in one file format. */
export function encodeReplay(saved: SavedReplay): Uint8Array {
  const { records, fields, priorities, ...small } = { priorities: NO_PRIORITIES, ...saved };
  return sealFile({
    header: JSON.stringify({ ...small, fields: placeFields(fields) }),
    records,
    priorities: new Uint8Array(priorities.buffer),
  });
}

/**
 * What {@link encodeReplay} wrote.
 *
 * @throws Error where `bytes` is something else, of the other kind, or has other fields.
 */
export function decodeReplay<Kind extends SavedReplay['kind']>(
  bytes: Uint8Array,
  kind: Kind,
  fields: Fields,
): Extract<SavedReplay, { kind: Kind }> {
  const { header, records, priorities } = openFile(bytes);
  // The checksum was right, so this is what encodeReplay wrote.
  const saved = JSON.parse(header) as Omit<SavedReplay, 'fields'> & {
    readonly fields: readonly PlacedField[];
  };
  if (saved.kind !== kind)
    throw new Error(`bytes: expected a ${kind} replay buffer, got a ${saved.kind} one`);
  assertSameFields(placeFields(fields), saved.fields);
  // A copy, since a part of a file may begin at any byte, and numbers of 8 bytes may not.
  const aligned = new Float64Array(new Uint8Array(priorities).buffer);
  return { ...saved, fields, records, priorities: aligned } as Extract<SavedReplay, { kind: Kind }>;
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
