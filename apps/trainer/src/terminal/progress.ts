import { Presets, SingleBar } from 'cli-progress';

/** A progress bar that shows itself at its first update. */
export interface ProgressBar {
  update(value: number, figures: { readonly total: number } & Record<string, string | number>): void;
  stop(): void;
}

/**
 * A bar in the terminal; where there is none, a line every few seconds.
 *
 * @param format - cli-progress's format; `{name}` shows the figure of that name.
 */
export function progressBar(format: string): ProgressBar {
  const options = { format, barsize: 24, hideCursor: true, noTTYOutput: true, notTTYSchedule: 5000 };
  const bar = new SingleBar(options, Presets.shades_classic);
  let running = false;
  return {
    update(value, { total, ...figures }) {
      // One that begins at its end could not tell the time left.
      if (!running) bar.start(total, value < total ? value : 0, figures);
      running = true;
      bar.setTotal(total);
      bar.update(value, figures);
    },
    stop() {
      if (running) bar.stop();
    },
  };
}

/** The progress of fitting vectors, in some unit such as sweeps. */
export function fittingProgress(
  unit: string,
  total?: number,
): {
  readonly show: (done: number, total?: number) => void;
  readonly stop: () => void;
} {
  const bar = progressBar(`embeddings [{bar}] {value}/{total} ${unit} | {eta_formatted} left`);
  return { show: (done, of = total) => bar.update(done, { total: of ?? done }), stop: () => bar.stop() };
}
