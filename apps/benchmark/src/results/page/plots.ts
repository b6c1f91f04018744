import type { DatasetName } from '../configuration.js';
import { drawBars, drawCurves, type Bar, type Curve } from './charts.js';
import { meanOf, overSeeds } from './figures.js';
import { policyRows } from './log-tables.js';
import { curvesOf, DRR, movingOf, runsOf, scoresOf, type Results } from './select.js';
import type { LogMeasured, CurvePoint } from '../measured.js';

/** SVG; undefined where nothing has been run that it would show. */
export type Plot = string | undefined;

/** P@5 of all policies: over seeds where there are several, else with the interval over users. */
export function precisionPlot(results: Results, dataset: DatasetName): Plot {
  const bars = policyRows(dataset).flatMap((row): Bar[] => {
    const place = { protocol: 'reranking', measure: 'precision', cutoff: 5 } as const;
    const means = scoresOf(results, row, place);
    const interval = means.length === 1 ? overUsers(results, row) : overSeeds(means);
    if (!interval) return [];
    const { mean, ...limits } = interval;
    const label = row.label.replaceAll('*', '');
    return [{ label, value: mean, highlighted: row.policy === DRR, ...limits }];
  });
  return bars.length === 0 ? undefined : drawBars({ bars, name: 'P@5' });
}

function overUsers(results: Results, { group, policy }: { group: string; policy: string }) {
  const { policies } = runsOf(results, group)[0]!.run.measured as LogMeasured;
  return policies.find((each) => each.policy === policy)!.reranking.find(({ cutoff }) => cutoff === 5)!
    .precision;
}

/** The reward of a step as training goes on, over the share of training, since the variants' differ in length. */
export function learningPlot(results: Results, dataset: DatasetName): Plot {
  const variants = [
    ['ours', `${dataset}/residual/drr-ave`],
    ['the paper’s', `${dataset}/paper/drr-ave`],
  ] as const;
  const curves = variants.flatMap(([name, group]): Curve[] => {
    const seeds = curvesOf(results, group).filter((points) => points.length > 0);
    return seeds.length === 0 ? [] : [meanCurve(name, seeds)];
  });
  if (curves.length === 0) return undefined;
  return drawCurves({ curves, xName: '% of training', yName: 'mean reward of a step' });
}

function meanCurve(name: string, seeds: readonly (readonly CurvePoint[])[]): Curve {
  const length = Math.min(...seeds.map((points) => points.length));
  const last = seeds[0]![length - 1]!.step;
  const points = Array.from({ length }, (_, place) => {
    const reward = meanOf(seeds.map((curve) => curve[place]!.reward));
    return [(100 * seeds[0]![place]!.step) / last, reward] as const;
  });
  return { name: `${name} (${last.toLocaleString('en')} steps)`, points };
}

/** What sessions earn where taste moves. */
export function movingPlot(results: Results, task: string): Plot {
  const seeds = movingOf(results, task);
  const policies = [...new Set(seeds.flatMap(({ rewards }) => Object.keys(rewards)))];
  const bars = policies.flatMap((label, place): Bar[] => {
    const interval = overSeeds(seeds.flatMap(({ rewards }) => rewards[label] ?? []));
    if (!interval) return [];
    const { mean, ...limits } = interval;
    return [{ label, value: mean, highlighted: place === 0, ...limits }];
  });
  return bars.length === 0 ? undefined : drawBars({ bars, name: 'reward of a session' });
}
