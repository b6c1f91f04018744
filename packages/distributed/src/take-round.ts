import type { SplitAgent } from '@rl-recsys/agent';
import type { Fields } from '@rl-recsys/replay-buffer';
import type { LearnerProgress } from './learner-progress.js';
import type { Round, RoundCodec } from './round-codec.js';
import { nameIn, placeOf, readSentRound, type Entry, type SentRound } from './sent-round.js';

/** A round that is to be learned from, as it was sent. */
export interface TakenRound<F extends Fields> {
  readonly sent: SentRound;
  readonly round: Round<F>;
}

/** Who looks at a round. */
interface Taker<F extends Fields> {
  readonly agent: Pick<SplitAgent<never, never, F>, 'assertTransitions'>;
  readonly codec: RoundCodec<F>;
  readonly progress: LearnerProgress;
}

/**
 * Takes an entry in, once.
 *
 * @returns what is to be learned from: undefined where it came before, or is none; then `onRefused` is told in one sentence.
 */
export function takeRound<F extends Fields>(
  entry: Entry,
  { agent, codec, progress }: Taker<F>,
  onRefused?: (sentence: string) => void,
): TakenRound<F> | undefined {
  const place = placeOf(entry);
  progress.position = Math.max(progress.position, place ?? 0);
  try {
    const sent = readSentRound(entry);
    const round = codec.decode(sent.bytes);
    agent.assertTransitions(round.transitions);
    const arrival = progress.sequences.take(sent.actor, sent.sequence);
    if (arrival === 'again') return undefined;
    if (arrival === 'after a gap') progress.missing += 1;
    return { sent, round };
  } catch (error) {
    progress.refused += 1;
    const which = place ?? JSON.stringify(entry.id);
    onRefused?.(`the round ${which} of ${nameIn(entry)} is not learned from: ${(error as Error).message}`);
    return undefined;
  }
}
