import { isQuiet } from './output.js';
import { progressLine, type ProgressState } from './progress-line.js';

/** How far something is, on stderr: a bar in a terminal, elsewhere a plain line now and then. */
export interface Progress {
  show(done: number, total: number | undefined, more?: readonly string[]): void;
  /** Leaves the last line there; safe to call twice. */
  stop(): void;
}

/** Milliseconds between two drawings in a terminal, and the same where there is none. */
const EVERY = { drawn: 100, plain: 5000 };
/** What is over by then needs no progress. */
const SHORT = 3000;

/**
 * It draws when it is told something and at no other time, so that it keeps no process alive and needs no turn of the event loop.
 *
 * @param unit - of what is done, such as steps.
 */
export function progressOf(label: string, unit: string): Progress {
  const startedAt = performance.now();
  const isDrawn = process.stderr.isTTY;
  let state: ProgressState | undefined;
  let shownAt = isDrawn ? -Infinity : startedAt + SHORT - EVERY.plain;
  let shown = '';
  const draw = () => {
    if (!state || isQuiet()) return;
    shownAt = performance.now();
    const line = progressLine(state, isDrawn);
    if (line === shown) return;
    shown = line;
    // To the line's begin, and what was longer before is erased behind it.
    process.stderr.write(isDrawn ? `\r${line}\x1b[K` : `${line}\n`);
  };
  return {
    show(done, total, more = []) {
      const now = performance.now();
      state = { label, done, total, unit, seconds: (now - startedAt) / 1000, more };
      if (now - shownAt >= (isDrawn ? EVERY.drawn : EVERY.plain)) draw();
    },
    stop() {
      if (!state) return;
      if (isDrawn || performance.now() - startedAt >= SHORT) draw();
      if (isDrawn && shown !== '') process.stderr.write('\n');
      state = undefined;
    },
  };
}

/** The progress of one thing after the other. */
export interface Phases {
  /** Begins with this, which ends what was before; where it is begun already it goes on. */
  begin(make: () => Progress): Progress;
  stop(): void;
}

/** Each phase counts the time from where it began. */
export function phases(): Phases {
  let current: { readonly make: () => Progress; readonly progress: Progress } | undefined;
  return {
    begin(make) {
      if (current?.make !== make) {
        current?.progress.stop();
        current = { make, progress: make() };
      }
      return current.progress;
    },
    stop: () => current?.progress.stop(),
  };
}

/** Says how long something takes of which nobody knows how much it is; what it returns is what `work` does. */
export async function whileShown<Result>(label: string, work: () => Promise<Result>): Promise<Result> {
  const progress = progressOf(label, 's');
  const startedAt = performance.now();
  const timer = setInterval(
    () => progress.show(Math.round((performance.now() - startedAt) / 1000), undefined),
    1000,
  );
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    progress.stop();
  }
}

/** The progress of fitting vectors, in some unit such as sweeps. */
export function fittingProgress(
  unit: string,
  total?: number,
): { readonly show: (done: number, total?: number) => void; readonly stop: () => void } {
  const progress = progressOf('embeddings', unit);
  return { show: (done, of = total) => progress.show(done, of), stop: () => progress.stop() };
}

/** The progress of drawing what there is to learn from for each of many users. */
export function drawingProgress(): Progress {
  return progressOf('candidates', 'moments');
}

/** The progress of training agents to choose γ by what each earns. */
export function tryingProgress(): Progress {
  return progressOf('looking ahead', 'steps');
}
