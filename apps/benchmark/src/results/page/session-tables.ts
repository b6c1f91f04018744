import type { StateModuleName } from '../configuration.js';
import { markdownTable } from '../../harness/markdown.js';
import { meanCell } from './figures.js';
import { movingOf, sessionsOf, type Results } from './select.js';

/** Algorithm 3: a row a policy, columns for each length of a session. */
export function simulatorTable(
  results: Results,
  { dataset, lengths }: { readonly dataset: string; readonly lengths: readonly number[] },
): string {
  const seeds = sessionsOf(results, dataset, 'drr-ave');
  const policies = [...new Set(seeds.flatMap((sessions) => sessions.map(({ policy }) => policy)))];
  const columns = lengths.flatMap((steps) => [
    { head: `reward, T = ${steps}`, steps, measure: 'reward' as const },
    { head: `items, T = ${steps}`, steps, measure: 'length' as const },
    { head: `repeats, T = ${steps}`, steps, measure: 'repeatRate' as const },
  ]);
  const rows = (policies.length === 0 ? ['all policies'] : policies).map((policy) => [
    policy,
    ...columns.map((column) => sessionsCell(seeds, { policy, ...column })),
  ]);
  return markdownTable(['policy', ...columns.map(({ head }) => head)], rows);
}

/** Algorithm 3: what sessions earn with each state module, for DRR that only acts and DRR that learns within them. */
export function simulatorStateModules(
  results: Results,
  {
    dataset,
    lengths,
    stateModules,
  }: {
    readonly dataset: string;
    readonly lengths: readonly number[];
    readonly stateModules: readonly string[];
  },
): string {
  const columns = lengths.flatMap((steps) =>
    ['DRR', 'DRR, learning'].map((policy) => ({ policy, steps, measure: 'reward' as const })),
  );
  const rows = stateModules.map((stateModule) => {
    const seeds = sessionsOf(results, dataset, stateModule);
    return [stateModule, ...columns.map((column) => sessionsCell(seeds, column))];
  });
  const heads = columns.map(({ policy, steps }) => `${policy}: reward, T = ${steps}`);
  return markdownTable(['state module', ...heads], rows);
}

interface SessionsFigure {
  readonly policy: string;
  /** T */
  readonly steps: number;
  readonly measure: 'reward' | 'length' | 'repeatRate';
}

function sessionsCell(
  seeds: ReturnType<typeof sessionsOf>,
  { policy, steps, measure }: SessionsFigure,
): string {
  const means = seeds.flatMap((sessions) => {
    const own = sessions.find((each) => each.policy === policy && each.steps === steps);
    return own ? [own[measure].mean] : [];
  });
  return meanCell(means, { digits: 3 });
}

/** What sessions earn where taste moves. */
export function movingTable(results: Results, task: string): string {
  const seeds = movingOf(results, task);
  const policies = [...new Set(seeds.flatMap(({ rewards }) => Object.keys(rewards)))];
  const rows = (policies.length === 0 ? ['all policies'] : policies).map((policy) => [
    policy,
    meanCell(
      seeds.flatMap(({ rewards }) => rewards[policy] ?? []),
      { digits: 3 },
    ),
    meanCell(
      seeds.flatMap(({ lengths }) => lengths?.[policy] ?? []),
      { digits: 2 },
    ),
  ]);
  return markdownTable(['policy', 'reward of a session', 'items a session'], rows);
}

/** How DRR does with each state module, in each task. */
export function movingStateModules(
  results: Results,
  {
    tasks,
    stateModules,
  }: { readonly tasks: readonly string[]; readonly stateModules: readonly StateModuleName[] },
): string {
  const rows = stateModules.map((stateModule) => [
    stateModule,
    ...tasks.flatMap((task) => {
      const seeds = movingOf(results, task, stateModule);
      return [
        meanCell(
          seeds.flatMap(({ rewards }) => Object.values(rewards)[0] ?? []),
          { digits: 3 },
        ),
        meanCell(
          seeds.flatMap(({ gapClosed }) => (gapClosed === undefined ? [] : [100 * gapClosed])),
          { digits: 0 },
        ),
      ];
    }),
  ]);
  return markdownTable(
    ['state module', ...tasks.flatMap((task) => [`${task}: reward`, '% of the gap'])],
    rows,
  );
}
