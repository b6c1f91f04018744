import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { whereDataIs } from '@rl-recsys/testing';
import { expect, test } from '@jest/globals';
import type { TableRow } from '../src/run/table.js';
import { runCli, temporaryFolder } from './shop.js';

/** P@5, P@10, P@20, NDCG@5, NDCG@10, NDCG@20 of others' implementations of the same protocol. */
const known: Record<string, number[]> = {
  // The exact expectation over all random orders.
  random: [0.5393, 0.5227, 0.469, 0.6037, 0.5768, 0.5618],
  popularity: [0.625, 0.612, 0.535, 0.705, 0.689, 0.679],
  'item mean': [0.673, 0.654, 0.571, 0.773, 0.753, 0.739],
  'matrix factorisation': [0.693, 0.67, 0.586, 0.799, 0.782, 0.77],
  oracle: [0.848, 0.842, 0.734, 1, 1, 1],
};

whereDataIs('ml-100k', (data) => {
  test('the baselines reach the figures that are known of them, to ±0.002', async () => {
    const folder = temporaryFolder();
    const { code } = await runCli(
      folder,
      ...['train', '--dataset', 'ml-100k', '--data', data, '--variant', 'paper', '--seed', '1'],
      ...['--steps', '64', '--name', 'check'],
    );
    expect(code).toBe(0);
    const table = JSON.parse(readFileSync(join(folder, 'runs/check/table.json'), 'utf8')) as TableRow[];
    for (const [policy, figures] of Object.entries(known)) {
      const row = table.find((candidate) => candidate.policy === policy)!;
      const measured = [row.precision, row.ndcg].flatMap((scores) => [5, 10, 20].map((k) => scores[k]!));
      for (const [column, figure] of figures.entries()) {
        expect(Math.abs(measured[column]! - figure)).toBeLessThanOrEqual(0.002);
      }
    }
  }, 180_000);
});
