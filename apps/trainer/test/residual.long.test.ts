import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { TrainingMetrics } from '@rl-recsys/agent';
import { residualShop } from './residual-shop.js';
import { runCli } from './shop.js';

const { folder, train, tableOf, rowOf } = residualShop();

beforeAll(async () => {
  expect(await train('trained', '3200', '--session-length', '5')).toMatchObject({ code: 0 });
}, 120_000);

test('is the same run for the same seed', async () => {
  await train('again', '3200', '--session-length', '5');
  expect(tableOf('again')).toEqual(tableOf('trained'));
}, 120_000);

test.each(['drr-p', 'drr-att', 'gru'])(
  'runs with the state module %s, and can be asked',
  async (stateModule) => {
    const { code, stderr } = await train(
      stateModule,
      '960',
      '--state-module',
      stateModule,
      '--history-size',
      '3',
    );
    expect({ code, errors: stderr.match(/error.*/g) }).toEqual({ code: 0, errors: null });
    expect(rowOf(stateModule, 'DRR').reranking.precision).toBeGreaterThan(0);
    const asked = await runCli(folder, 'recommend', '--run', `runs/${stateModule}`, '--user', 'c-7');
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(asked.stdout.split('Recommended:')[1]!.match(/p-\d+/g)).toHaveLength(10);
  },
  120_000,
);

test('trains the vectors of items too, or replays by priority, and learns otherwise then', async () => {
  const fileOf = (name: string, file: string) => readFileSync(join(folder, 'runs', name, file));
  const lossOf = (name: string) => {
    const lines = fileOf(name, 'metrics.jsonl').toString().trim().split('\n');
    const losses = lines.map((line) => (JSON.parse(line) as TrainingMetrics).figures['criticLoss']);
    return losses.filter((loss) => typeof loss === 'number').at(-1);
  };
  const learned = async (name: string, ...options: string[]) => {
    const { code } = await train(name, '3200', '--session-length', '5', ...options);
    expect(code).toBe(0);
    expect(lossOf(name)).not.toBe(lossOf('trained'));
  };
  await learned('trainable', '--trainable-embeddings');
  await learned('prioritized', '--replay', 'prioritized');
  const sizeOf = (name: string) => fileOf(name, 'recommender.bin').length;
  expect(sizeOf('trainable')).toBeGreaterThan(sizeOf('trained'));
  expect(sizeOf('prioritized')).toBe(sizeOf('trained'));
}, 180_000);
