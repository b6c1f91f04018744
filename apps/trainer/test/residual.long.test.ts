import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { SessionRecord, TrainingMetrics } from '@rl-recsys/agent';
import { residualShop } from './residual-shop.js';
import { runCli, type Outcome } from './shop.js';

const { folder, rated, train, tableOf, rowOf } = residualShop();

let trained: Outcome;
beforeAll(async () => {
  trained = await train('trained', '3200', '--session-length', '5');
}, 120_000);

test('trains what starts at matrix factorisation, beside its blocks and a fixed mix', () => {
  expect(trained).toMatchObject({ code: 0 });
  const { rows, differences } = tableOf('trained');
  expect(rows.map(({ policy, role }) => `${policy} (${role})`)).toEqual([
    ...['random (baseline)', 'popularity (baseline)', 'item mean (baseline)'],
    ...['iALS (strong)', 'item-kNN (strong)', 'EASE (strong)', 'SLIT (strong)'],
    ...['matrix factorisation (block)', 'factorisation of likes (block)', 'static mix (mix)'],
    ...['DRR (trained)', 'oracle (oracle)'],
  ]);
  const fullRanking = differences.filter(({ of }) => of === 'fullRanking');
  expect(fullRanking.map(({ role }) => role)).toEqual(['block', 'mix', 'baseline']);
  expect(trained.stdout).toMatch(/, the best single block │ [+−]0\.\d{4} \([+−]0\.\d{4} to /);
  expect(readdirSync(join(folder, 'runs/trained'))).toEqual(
    expect.arrayContaining(['recommender.bin', 'report.html']),
  );
});

test('has learned something, and without learning ranks exactly as matrix factorisation does', async () => {
  const untrained = await train('untrained', '64');
  expect(untrained.stdout).toContain(
    'before the first update of the actor, which has not learned yet: more --steps',
  );
  expect(trained.stdout).not.toContain('has not learned yet');
  const { fullRanking, reranking } = rowOf('untrained', 'matrix factorisation');
  expect(rowOf('untrained', 'DRR')).toEqual({ policy: 'DRR', role: 'trained', fullRanking, reranking });
  // Which few of a user's last five it ranks otherwise may change no figure; of the whole catalogue it does.
  const learned = rowOf('trained', 'DRR').fullRanking;
  expect(learned).not.toEqual(rowOf('trained', 'matrix factorisation').fullRanking);
}, 60_000);

test('tells what its gates, its residual and its choice do, and of sessions with what each block added', () => {
  const linesOf = <Line>(file: string) =>
    readFileSync(join(folder, 'runs/trained', file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const { figures } = linesOf<TrainingMetrics>('metrics.jsonl').at(-1)!;
  const names = ['bias', 'ratings', 'likes'].map((block) => `gate/${block}`);
  for (const name of [...names, 'candidateEntropy', 'residualSize', 'meanQ'])
    expect([name, Number.isFinite(figures[name])]).toEqual([name, true]);
  const sessions = linesOf<SessionRecord<string, string>>('sessions.jsonl');
  for (const { user, shown } of sessions) {
    // A moment's user is the user whose moment it is, who has rated what is shown.
    for (const { item } of shown) expect(rated.get(user)!.has(item)).toBe(true);
  }
  expect(Object.keys(sessions.at(-1)!.shown[0]!.parts!)).toEqual(expect.arrayContaining(['bias', 'learned']));
});

test('evaluate repeats the figures, and recommend gives ids that the user has never rated', async () => {
  const lines = (text: string) => text.split('\n').filter((line) => /│|^For /.test(line));
  const evaluated = await runCli(folder, 'evaluate', '--run', 'runs/trained');
  expect(lines(evaluated.stdout)).toEqual(lines(trained.stdout));
  const { stdout } = await runCli(folder, 'recommend', '--run', 'runs/trained', '--user', 'c-7', '-k', '10');
  const recommended = stdout.split('Recommended:')[1]!.match(/p-\d+/g)!;
  expect(new Set(recommended).size).toBe(10);
  for (const item of recommended) expect(rated.get('c-7')!.has(item)).toBe(false);
}, 60_000);

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
