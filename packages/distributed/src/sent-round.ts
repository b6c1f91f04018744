import { isActorName } from './keys.js';

/** A round as an actor sent it, not yet decoded. */
export interface SentRound {
  /** Its place among all rounds. */
  readonly place: number;
  readonly actor: string;
  /** Its place among its actor's. */
  readonly sequence: number;
  /** After how many updates the weights were made that it was played by; undefined where there were none. */
  readonly madeAt: number | undefined;
  readonly bytes: Buffer;
}

/** An entry of the stream as it lies there: nothing in it is trusted. */
export interface Entry {
  readonly id: string;
  /** Names and values in turn. */
  readonly fields: readonly Buffer[];
}

/** The fields of an entry, in the order in which actors add them. */
const NAMES = ['actor', 'sequence', 'weights', 'round'] as const;

/** @throws RangeError where an entry is none that an actor adds; the field is named. */
export function readSentRound(entry: Entry): SentRound {
  const place = placeOf(entry);
  if (place === undefined) throw new RangeError('id: expected the place of a round, got another');
  const { fields } = entry;
  const isWhole = fields.length === 2 * NAMES.length;
  if (!isWhole || NAMES.some((name, at) => fields[2 * at]!.length > 20 || String(fields[2 * at]) !== name))
    throw new RangeError(`entry: expected the fields ${NAMES.join(', ')}, got others`);
  const [actor, sequence, weights] = [1, 3, 5].map((at) => text(fields[at]!)) as [string, string, string];
  if (!isActorName(actor))
    throw new RangeError('actor: expected up to 200 letters, digits, ., _ and -, got something else');
  if (countIn(sequence) === undefined)
    throw new RangeError('sequence: expected the number of a round, got something else');
  return {
    ...{ place, actor, sequence: countIn(sequence)! },
    madeAt: updatesIn(weights),
    bytes: fields[7]!,
  };
}

/** The place of an entry among all rounds; undefined where it is none that an actor's could have. */
export function placeOf({ id }: Entry): number | undefined {
  return id.endsWith('-0') ? countIn(id.slice(0, -2)) : undefined;
}

/** Who is said to have sent an entry, as it may be printed. */
export function nameIn({ fields }: Entry): string {
  const actor = fields[1] === undefined || String(fields[0]) !== 'actor' ? '' : text(fields[1]);
  return isActorName(actor) ? actor : 'nobody';
}

/** @throws RangeError where it is neither empty nor such as a learner calls its weights. */
function updatesIn(weights: string): number | undefined {
  if (weights === '') return undefined;
  const [epoch, updates, ...rest] = weights.split('.').map(countIn);
  if (epoch === undefined || updates === undefined || rest.length > 0)
    throw new RangeError('weights: expected the epoch of a learner and its updates, got something else');
  return updates;
}

function countIn(digits: string): number | undefined {
  const count = /^\d{1,16}$/.test(digits) ? Number(digits) : NaN;
  return Number.isSafeInteger(count) ? count : undefined;
}

/** What is longer is none of these. */
function text(bytes: Buffer): string {
  return bytes.length > 300 ? '' : String(bytes);
}
