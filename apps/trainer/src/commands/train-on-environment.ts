import { join } from 'node:path';
import type { EpisodeSummary } from '@rl-recsys/agent';
import { canBeSaved } from '@rl-recsys/environment';
import { Random, type SavedState } from '@rl-recsys/random';
import { useWasmBackend } from '../backend.js';
import { chooseVariant } from '../options/choose.js';
import { listed } from '../options/option.js';
import { parseTrainOptions } from '../options/parse.js';
import { refuseWithoutEffect } from '../options/refuse.js';
import { RecentReturn } from '../run/recent-return.js';
import { openRecorder } from '../run/recorder.js';
import { rewriteReturns } from '../run/environment-report.js';
import { factsNow } from '../run/run-facts.js';
import { REPORT_FILE } from '../run/run-report.js';
import { saveEnvironmentRun } from '../run/save-environment-run.js';
import { settle, type StartedRun, type StartRun } from '../run/started-run.js';
import { inThisProcess, type Training } from '../run/training.js';
import { environment as scenario } from '../scenarios/environment/index.js';
import { importEnvironment } from '../scenarios/environment/environment-module.js';
import { say } from '../terminal/output.js';
import { nextCommand } from '../terminal/next-command.js';
import { untilStopped } from '../terminal/stop-signals.js';
import { trainingProgress } from '../terminal/training-progress.js';
import { actorLearned, WITHOUT_ACTOR_UPDATES } from './actor-updates.js';
import { playersOf, playReturns, printReturns, type Player } from './players.js';
import { tellStopped } from './tell-stopped.js';
import type { EnvironmentRunOptions, EnvironmentVariant, MadeOnEnvironment } from '../variants/variant.js';

/**
 * Trains on a user's own environment, once it has passed the checker, and saves what was learned: by the variant that
 * was asked for, or else the one that learns environments of its kind.
 *
 * Where the environment fails on the way, what was learned until then is saved and the cause thrown.
 */
export async function trainOnEnvironment(
  given: Readonly<Record<string, unknown>>,
  start: StartRun,
  training: Training = inThisProcess,
): Promise<void> {
  const startedAt = performance.now();
  const { env: file, variant: name } = given as { readonly env: string; readonly variant?: string };
  const asked = name === undefined ? undefined : chooseVariant(scenario, name);
  refuseWithoutEffect(given, scenario, asked === undefined ? scenario.variants : [asked]);
  // Needed before the variant is known, by which all options are parsed.
  const stepTimeout = scenario.options['stepTimeout']!.schema.safeParse(given['stepTimeout']);
  if (!stepTimeout.success) throw new Error(`--step-timeout: ${stepTimeout.error.issues[0]!.message}`);
  const make = await importEnvironment(file, stepTimeout.data as number);
  const environment = await make();
  const open = [environment];
  try {
    const fitting = scenario.variants.filter(({ fits }) => fits(environment));
    const variant = asked ?? fitting[0] ?? refuseEnvironment(file);
    if (!fitting.includes(variant)) refuseVariant(variant, file, fitting);
    const options = parseTrainOptions({ ...given, variant: variant.name }) as EnvironmentRunOptions;
    const run = await start(scenario.nameRun(options), options);
    if (!canBeSaved(environment))
      say(
        `${file}: has no state() and restore(): if this run is stopped, its episodes begin again when it goes on`,
      );
    await useWasmBackend(options.threads);
    const another = async () => {
      const more = await make();
      open.push(more);
      return more;
    };
    const made = await variant.make(environment, options, Random.fromSeed(options.seed), another, run.keep);
    if (!(await learn(made, options, run, { training, startedAt }))) return;
    const recommender = made.recommender?.();
    const players: Player[] = recommender
      ? playersOf(variant.name, recommender)
      : [[variant.name, made.agent]];
    const random = Random.fromSeed(options.seed).fork('random actions');
    const returns = await playReturns(made.played, players, random);
    await rewriteReturns(run.folder, { ...options, ...made.settled }, returns);
    printReturns(returns, run.folder);
    say(`Open ${join(run.folder, REPORT_FILE)} in a browser. Next:`);
    if (recommender) say(`  ${nextCommand('recommend', ['--run', run.folder, '--user', '0', '-k', '10'])}`);
    say(`  ${nextCommand('evaluate', ['--run', run.folder])}`);
  } finally {
    for (const each of open) await each.close?.();
  }
}

/**
 * Trains, and saves what was learned, also where the environment fails on the way.
 *
 * @param startedAt - when the command began.
 * @returns whether training came to its end: not where a signal stopped it.
 */
async function learn(
  made: MadeOnEnvironment,
  options: EnvironmentRunOptions,
  run: StartedRun,
  { training, startedAt }: { readonly training: Training; readonly startedAt: number },
): Promise<boolean> {
  const { agent, environment } = made;
  const { steps, seed } = options;
  const { folder, state: from } = run;
  const saved = { ...options, ...made.settled };
  const checkpoints = await settle(run, saved);
  await training.settled?.(saved, '');
  const episodes: EpisodeSummary[] = [...(from?.episodes ?? [])];
  const recent = new RecentReturn();
  for (const episode of episodes) recent.add(episode);
  const saving = checkpoints.saving({ episodes, data: '' }, () => recent.mean());
  const recorder = await openRecorder(folder, options, { user: String, item: String }, from?.step);
  const progress = trainingProgress(steps);
  let [state, hasLearned]: [SavedState | undefined, boolean] = [undefined, from !== undefined];
  const ended = async () => {
    progress.stop();
    await recorder.close();
  };
  const saveLearned = async () => {
    const recommender = made.recommender?.();
    const learned = { state: state ?? agent.state(), recommender, episodes };
    const facts = factsNow(undefined, (performance.now() - startedAt) / 1000);
    await saveEnvironmentRun(folder, { options: saved, facts, ...learned });
    say(`Saved what was learned to ${folder}.`);
  };
  try {
    const { result, code } = await untilStopped((signal) =>
      training.train({
        ...{ agent, environment, steps, seed, signal },
        ...(from && { resume: () => from.training }),
        checkpoints: saving,
        onEpisode: (episode) => {
          episodes.push(episode);
          recent.add(episode);
        },
        onMetrics: async (line) => {
          hasLearned ||= actorLearned(line);
          await recorder.line(line);
          progress.show(line);
        },
        ...(made.recommender && { onSession: (session) => recorder.session(session) }),
      }),
    );
    if (code !== undefined && result < steps) {
      await ended();
      tellStopped(training.goesOnBy, folder, result, code);
      return false;
    }
    state = agent.state(); // throws where learning has run away, and is what was good before then
  } catch (error) {
    await ended();
    if (!training.isReplaced?.(error)) await saveLearned();
    throw error;
  }
  await ended();
  if (!hasLearned) say(WITHOUT_ACTOR_UPDATES);
  await checkpoints.keepNewestAndBest();
  await saveLearned();
  return true;
}

function refuseEnvironment(file: string): never {
  const kinds = listed(
    scenario.variants.map(({ learns }) => learns),
    'or',
  );
  throw new Error(`${file}: expected ${kinds}`);
}

function refuseVariant(
  { name, learns }: EnvironmentVariant,
  file: string,
  fitting: readonly EnvironmentVariant[],
): never {
  const others = listed(
    fitting.map((each) => each.name),
    'or',
  );
  throw new Error(
    `--variant: expected ${others || 'another'} for ${file}, got ${name}, which learns ${learns}`,
  );
}
