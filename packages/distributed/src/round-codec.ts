import type { Fields, Transition } from '@rl-recsys/replay-buffer';
import { RecordCodec } from './record-codec.js';

/** An episode that has ended in a round. */
export interface EndedEpisode {
  /** Which of its actor's sessions it was played in. */
  readonly session: number;
  readonly return: number;
  readonly length: number;
}

/** What one round of one actor came to. */
export interface Round<F extends Fields> {
  /** Environment steps that it counts as: the sessions side by side. */
  readonly steps: number;
  readonly transitions: readonly Transition<F>[];
  /** What its steps earned, as the environment said. */
  readonly rewards: readonly number[];
  /** The episodes that have ended since the round before. */
  readonly episodes: readonly EndedEpisode[];
}

/** "RLRS", version 1. */
const MAGIC = 0x53524c52;
const VERSION = 1;
const HEADER = 28;
const REWARD = 8;
const EPISODE = 16;

/** What a round may hold at most: a payload that says more is refused before anything is made of it. */
export const MOST_IN_A_ROUND = 65_536;

/**
 * Rounds as bytes. What comes of bytes is what its length and its header both say, of the schema that was asked for, or an error: nothing
 * in them is trusted.
 */
export class RoundCodec<F extends Fields> {
  private readonly records: RecordCodec<F>;

  constructor(fields: F) {
    this.records = new RecordCodec(fields);
  }

  /** @throws RangeError where a round is too large, or a number of it is none of its field's. */
  encode({ steps, transitions, rewards, episodes }: Round<F>): Buffer {
    const counts = { steps, transitions: transitions.length, rewards: rewards.length };
    for (const [name, count] of Object.entries({ ...counts, episodes: episodes.length })) {
      if (count > MOST_IN_A_ROUND)
        throw new RangeError(`${name}: expected at most ${MOST_IN_A_ROUND} in a round, got ${count}`);
    }
    const bytes = Buffer.alloc(this.sizeOf(transitions.length, rewards.length, episodes.length));
    const header = [MAGIC, VERSION, this.records.schema, steps];
    header.push(transitions.length, rewards.length, episodes.length);
    for (const [place, word] of header.entries()) bytes.writeUInt32LE(word, 4 * place);
    this.records.write(transitions, bytes, HEADER);
    let place = HEADER + transitions.length * this.records.size;
    for (const reward of rewards) place = bytes.writeDoubleLE(reward, place);
    for (const episode of episodes) {
      place = bytes.writeDoubleLE(episode.return, place);
      place = bytes.writeUInt32LE(episode.length, place);
      place = bytes.writeUInt32LE(episode.session, place);
    }
    return bytes;
  }

  /** @throws RangeError where `bytes` is no round of this schema, whole and of the length that it says. */
  decode(bytes: Buffer): Round<F> {
    if (bytes.length < HEADER)
      throw new RangeError(`round: expected ${HEADER} bytes or more, got ${bytes.length}`);
    const [magic, version, schema, steps, ...sizes] = Array.from({ length: HEADER / 4 }, (_, place) =>
      bytes.readUInt32LE(4 * place),
    ) as [number, number, number, number, ...number[]];
    if (magic !== MAGIC) throw new RangeError('round: expected what an actor sends, got something else');
    if (version !== VERSION)
      throw new RangeError(`round: expected version ${VERSION} of the format, got ${version}`);
    if (schema !== this.records.schema)
      throw new RangeError('round: expected transitions of the schema that is learned from, got others');
    if ([steps, ...sizes].some((count) => count > MOST_IN_A_ROUND))
      throw new RangeError(`round: expected at most ${MOST_IN_A_ROUND} of a kind, got more`);
    const [transitions, rewards, episodes] = sizes as [number, number, number];
    if (steps < 1 || rewards > steps)
      throw new RangeError(`rewards: expected at most one for each of ${steps} steps, got ${rewards}`);
    const expected = this.sizeOf(transitions, rewards, episodes);
    if (bytes.length !== expected)
      throw new RangeError(`round: expected the ${expected} bytes that it says, got ${bytes.length}`);
    let place = HEADER + transitions * this.records.size;
    const earned = (name: string) => finite(name, bytes.readDoubleLE((place += 8) - 8));
    const integer = () => bytes.readUInt32LE((place += 4) - 4);
    return {
      steps,
      transitions: this.records.read(bytes, HEADER, transitions),
      rewards: Array.from({ length: rewards }, () => earned('rewards')),
      episodes: Array.from({ length: episodes }, () => {
        const episode = { return: earned('episodes.return'), length: integer(), session: integer() };
        if (episode.session >= steps) {
          throw new RangeError(`episodes.session: expected one of ${steps} sessions, got ${episode.session}`);
        }
        if (episode.length < 1) throw new RangeError('episodes.length: expected a step at least, got none');
        return episode;
      }),
    };
  }

  private sizeOf(transitions: number, rewards: number, episodes: number): number {
    return HEADER + transitions * this.records.size + rewards * REWARD + episodes * EPISODE;
  }
}

/** A sum of such numbers is finite too. */
function finite(name: string, value: number): number {
  if (Number.isFinite(Math.fround(value))) return value;
  throw new RangeError(`${name}: expected numbers that are finite as float32, got ${value}`);
}
