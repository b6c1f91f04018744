import { DatasetError } from '@rl-recsys/datasets/blob';
import { createRecommender, memoryStorage, saveRecommender, toTar } from '@rl-recsys/recommender';
import type { DroppedFile, News, Order, Problem } from '../messages.js';
import { knobsAt, type Plan } from '../plan.js';
import { startBackend } from './backend.js';
import { KeptRuns, type KeptRun } from './kept.js';
import { Run } from './run.js';
import { Seat } from './seat.js';
import { storyOf } from './story.js';
import { makeWorld } from './worlds/make-world.js';

const tell = (news: News, transfer: Transferable[] = []) =>
  (self as unknown as Worker).postMessage(news, transfer);

/** What of a reader's advice a page can follow by a click. */
const followed = ['rating', 'pairs', 'encoding', 'decimal', 'counts'];

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

let kept: KeptRuns | undefined;
let run: Run | undefined;
let seat: Seat | undefined;
/** Trainings come one after the other: the next begins when the one before has ended. */
let last: Promise<void> = Promise.resolve();
let stories = 0;

/** Keeps a run; a storage that is full is told of once, and training goes on. */
async function keep(state: KeptRun, step: number): Promise<void> {
  if (!kept) return;
  try {
    await kept.keep(state, step);
    tell({ kind: 'kept', step, at: Date.now() });
  } catch (error) {
    kept = undefined;
    const { cause } = error as Error;
    const isFull = [error, cause].some((each) => (each as Error | undefined)?.name === 'QuotaExceededError');
    const why = isFull
      ? 'The browser has no room left for this page'
      : `The run could not be kept (${(error as Error).message})`;
    refuse(
      'storage',
      new Error(
        `${why}: training goes on, but ends with the tab. Free some room and reload, or download the recommender.`,
      ),
    );
  }
}

async function begin(plan: Plan, file?: DroppedFile, from?: { run: KeptRun; step: number }): Promise<void> {
  run?.stop();
  run = seat = undefined;
  await last;
  const world = await makeWorld(plan, file, (text) => tell({ kind: 'doing', text }));
  if (file && !from) await kept?.keepFile(file).catch(() => undefined); // told of where the run is kept
  tell({ kind: 'doing', text: 'Measuring what others earn …' });
  const step = from?.step ?? 0;
  const baselines = await world.baselines(knobsAt(plan, step));
  const { log, users } = world;
  tell({
    kind: 'begun',
    begun: {
      ...{ plan, about: world.about, baselines, hasMood: world.hasMood, canBeBored: world.canBeBored },
      size: { users: log.userCount, items: log.itemCount, ratings: log.items.length },
      users: world.lookedAt.slice(0, 60).map((user) => ({ user, name: users.idOf(user) })),
      ...{ lines: from?.run.lines ?? [], measured: from?.run.measured ?? [] },
    },
  });
  const started = new Run(world, { plan, tell, keep, ...(from && { from: from.run }) });
  run = started;
  last = started.train(step).catch((error) => refuse('training', error));
}

async function takeUp(): Promise<void> {
  const found = await kept?.find();
  if (!found) throw new Error('The run that was kept is gone.');
  const file = found.run.plan.world === 'file' ? await kept!.file() : undefined;
  await begin(found.run.plan, file, found);
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
      return begin(order.plan, order.file);
    case 'take-up':
      return takeUp();
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
  follow(data).catch((error: unknown) =>
    refuse(data.kind === 'begin' && data.file !== undefined ? 'file' : 'start', error),
  );
};

try {
  tell({ kind: 'ready', ...(await startBackend()) });
  try {
    kept = await KeptRuns.open();
    const found = await kept.find();
    tell({
      kind: 'found',
      found: found ? { plan: found.run.plan, step: found.step, at: found.at } : null,
    });
  } catch (error) {
    tell({ kind: 'found', found: null });
    refuse('storage', error);
  }
} catch (error) {
  refuse('start', error);
}
