import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadRunRecommender } from '../src/run/load-recommender.js';
import { runCli, temporaryFolder, type Outcome } from './shop.js';

describe('a recommender', () => {
  const folder = temporaryFolder();
  const shop = fileURLToPath(new URL('../../examples/dist/shop-visits.js', import.meta.url));
  const ask = async (name: string, ...who: string[]) => {
    const { code, stdout, stderr } = await runCli(folder, 'recommend', '--run', `runs/${name}`, ...who);
    expect([code, stderr]).toEqual([0, '']);
    const [liked, recommended] = stdout
      .split('Recommended:')
      .map((part) => part.match(/(?<=^│ )\d+/gm) ?? []);
    return { stdout, liked, recommended: recommended! };
  };
  let trained: Outcome;
  beforeAll(async () => {
    trained = await runCli(
      folder,
      'train',
      '--env',
      shop,
      '--batch-size',
      '16',
      '--steps',
      '1600',
      '--name',
      'shop',
    );
  }, 120_000);

  test('that brings no embeddings is trained by the default variant, on vectors of random play', () => {
    expect(trained.code).toBe(0);
    expect(trained.stdout).toMatch(/random actions [^]*best fixed list [^]*residual /);
    expect(trained.stdout).toMatch(
      /^looking ahead, γ = 0\.9 instead of 0: [+−]\d+\.\d\d ± \d+\.\d\d reward of a session; γ = /m,
    );
    const files = readdirSync(join(folder, 'runs/shop'));
    expect(files).toEqual(
      expect.arrayContaining(['agent.bin', 'recommender.bin', 'metrics.jsonl', 'episodes.jsonl']),
    );
  });

  test('can be asked for its users, who are told apart by their vectors, and for new ones', async () => {
    const [third, fourth] = [await ask('shop', '--user', '3'), await ask('shop', '--user', '4')];
    expect(new Set(third.recommended).size).toBe(10);
    for (const item of third.recommended) expect(Number(item)).toBeLessThan(40);
    const scoresOf = (stdout: string) => stdout.match(/-?\d\.\d{4}/g);
    expect(scoresOf(fourth.stdout)).not.toEqual(scoresOf(third.stdout));

    const { liked, recommended } = await ask('shop', '--history', '1,2');
    expect(liked).toEqual(['2', '1']);
    expect(recommended).toHaveLength(10);
    expect(recommended).not.toContain('1');
    expect(recommended).not.toContain('2');
  }, 60_000);

  test('keeps the vectors of its users: each load has the same, another seed others', async () => {
    const vectorsOf = async (name: string) => {
      const { parts } = await loadRunRecommender(join(folder, 'runs', name));
      return 'tables' in parts ? parts.tables.users.vectors : undefined;
    };
    const usual = await vectorsOf('shop');
    expect(usual!.length % 30).toBe(0);
    expect(await vectorsOf('shop')).toEqual(usual);
    const other = ['--steps', '320', '--gamma', '0', '--seed', '2', '--name', 'other'];
    expect((await runCli(folder, 'train', '--env', shop, ...other)).code).toBe(0);
    expect(await vectorsOf('other')).not.toEqual(usual);
  }, 60_000);

  test('is evaluated beside random actions that it may take, as when it was trained', async () => {
    const evaluated = await runCli(folder, 'evaluate', '--run', 'runs/shop');
    expect(evaluated).toMatchObject({ code: 0, stderr: '' });
    const rows = evaluated.stdout.matchAll(/^│ ([a-z ]+?) +│ +(\d.*) │$/gm);
    const table = Array.from(rows, ([, name, figures]) => [name, ...figures!.split(/ │ +/).map(Number)]);
    expect(table.map(([name]) => name)).toEqual(['random actions', 'best fixed list', 'residual']);
    expect(trained.stdout).toContain(evaluated.stdout.replace(/Wrote .* again\.\n$/, ''));
    for (const [, mean, deviation, least, most] of table as [string, number, number, number, number][]) {
      expect(least).toBeLessThan(mean);
      expect(mean).toBeLessThan(most);
      expect(deviation).toBeGreaterThan(0);
    }
  }, 60_000);

  test('that earns the same whatever is shown is refused with a sentence', async () => {
    const write = (name: string, code: string) =>
      writeFileSync(join(folder, name), `import make from '${shop}';\n${code}`);
    write(
      'flat.mjs',
      'export default () => { const shop = make(); return { ...shop, step: async (a) => ({ ...(await shop.step(a)), reward: 1 }) }; };',
    );
    const refusal = async (...more: string[]) =>
      (await runCli(folder, 'train', '--steps', '100', ...more)).stderr;
    expect(await refusal('--env', 'flat.mjs')).toContain(
      '--env: expected rewards that differ, got 1 for all of 20 items shown at random',
    );
  }, 60_000);
});
