import { addStyle } from '@rl-recsys/live-view';
import type { News, Order, Problem } from '../messages.js';
import { fromFragment, knobsAt, toFragment, withoutPause, type Plan } from '../plan.js';
import { make } from './dom.js';
import { EarnedPanel } from './earned-panel.js';
import { FilePanel } from './file-panel.js';
import { FoundPanel } from './found-panel.js';
import { InsidePanel } from './inside-panel.js';
import { KnobsPanel } from './knobs-panel.js';
import { workOffline } from './offline.js';
import { PlayPanel } from './play-panel.js';
import { RunPanel } from './run-panel.js';
import { SessionPanel } from './session-panel.js';
import { SharePanel } from './share-panel.js';

addStyle(document.body);
const main = document.querySelector('main')!;
const footer = document.querySelector('footer')!;
const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });
const ask = (order: Order) => worker.postMessage(order);

let plan: Plan | undefined;
let step = 0;
/** What a link asks for; it is begun once the worker is ready, or once its file is there. */
let linked: Plan | undefined;

const run = new RunPanel({
  begin: (wanted) => begin(wanted),
  chooseFile: (isWanted) => file.open(isWanted),
  pause: () => ask({ kind: 'pause' }),
  goOn: () => ask({ kind: 'go-on' }),
});
const found = new FoundPanel({
  takeUp() {
    run.preparing('Taking up the run that was kept …');
    ask({ kind: 'take-up' });
  },
  forget: () => ask({ kind: 'forget' }),
});
const file = new FilePanel((dropped) => {
  const wanted = linked?.world === 'file' ? linked : run.wanted('file');
  run.preparing(`Reading ${dropped.name} …`);
  found.close();
  ask({ kind: 'begin', plan: wanted, file: dropped });
});
const earned = new EarnedPanel();
const knobs = new KnobsPanel((turned) => ask({ kind: 'turn', knobs: turned }));
const session = new SessionPanel((user) => ask({ kind: 'session', user }));
const play = new PlayPanel(
  (user) => ask({ kind: 'play', user }),
  (stars) => ask({ kind: 'rate', stars }),
);
const inside = new InsidePanel();
const share = new SharePanel({ share: shareLink, download: () => ask({ kind: 'download' }) });
const problem = make('div', { class: 'pg-problem', role: 'alert' });
/** What the storage lacks; it stays until that is mended. */
const unkept = make('div', { class: 'pg-problem', role: 'alert' });
const threads = make('span', {}, 'Starting …');
const offline = make('span', {});

main.append(
  ...[found.element, problem, unkept, run.element, file.element],
  make('div', { class: 'pg-stage' }, earned.element, knobs.element),
  ...[session.element, play.element, share.element, inside.element],
);
footer.append(
  make('p', {}, threads, ' ', offline),
  make('p', {}, 'rl-recsys: recommenders that learn by reinforcement, in TypeScript. MIT license.'),
);

function begin(wanted: Plan): void {
  problem.replaceChildren();
  linked = undefined;
  found.close();
  file.close();
  run.preparing('Making the world …');
  ask({ kind: 'begin', plan: wanted });
}

async function shareLink(): Promise<string> {
  if (!plan) return '';
  const shared = step > 0 && step < plan.steps ? { ...plan, until: step } : withoutPause(plan);
  history.replaceState(null, '', `#${toFragment(shared)}`);
  const carries =
    plan.world === 'file' ? ' The ratings are not in it: whoever opens it drops the same file.' : '';
  try {
    await navigator.clipboard.writeText(location.href);
    return `The link is in your clipboard, and in the address.${carries}`;
  } catch {
    return `The link is in the address.${carries}`;
  }
}

function heard(news: News): void {
  switch (news.kind) {
    case 'ready':
      threads.textContent = news.isIsolated
        ? `Computed by ${news.threads === 2 ? 'two threads' : 'one thread'}.`
        : 'Computed by one thread: this address is served without the headers (COOP, COEP) that allow two.';
      return;
    case 'found':
      run.ready();
      if (news.found) return found.offer(news.found, linked && openLink);
      return openLink();
    case 'doing':
      return run.preparing(news.text);
    case 'begun': {
      const { begun } = news;
      plan = begun.plan;
      linked = undefined;
      for (const panel of [earned, inside, session]) panel.clear();
      run.begun(begun);
      step = begun.lines.at(-1)?.step ?? 0;
      run.at(step);
      earned.compareWith(...begun.compared);
      earned.add(...begun.measured);
      inside.add(...begun.lines);
      session.begun(begun);
      play.begun(begun);
      knobs.begun(begun);
      knobs.show(knobsAt(plan, step));
      knobs.enable(true);
      share.enable(true);
      return;
    }
    case 'line':
      step = news.line.step;
      run.at(step, news.line.stepsPerSecond);
      knobs.epsilonIs(news.line.figures['epsilon'] ?? 0);
      return inside.add(news.line);
    case 'measured':
      earned.add(news.measured);
      return session.refresh();
    case 'compared':
      return earned.compareWith(news.compared);
    case 'plan':
      plan = news.plan;
      return;
    case 'phase':
      step = news.step;
      main.dataset['phase'] = news.phase;
      main.dataset['step'] = String(step);
      run.turnInto(news.phase);
      if (plan) knobs.show(knobsAt(plan, step)); // turned by whoever made a link, too
      run.at(step);
      knobs.enable(news.phase !== 'done');
      share.enable(true);
      return session.refresh();
    case 'session':
      return session.show(news.story);
    case 'played':
      return play.show(news.played);
    case 'kept':
      unkept.replaceChildren();
      return share.keptAt(news.step, news.at);
    case 'download':
      return offer(news.name, news.bytes);
    case 'problem':
      return tellOf(news.problem);
  }
}

/** What a link asks for, if anything. */
function openLink(): void {
  if (!linked) return;
  if (linked.world !== 'file') return begin(linked);
  file.open(false);
  run.say('The ratings are not in the link: nothing leaves the page of whoever made it. Drop the same file.');
}

/** Says what went wrong where it belongs. */
function tellOf(told: Problem): void {
  if (told.about === 'storage') return unkept.replaceChildren(make('p', {}, told.text));
  if (told.about === 'browser') {
    run.cannot();
    threads.textContent = 'This browser can’t compute it.';
  } else {
    run.stopped();
    if (plan) run.show(plan);
    knobs.enable(false);
    share.enable(false);
  }
  if (told.about === 'file') return file.say(told);
  problem.replaceChildren(make('p', {}, told.text));
}

function offer(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/x-tar' }));
  const link = make('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  share.say(`${name}, ${Math.round(bytes.length / 1000)} kB.`);
  share.show(name, play.firstUser);
}

worker.onmessage = ({ data }: MessageEvent<News>) => heard(data);
worker.onerror = ({ message }) =>
  problem.replaceChildren(make('p', {}, `The page could not start: ${message}`));

try {
  linked = fromFragment(location.hash);
  if (linked) run.show(linked);
} catch (error) {
  problem.replaceChildren(make('p', {}, `This link can’t be read. ${(error as Error).message}.`));
}
addEventListener('hashchange', () => location.reload());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') ask({ kind: 'keep' });
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  void file.take(event.dataTransfer?.files[0]);
});
void workOffline().then((text) => (offline.textContent = text));
