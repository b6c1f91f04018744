import { markdownTable } from '../../harness/markdown.js';
import type { DatasetName, Section } from '../configuration.js';
import { goalLines } from './goals.js';
import { introduction } from './introduction.js';
import { differenceTable, fullRankingTable, rerankingTable, seedTable } from './log-tables.js';
import { misses } from './misses.js';
import { paperDifferences } from './paper-differences.js';
import { learningPlot, movingPlot, precisionPlot, type Plot } from './plots.js';
import type { Results } from './select.js';
import { ABOUT_RECOMMENDING, recommendingBlocks } from './recommending-tables.js';
import { movingStateModules, movingTable, simulatorStateModules, simulatorTable } from './session-tables.js';
import { ablationTable, stateModuleTable } from './variant-tables.js';

/** A page, and the pictures that it refers to. */
export interface Page {
  readonly markdown: string;
  /** SVG by file name. */
  readonly plots: ReadonlyMap<string, string>;
}

const titles: Readonly<Record<DatasetName, string>> = {
  'ml-100k': 'MovieLens 100K',
  'ml-1m': 'MovieLens 1M',
  jester: 'Jester',
};

/**
 * The whole of RESULTS.md.
 *
 * @param plotFolder - where the page finds its pictures.
 */
export function formatPage(results: Results, { plotFolder }: { readonly plotFolder: string }): Page {
  const plots = new Map<string, string>();
  const picture = (name: string, description: string, plot: Plot): string[] => {
    if (plot === undefined) return [];
    plots.set(`${name}.svg`, plot);
    return [`![${description}](${plotFolder}/${name}.svg)`];
  };
  const { sections, ablations } = results.configuration;
  const datasets = [...new Set(sections.flatMap((each) => (each.kind === 'log' ? [each.dataset] : [])))];
  const recommending = sections.filter((each) => each.kind === 'recommending');
  const moving = sections.filter((each) => each.kind === 'moving');
  const simulators = sections.filter((each) => each.kind === 'simulator');
  const blocks = [
    '# Results',
    ...introduction(results),
    '## Does it win?',
    goalTable(results),
    '### Where it misses, and what was tried',
    misses,
    ...datasets.flatMap((dataset) => [
      `## ${titles[dataset]}`,
      ...recommending
        .filter((section) => section.dataset === dataset)
        .flatMap((section) => [ABOUT_RECOMMENDING, ...recommendingBlocks(results, section)]),
      ...picture(
        `${dataset}-precision`,
        `P@5 of all policies on ${titles[dataset]}`,
        precisionPlot(results, dataset),
      ),
      ...logBlocks(results, dataset),
      ...picture(
        `${dataset}-learning`,
        `Reward of a step while training on ${titles[dataset]}`,
        learningPlot(results, dataset),
      ),
    ]),
    ...(ablations.length === 0 ? [] : ['## Ablations', ABOUT_ABLATIONS]),
    ...ablations.map((ablation) => ablationTable(results, ablation)),
    ...simulators
      .filter(({ baselines }) => baselines)
      .flatMap((section) => [
        '## Simulator',
        ABOUT_SIMULATOR(section),
        simulatorTable(results, section),
        ...simulatorStates(results, section, simulators),
      ]),
    ...(moving.length === 0 ? [] : ['## Moving taste', ABOUT_MOVING]),
    ...[...new Set(moving.flatMap(({ tasks }) => tasks))].flatMap((task) => [
      `### ${movingTitles[task] ?? task}`,
      movingTable(results, task),
      ...picture(`moving-${task}`, `Reward of a session by policy: ${task}`, movingPlot(results, task)),
    ]),
    ...movingStates(results, moving),
    '## How ours differs from the paper',
    paperDifferences,
  ];
  return { markdown: `${blocks.join('\n\n')}\n`, plots };
}

function goalTable(results: Results): string {
  const rows = goalLines(results).map(({ goal, measured, verdict }) => [goal, measured, verdict]);
  return markdownTable(['goal', 'measured', 'verdict'], rows);
}

function logBlocks(results: Results, dataset: DatasetName): string[] {
  const states = stateModuleTable(results, dataset);
  return [
    '### Re-ranking what users held out',
    'The policy orders each user’s own held-out items, one after the other (the paper’s Algorithm 2).',
    rerankingTable(results, dataset),
    '### Ranking the whole catalogue',
    'All items but those of the user’s training part, in one list of ten.',
    fullRankingTable(results, dataset),
    '### Less matrix factorisation',
    'User by user, each less the matrix factorisation of its own run: ours and the static mix less the one with users folded in,' +
      ' the paper’s less the one with 99 factors, baselines less the one as fitted.',
    differenceTable(results, dataset),
    'The same for each seed, re-ranking, with 95 % bootstrap intervals over users:',
    seedTable(results, dataset),
    ...(states === undefined ? [] : ['### State modules', 'Re-ranking, of both variants.', states]),
  ];
}

const ABOUT_ABLATIONS = 'One option changed at a time, on MovieLens 100K with DRR-ave; re-ranking.';

type SimulatorSection = Extract<Section, { kind: 'simulator' }>;

function simulatorStates(
  results: Results,
  { dataset, lengths }: SimulatorSection,
  sections: readonly SimulatorSection[],
): string[] {
  const same = sections.filter((section) => section.dataset === dataset);
  const stateModules = [...new Set(same.flatMap((section) => section.stateModules))];
  if (stateModules.length < 2) return [];
  const table = simulatorStateModules(results, { dataset, lengths, stateModules });
  return ['### State modules in the simulator', table];
}

const ABOUT_SIMULATOR = ({ dataset, sessions, lengths }: SimulatorSection) =>
  `The paper’s Algorithm 3 on ${titles[dataset]}: ${sessions} sessions of T = ${lengths.join(' and ')} items with users and ` +
  'moments drawn from the whole log. A user answers with their logged rating, held-out ones included, and else with what ' +
  'PMF predicts, which was fitted on the training part. Rewards are sums over a session, of ratings from −1 to 1. ' +
  'That judge is of the same kind as the factorizations that it judges and was fitted on the same ratings, which flatters them. ' +
  'LinUCB, the factorization that learns online and “DRR, learning” learn within a session, each from reset parameters; the ' +
  'others only act. “DRR, learning” makes an update after each step, from the session’s steps alone, and its learning actor acts.';

const movingTitles: Readonly<Record<string, string>> = {
  types: 'Types: six types of items, whose best plan is known',
  catalogue: 'Catalogue: 500 items without repeats',
  learned: 'Learned vectors: nothing is known but a log',
};

const ABOUT_MOVING =
  'Users whose taste and mood change with what they are shown, so that looking ahead pays. Expected rewards of sessions with ' +
  'users who were never trained on; the first policy is DRR, which looks ahead. The gap is the way from the best greedy policy, ' +
  'which sees the state, to the plan, which sees it too. Of types and of the catalogue the policy is the best that DRR had in the second ' +
  'half of its training to 100 other users, who are neither trained on nor measured.';

function movingStates(results: Results, sections: readonly Extract<Section, { kind: 'moving' }>[]): string[] {
  const stateModules = [...new Set(sections.flatMap((each) => each.stateModules))];
  const tasks = [...new Set(sections.flatMap((each) => each.tasks))];
  if (stateModules.length < 2) return [];
  return ['### State modules where taste moves', movingStateModules(results, { tasks, stateModules })];
}
