import type { TrainingMetrics } from '@rl-recsys/agent';

/**
 * What training came to: the mean of a figure over the last tenth of its lines that have it. What is held out to test on has no part in it.
 *
 * @param figure - `reward`, `episodeReturn`, `episodeLength`, or one of the agent's own.
 * @returns null where no line has it.
 */
export function lastTenth(lines: readonly TrainingMetrics[], figure: string): number | null {
  const values = lines.flatMap((line) => valueIn(line, figure) ?? []);
  const last = values.slice(-Math.max(1, Math.ceil(lines.length / 10)));
  return last.length === 0 ? null : last.reduce((sum, each) => sum + each, 0) / last.length;
}

function valueIn({ reward, episodeReturn, episodeLength, figures }: TrainingMetrics, figure: string) {
  const own: Readonly<Record<string, number | null | undefined>> = {
    ...figures,
    ...{ reward, episodeReturn, episodeLength },
  };
  return own[figure];
}
