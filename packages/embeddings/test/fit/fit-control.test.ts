import { describe, expect, test } from '@jest/globals';
import { Random } from '@rl-recsys/random';
import { fitEase, fitIals, fitItemKnn, fitSlit, type FitControl } from '../../src/index.js';
import { drawPlantedRatings, logOf } from './planted-log.js';

const random = Random.fromSeed(1);
const log = { ...logOf(drawPlantedRatings(random, 30, 40)), scale: { min: -3, max: 6 } };
const fits: [string, (control?: FitControl) => Promise<unknown>][] = [
  ['fitEase', (control) => fitEase(log, { ...control })],
  ['fitSlit', (control) => fitSlit(log, { ...control })],
  ['fitItemKnn', (control) => fitItemKnn(log, { ...control })],
  ['fitIals', (control) => fitIals(log, { random, factors: 4, iterations: 2, ...control })],
];

describe.each(fits)('%s', (_, fit) => {
  test('fits the same each time', async () => {
    expect(await fit()).toEqual(await fit());
  });

  test('tells of shares that rise to 1', async () => {
    const shares: number[] = [];
    await fit({ onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
  });

  test('ends with the reason of its signal, before it begins or between two blocks', async () => {
    await expect(fit({ signal: AbortSignal.abort('too late') })).rejects.toBe('too late');
    const controller = new AbortController();
    let calls = 0;
    const onProgress = () => {
      calls += 1;
      controller.abort('enough');
    };
    await expect(fit({ onProgress, signal: controller.signal })).rejects.toBe('enough');
    expect(calls).toBe(1);
  });
});
