import { train, type Agent, type OneOrMany } from '@rl-recsys/agent';
import { copySaved, type Savable, type SavedState } from '@rl-recsys/random';

/** Whatever can be trained, saved and thrown away. */
type Trained = Agent<never, never> & Savable & { dispose(): void };

/**
 * Trains in parts: at each of the stops agent and environment are thrown away, and made and restored anew.
 *
 * @returns all that training was at its end, but for the time it took.
 */
export async function trainedInParts(
  make: () => { readonly agent: unknown; readonly environment: unknown },
  stops: readonly number[],
  steps: number,
): Promise<SavedState> {
  let resume: SavedState | undefined;
  for (const stop of [...stops, steps]) {
    const made = make() as { agent: Trained; environment: OneOrMany<never, never> };
    const abort = new AbortController();
    await train({
      ...{ ...made, steps, seed: 3, signal: abort.signal },
      ...(resume !== undefined && { resume }),
      checkpoints: {
        isDue(step) {
          if (step >= stop) abort.abort();
          return false;
        },
        save: (state) => void (resume = copySaved(state)),
      },
    });
    made.agent.dispose();
  }
  const { agent, sessions, monitor } = resume as Record<string, SavedState>;
  return {
    agent: agent!,
    sessions: sessions!,
    monitor: { ...(monitor as object), seconds: 0, lastSeconds: 0 },
  };
}
