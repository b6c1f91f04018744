import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedRounds, RewardPredictions } from '../src/index.js';

/**
 * A log of the Open Bandit Dataset, judged for the uniform policy over its items, beside a model of rewards that anybody can
 * repeat: (clicks of an item + 1) / (how often it was shown + 200).
 */
export function readOpenBandit(
  folder: string,
  name: string,
  items: number,
): { log: LoggedRounds; model: RewardPredictions } {
  const [, ...lines] = readFileSync(join(folder, `${name}.csv`), 'utf8')
    .trimEnd()
    .split('\n');
  const column = (index: number) => Float64Array.from(lines, (line) => Number(line.split(',')[index]));
  const [actions, rewards, propensities] = [column(0), column(2), column(3)];
  const [clicks, shown] = [new Float64Array(items).fill(1), new Float64Array(items).fill(200)];
  for (const [row, action] of actions.entries()) {
    clicks[action]! += rewards[row]!;
    shown[action]! += 1;
  }
  const rates = clicks.map((count, item) => count / shown[item]!);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / items;
  return {
    log: { rewards, propensities, targetProbabilities: new Float64Array(lines.length).fill(1 / items) },
    model: {
      logged: actions.map((action) => rates[action]!),
      expected: new Float64Array(lines.length).fill(mean),
    },
  };
}
