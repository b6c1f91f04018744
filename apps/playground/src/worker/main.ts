import { DatasetError } from '@rl-recsys/datasets/blob';
import { createRecommender, memoryStorage, saveRecommender, toTar } from '@rl-recsys/recommender';
import type { DroppedFile, News, Order, Problem } from '../messages.js';
import type { Plan } from '../plan.js';
import { startBackend } from './backend.js';
import { comparedUpTo } from './compared.js';
import { Keeper } from './keeper.js';
import { KeptRuns, type KeptRun } from './kept.js';
import { Run } from './run.js';
import { Seat } from './seat.js';
import { storyOf } from './story.js';
import { makeWorld } from './worlds/make-world.js';

const tell = (news: News, transfer: Transferable[] = []) =>
  (self as unknown as Worker).postMessage(news, transfer);

/** What of a reader's advice a page can follow by a click. */
const followed = ['rating', 'encoding', 'decimal', 'counts'];

/** Tells what went wrong, in a sentence. */
function refuse(about: Problem['about'], error: unknown): void {
  if (!(error instanceof DatasetError)) {
    const text = error instanceof Error ? error.message : String(error);
    return tell({ kind: 'problem', problem: { about, text } });
  }
  const advice = error.advice
    .filter(({ option }) => followed.includes(option))
    .map(({ option, value }) => ({
      option,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));
  tell({ kind: 'problem', problem: { about: 'file', text: error.reason, advice } });
}

/** Where runs are kept; undefined where the browser has no place, or another tab has it. */
let kept: KeptRuns | undefined;
let keeper: Keeper | undefined;
let run: Run | undefined;
let seat: Seat | undefined;
/** Trainings come one after the other: the next begins when the one before has ended. */
let last: Promise<void> = Promise.resolve();
/** So do beginnings. */
let begun: Promise<void> = Promise.resolve();
let stories = 0;

/** Begins a run. The one before goes on until there is something to take its place, and where that can't be made. */
async function begin(plan: Plan, file?: DroppedFile, from?: { run: KeptRun; step: number }): Promise<void> {
  const world = await makeWorld(plan, file, (text) => tell({ kind: 'doing', text }));
  tell({ kind: 'doing', text: 'Measuring what others earn …' });
  const step = from?.step ?? 0;
  const compared = await comparedUpTo(world, plan, step);
  run?.stop();
  run = seat = undefined;
  await last;
  const record = from ? from.run.file : file && (await keeper?.keepFile(file));
  const { log, users } = world;
  tell({
    kind: 'begun',
    begun: {
      ...{ plan, about: world.about, compared, hasMood: world.hasMood, canBeBored: world.canBeBored },
      size: { users: log.userCount, items: log.itemCount, ratings: log.items.length },
      users: world.lookedAt.slice(0, 60).map((user) => ({ user, name: users.idOf(user) })),
      ...{ lines: from?.run.lines ?? [], measured: from?.run.measured ?? [] },
    },
  });
  const keep = async (state: KeptRun, at: number) =>
    keeper?.keep({ ...state, ...(record !== undefined && { file: record }) }, at);
  const started = new Run(world, { plan, tell, keep, ...(from && { from }) });
  run = started;
  last = started.train().catch((error) => {
    run = undefined;
    refuse('training', error);
  });
}

async function takeUp(): Promise<void> {
  const found = await kept?.find();
  if (!found) throw new Error('The run that was kept is gone.');
  const { file } = found.run;
  await begin(found.run.plan, file === undefined ? undefined : await kept!.file(file), found);
}

/** Begins when all that was asked before has begun; where it can't, the page is told of the run that goes on. */
function inTurn(about: Problem['about'], beginning: () => Promise<void>): Promise<void> {
  begun = begun.then(beginning).catch((error: unknown) => {
    refuse(about, error);
    if (run) tell({ kind: 'phase', phase: run.phase, step: run.step });
  });
  return begun;
}

async function download(of: Run): Promise<void> {
  const { agent, world } = { agent: of.current!, world: of.world };
  const { tables, foldIn, log, users, items, titles } = world;
  const storage = memoryStorage();
  await saveRecommender(createRecommender({ agent, tables, foldIn, log, users, items, titles }), storage);
  const bytes = (await toTar(storage)) as Uint8Array<ArrayBuffer>;
  tell({ kind: 'download', name: `${of.plan.world}-seed-${of.plan.seed}-step-${of.step}.tar`, bytes }, [
    bytes.buffer,
  ]);
}

async function follow(order: Order): Promise<void> {
  switch (order.kind) {
    case 'begin':
      return inTurn(order.file ? 'file' : 'start', () => begin(order.plan, order.file));
    case 'take-up':
      return inTurn('start', takeUp);
    case 'forget':
      return kept?.forget();
    case 'pause':
      return run?.pause();
    case 'go-on':
      return run?.goOn();
    case 'turn':
      return run?.turn(order.knobs);
    case 'keep':
      return run?.keepNow();
  }
  const agent = run?.current;
  if (!run || !agent) return;
  if (order.kind === 'download') return download(run);
  if (order.kind === 'session') {
    const { world, knobs, step } = run;
    stories += 1;
    return tell({
      kind: 'session',
      story: await storyOf(agent, world, { user: order.user, knobs, step, seed: stories }),
    });
  }
  if (order.kind === 'play') seat = new Seat(run.world, order.user);
  else seat?.rate(order.stars);
  if (seat) tell({ kind: 'played', played: seat.look(agent) });
}

self.onmessage = ({ data }: MessageEvent<Order>) => {
  follow(data).catch((error: unknown) => refuse('training', error));
};

try {
  tell({ kind: 'ready', ...(await startBackend()) });
  const found = await open();
  tell({ kind: 'found', found: found ? { plan: found.run.plan, step: found.step, at: found.at } : null });
} catch (error) {
  refuse('browser', error);
}

async function open(): ReturnType<KeptRuns['find']> {
  try {
    kept = await KeptRuns.open();
    keeper = new Keeper(kept, tell);
    return await kept.find();
  } catch (error) {
    refuse('storage', error);
    return undefined;
  }
}
