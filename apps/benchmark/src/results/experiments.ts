import type { SequenceBlockName } from '@rl-recsys/drr/gated/sequence-block-names';
import { z } from 'zod';
import {
  logOptionsSchema,
  type Configuration,
  type DatasetName,
  type HeldOut,
  type LogOptions,
  type Section,
  type StateModuleName,
} from './configuration.js';

interface Base<Kind extends string, Options> {
  /** Unique; also where its file is. */
  readonly id: string;
  readonly kind: Kind;
  /** What it depends on: a file of other options is of no use. */
  readonly options: Options;
}

/** DRR trained on a log of ratings. */
export type LogExperiment = Base<'log', LogOptions>;

/** DRR's default variant on a log, as a recommender from the catalogue, and its blocks alone. */
export type RecommendingExperiment = Base<
  'recommending',
  {
    readonly dataset: DatasetName;
    readonly heldOut: HeldOut;
    readonly sequenceBlock: SequenceBlockName | 'none';
    readonly seed: number;
  }
>;

/** All that DRR must be compared with on the same log. */
export type BaselinesExperiment = Base<'baselines', { readonly dataset: DatasetName; readonly seed: number }>;

/** DRR's Algorithm 3. */
export type SimulatorExperiment = Base<
  'simulator',
  {
    readonly dataset: DatasetName;
    readonly stateModule: StateModuleName;
    readonly baselines: boolean;
    readonly sessions: number;
    readonly lengths: readonly number[];
    readonly seed: number;
  }
>;

/** Users whose taste moves. */
export type MovingExperiment = Base<
  'moving',
  Omit<Extract<Section, { kind: 'moving' }>, 'kind' | 'tasks' | 'stateModules'> & {
    readonly task: string;
    readonly stateModule: StateModuleName;
    readonly seed: number;
  }
>;

/** Something that is measured by itself, in a process of its own. */
export type Experiment =
  LogExperiment | RecommendingExperiment | BaselinesExperiment | SimulatorExperiment | MovingExperiment;

/**
 * All experiments of a configuration, in the order in which they should run; those that are listed twice once.
 *
 * @throws RangeError where two of the same id have other options, or an option is none of the variant's.
 */
export function listExperiments(configuration: Configuration): Experiment[] {
  const byId = new Map<string, Experiment>();
  for (const experiment of configuration.sections.flatMap((section) => expand(section, configuration))) {
    const before = byId.get(experiment.id);
    if (before && JSON.stringify(before.options) !== JSON.stringify(experiment.options)) {
      throw new RangeError(`sections: expected one meaning of ${experiment.id}, got two`);
    }
    if (!before) byId.set(experiment.id, experiment);
  }
  return [...byId.values()];
}

function expand(section: Section, { seeds, ablations }: Configuration): Experiment[] {
  switch (section.kind) {
    case 'baselines': {
      const { kind, dataset } = section;
      return seeds.map((seed) => ({
        id: `${dataset}/baselines/seed-${seed}`,
        kind,
        options: { dataset, seed },
      }));
    }
    case 'log': {
      const { dataset, variant } = section;
      return section.stateModules.flatMap((stateModule) =>
        seeds.map((seed) => logExperiment(stateModule, { dataset, variant, stateModule, seed })),
      );
    }
    case 'recommending': {
      const { kind, dataset } = section;
      return section.sequenceBlocks.flatMap((sequenceBlock) =>
        section.heldOut.flatMap((heldOut) =>
          seeds.map((seed) => ({
            id: `${dataset}/recommending/${heldOut}/${sequenceBlock}/seed-${seed}`,
            kind,
            options: { dataset, heldOut, sequenceBlock, seed },
          })),
        ),
      );
    }
    case 'ablations':
      return ablations.flatMap(({ dataset, variant, rows }) =>
        rows.flatMap(({ name, options }) =>
          seeds.map((seed) =>
            logExperiment(name, { dataset, variant, stateModule: 'drr-ave', seed, ...options }),
          ),
        ),
      );
    case 'simulator': {
      const { kind, stateModules, ...shared } = section;
      return stateModules.flatMap((stateModule) =>
        seeds.map((seed) => {
          const id = `simulator/${shared.dataset}/${stateModule}/seed-${seed}`;
          return { id, kind, options: { ...shared, stateModule, seed } };
        }),
      );
    }
    case 'moving': {
      const { kind, tasks, stateModules, ...shared } = section;
      return stateModules.flatMap((stateModule) =>
        tasks.flatMap((task) =>
          seeds.map((seed) => {
            const options = { task, stateModule, ...shared, seed };
            return { id: `moving/${task}/${stateModule}/seed-${seed}`, kind, options };
          }),
        ),
      );
    }
  }
}

function logExperiment(name: string, given: Readonly<Record<string, unknown>>): LogExperiment {
  const parsed = logOptionsSchema.safeParse(given);
  if (!parsed.success) throw new RangeError(`${name}: ${z.prettifyError(parsed.error)}`);
  const { dataset, variant, seed } = parsed.data;
  return { id: `${dataset}/${variant}/${name}/seed-${seed}`, kind: 'log', options: parsed.data };
}
