import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfiguration, type Configuration } from '../src/results/configuration.js';
import { listExperiments, type Experiment } from '../src/results/experiments.js';
import { formatRun, readRun, runFile, writeRun, type Run } from '../src/results/run-file.js';
import { runExperiments } from '../src/results/run-experiments.js';

const checkedIn = fileURLToPath(new URL('../results/config.json', import.meta.url));

const small: Configuration = {
  seeds: [1, 2],
  sections: [
    { kind: 'log', dataset: 'ml-100k', variant: 'paper', stateModules: ['drr-ave', 'gru'] },
    { kind: 'baselines', dataset: 'ml-100k' },
    { kind: 'ablations' },
    {
      ...{ kind: 'simulator', dataset: 'ml-100k', stateModules: ['drr-ave'], baselines: true },
      ...{ sessions: 3, lengths: [10] },
    },
    {
      ...{ kind: 'moving', tasks: ['types'], stateModules: ['drr-p'], steps: 64 },
      ...{ sessions: 8, epsilon: { to: 0.05, within: 0.25 } },
    },
  ],
  ablations: [
    {
      ...{ title: 'Replay', dataset: 'ml-100k', variant: 'paper' },
      rows: [
        { label: 'prioritized', name: 'drr-ave', options: {} },
        { label: 'uniform', name: 'replay-uniform', options: { replay: 'uniform' } },
      ],
    },
  ],
};

function runOf(experiment: Experiment): Run {
  const machine = {
    cpu: 'x',
    cores: 1,
    memoryGiB: 1,
    platform: 'p',
    node: '1',
    tfjs: '4',
    date: '2020-01-01',
  };
  return { ...experiment, machine, seconds: 1, measured: { policies: [] } };
}

describe('the experiments of a configuration', () => {
  test('are its sections in their order, each seed after the other, none twice', () => {
    expect(listExperiments(small).map(({ id }) => id)).toEqual([
      'ml-100k/paper/drr-ave/seed-1',
      'ml-100k/paper/drr-ave/seed-2',
      'ml-100k/paper/gru/seed-1',
      'ml-100k/paper/gru/seed-2',
      'ml-100k/baselines/seed-1',
      'ml-100k/baselines/seed-2',
      'ml-100k/paper/replay-uniform/seed-1',
      'ml-100k/paper/replay-uniform/seed-2',
      'simulator/ml-100k/drr-ave/seed-1',
      'simulator/ml-100k/drr-ave/seed-2',
      'moving/types/drr-p/seed-1',
      'moving/types/drr-p/seed-2',
    ]);
  });

  test('have the options that they are run with', () => {
    const byId = new Map(listExperiments(small).map((each) => [each.id, each.options]));
    expect(byId.get('ml-100k/paper/replay-uniform/seed-2')).toEqual({
      ...{ dataset: 'ml-100k', variant: 'paper', stateModule: 'drr-ave', seed: 2, replay: 'uniform' },
    });
    expect(byId.get('moving/types/drr-p/seed-1')).toEqual({
      ...{ task: 'types', stateModule: 'drr-p', steps: 64, seed: 1 },
      ...{ sessions: 8, epsilon: { to: 0.05, within: 0.25 } },
    });
  });

  test('can’t mean two things by one id', () => {
    const [ablation] = small.ablations;
    const rows = [{ label: 'uniform', name: 'drr-ave', options: { replay: 'uniform' } }];
    expect(() => listExperiments({ ...small, ablations: [{ ...ablation!, rows }] })).toThrow(
      'sections: expected one meaning of ml-100k/paper/drr-ave/seed-1, got two',
    );
  });

  test('take no option that their variant has not', () => {
    const [ablation] = small.ablations;
    const listed = (variant: 'residual' | 'paper', options: Record<string, string | number>) =>
      listExperiments({
        ...small,
        ablations: [{ ...ablation!, variant, rows: [{ label: 'changed', name: 'changed', options }] }],
      });
    expect(() => listed('residual', { embeddingSize: 16 })).toThrow(/changed: .*embeddingSize/);
    expect(() => listed('paper', { replay: 'none' })).toThrow(/changed: [^]*replay/);
    expect(listed('paper', { embeddingSize: 16 })).toHaveLength(listExperiments(small).length);
  });

  test('of the configuration that is checked in have unique ids, the most important first', () => {
    const ids = listExperiments(readConfiguration(checkedIn)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const places = [
      'ml-100k/recommending/newest-fifth/none/seed-1',
      'ml-1m/recommending/last-item/gru4rec/seed-5',
      'ml-100k/baselines/seed-1',
      'ml-100k/residual/drr-ave/seed-1',
      'ml-100k/paper/drr-ave/seed-1',
      'moving/types/decaying-sums/seed-1',
      'ml-1m/residual/drr-ave/seed-5',
      'ml-1m/baselines/seed-1',
      'ml-100k/residual/gru/seed-1',
      'ml-100k/residual/history-5/seed-1',
      'jester/residual/drr-ave/seed-1',
      'simulator/ml-100k/drr-ave/seed-1',
      'ml-1m/paper/drr-ave/seed-1',
      'moving/learned/drr-p/seed-1',
      'jester/paper/drr-p/seed-5',
      'simulator/ml-100k/drr-p/seed-5',
    ].map((id) => ids.indexOf(id));
    expect(places[0]).toBe(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

describe('a configuration', () => {
  test('that says something else is refused, with the place', () => {
    const folder = mkdtempSync(join(tmpdir(), 'results-'));
    const file = join(folder, 'config.json');
    const sections = [{ kind: 'baselines', dataset: 'ml-100m' }];
    writeFileSync(file, JSON.stringify({ ...small, sections }));
    expect(() => readConfiguration(file)).toThrow(/config\.json[^]*sections\[0\]\.dataset/);
    rmSync(folder, { recursive: true });
  });
});

describe('running experiments', () => {
  const experiments = listExperiments({ ...small, sections: small.sections.slice(0, 1) });
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'results-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const runWith = async (run: (experiment: Experiment) => void, jobs = 1) => {
    const ran: string[] = [];
    const failed = await runExperiments(experiments, {
      ...{ folder, jobs, onProgress: () => {} },
      run: (experiment, file) => {
        ran.push(experiment.id);
        run(experiment);
        writeRun(file, runOf(experiment));
        return Promise.resolve();
      },
    });
    return { ran, failed };
  };

  test('goes on where it stopped: what is there with the same options is skipped, other options are not', async () => {
    const [first, second] = experiments as [Experiment, Experiment];
    writeRun(runFile(folder, first.id), runOf(first));
    const changed = { ...second, options: { ...second.options, steps: 9 } } as Experiment;
    writeRun(runFile(folder, second.id), runOf(changed));
    const { ran, failed } = await runWith(() => {});
    expect(ran).toEqual(experiments.slice(1).map(({ id }) => id));
    expect(failed).toEqual([]);
    expect(readRun(folder, second)).toEqual(runOf(second));
    expect((await runWith(() => {})).ran).toEqual([]);
  });

  test('does not stop where one fails, and runs it again the next time', async () => {
    const broken = experiments[1]!.id;
    const { ran, failed } = await runWith(({ id }) => {
      if (id === broken) throw new Error('broken');
    });
    expect(ran).toHaveLength(4);
    expect(failed).toEqual([broken]);
    expect((await runWith(() => {})).ran).toEqual([broken]);
  });

  test('runs each once with several at once', async () => {
    const { ran } = await runWith(() => {}, 3);
    expect(ran).toEqual(experiments.map(({ id }) => id));
  });
});

describe('the file of a run', () => {
  test('has a line for each policy, five decimals, and the options as they were', () => {
    const interval = { mean: 1 / 3, low: NaN, high: 2 };
    const cutoff = { cutoff: 5, precision: interval, ndcg: interval, recall: 0.1234567 };
    const rest = { averagePrecision: 1, reciprocalRank: 1, hitRate: 1 };
    const [experiment] = listExperiments(small);
    const policy = { policy: 'DRR', reranking: [{ ...cutoff, ...rest }], full: [] };
    const text = formatRun({ ...runOf(experiment!), measured: { policies: [policy, policy] } });
    expect(text.split('\n').filter((line) => line.includes('"policy"'))).toHaveLength(2);
    const run = JSON.parse(text) as { options: unknown; measured: { policies: unknown[] } };
    expect(run.options).toEqual(experiment!.options);
    expect(run.measured.policies[0]).toMatchObject({
      reranking: [{ precision: { mean: 0.33333, low: null, high: 2 }, recall: 0.12346 }],
    });
  });

  test('that is damaged is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'results-'));
    const [experiment] = listExperiments(small) as [Experiment];
    const file = runFile(folder, experiment.id);
    writeRun(file, runOf(experiment));
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
    expect(() => readRun(folder, experiment)).toThrow('seed-1.json: expected the JSON of a run');
    rmSync(folder, { recursive: true });
  });
});
