import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SplitAgent, TrainOptions } from '@rl-recsys/agent';
import {
  FencedError,
  forgetfulness,
  keysOf,
  learnFromActors,
  openRedis,
  takeSeat,
  type LearnerSeat,
  type RedisClient,
} from '@rl-recsys/distributed';
import type { Fields } from '@rl-recsys/replay-buffer';
import { encodeSaved } from '@rl-recsys/storage';
import { trainOnEnvironment } from '../commands/train-on-environment.js';
import { trainOnLog } from '../commands/train-on-log.js';
import { chooseScenario } from '../options/choose.js';
import { gatherOptions } from '../options/gather.js';
import { flagOf } from '../options/option.js';
import type { RunOptions } from '../options/run-options.js';
import { writeJson } from '../run/files.js';
import type { Keep } from '../run/keep.js';
import { chooseRunFolder } from '../run/run-folder.js';
import { beginRun, goOnWithRun, readStartedOptions, statusOf, type StartRun } from '../run/started-run.js';
import type { Training } from '../run/training.js';
import { nextCommand } from '../terminal/next-command.js';
import { say } from '../terminal/output.js';
import { meetingPlace } from './cluster-options.js';
import { epochFolder, epochsOf, newestBefore, removeBefore } from './epochs.js';
import { tellTrouble } from './trouble.js';

/** What `cluster-learner` takes beside the options of `train`. */
export interface LearnerOptions {
  readonly redis?: string;
  readonly group: string;
  readonly replace?: boolean;
  readonly resume?: string;
}

/** Tells a run apart from all others; a learner that goes on with it finds it here. */
const RUN_FILE = 'cluster.json';

/** Learns from actors on any machine, and ends with the table and the folder of a run as `train` does. */
export async function clusterLearner({
  redis,
  group,
  replace = false,
  resume,
  ...flags
}: LearnerOptions & Readonly<Record<string, unknown>>): Promise<void> {
  const place = meetingPlace({ ...(redis !== undefined && { redis }), group });
  const given = resume === undefined ? await gatherOptions(flags) : await optionsOf(resume, flags);
  const client = await openRedis(place.redis);
  // Whoever names the Redis otherwise, as cluster does, starts actors too.
  const goesOnBy = [redis === undefined ? 'cluster' : 'cluster-learner', '--group', place.group] as const;
  const learner = new ClusterLearner(client, { group: place.group, replace, resume, goesOnBy });
  if (redis !== undefined)
    say(`Start actors by ${nextCommand('cluster-actor', ['--group', place.group, '--redis', 'URL'])}`);
  try {
    const warning = await forgetfulness(client);
    if (warning !== undefined) console.error(`warning: ${warning}`);
    const trainOn = chooseScenario(given).kind === 'log' ? trainOnLog : trainOnEnvironment;
    await trainOn(given, learner.start, learner.training);
  } finally {
    await learner.close();
    client.disconnect();
  }
}

/** What a run is started by and trained by where actors are elsewhere. */
class ClusterLearner {
  private seat: LearnerSeat | undefined;
  private folder = '';

  constructor(
    private readonly redis: RedisClient,
    private readonly given: {
      readonly group: string;
      readonly replace: boolean;
      readonly resume: string | undefined;
      readonly goesOnBy: Training['goesOnBy'];
    },
  ) {}

  /** Takes the seat first: nothing is written to a folder that another learner still has. */
  readonly start: StartRun = async (subject, options) => {
    const { redis } = this;
    const { group, replace, resume } = this.given;
    const folder = (this.folder = resume ?? chooseRunFolder(subject, options));
    const run = resume === undefined ? randomUUID() : await runIn(folder);
    const [latest] = (await epochsOf(folder)).reverse();
    const seat = await takeSeat({
      ...{ redis, keys: keysOf(group), run, replace, leastEpoch: latest ?? 0 },
      onTrouble: tellTrouble(),
      onWaiting: () => say(`Another learner of ${folder} is alive; waiting to take over`),
    });
    this.seat = seat;
    const state = await newestBefore(folder, options, seat.epoch);
    const started =
      resume === undefined ? await beginRun(folder, options) : await goOnWithRun(folder, options, state);
    await mkdir(folder, { recursive: true });
    await writeJson(folder, RUN_FILE, { run });
    if (resume !== undefined) say(`Going on with ${folder} from step ${state?.step ?? 0}.`);
    const checkpointsIn = epochFolder(seat.epoch);
    return { ...started, state, checkpointsIn, keep: this.keepForActors(started.keep) };
  };

  get training(): Training {
    return {
      train: async <Observation, Action>(options: TrainOptions<Observation, Action>) => {
        const { agent, checkpoints, ...others } = options;
        const seat = this.seat!;
        const steps = await learnFromActors({
          ...others,
          agent: agent as SplitAgent<Observation, Action, Fields>,
          seat,
          ...(checkpoints && {
            checkpoints: {
              isDue: (step: number) => checkpoints.isDue(step),
              save: async (state, step, isLast) => {
                await checkpoints.save(state, step, isLast);
                await removeBefore(this.folder, seat.epoch);
              },
            },
          }),
          onRefused: (sentence) => console.error(sentence),
        });
        await this.close(); // what is left needs no actors
        return steps;
      },
      settled: (options: RunOptions, data: string) =>
        this.seat!.tell({ options: JSON.stringify(options), data, folder: this.folder }),
      isReplaced: (error) => error instanceof FencedError,
      goesOnBy: this.given.goesOnBy,
    };
  }

  async close(): Promise<void> {
    await this.seat?.leave();
    this.seat = undefined;
  }

  /** What is made once when a run begins is told to its actors too. */
  private keepForActors(keep: Keep): Keep {
    return async (name, make) => {
      const kept = await keep(name, make);
      await this.seat!.tell({ [`kept:${name}`]: Buffer.from(encodeSaved(kept)) });
      return kept;
    };
  }
}

/** The options of a run that was begun, as a command line gives them. */
async function optionsOf(folder: string, beside: Readonly<Record<string, unknown>>) {
  const given = Object.keys(beside).find((name) => beside[name] !== undefined);
  if (given !== undefined)
    throw new Error(
      `${flagOf(given)}: expected nothing beside --resume, since a run goes on with the options that it has`,
    );
  if (statusOf(folder) === undefined)
    throw new Error(`--resume: expected the folder of a run, got ${folder}`);
  const { scenario, ...options } = await readStartedOptions(folder);
  return scenario === 'environment' ? options : { ...options, dataset: scenario };
}

async function runIn(folder: string): Promise<string> {
  const file = join(folder, RUN_FILE);
  if (!existsSync(file))
    throw new Error(`--resume: expected a run of cluster, got ${folder}: train --resume goes on with it`);
  return (JSON.parse(await readFile(file, 'utf8')) as { run: string }).run;
}
