import { formatDuration } from './duration.js';

/** How far something is. */
export interface ProgressState {
  /** What is done, such as training. */
  readonly label: string;
  readonly done: number;
  /** Undefined where nobody knows. */
  readonly total: number | undefined;
  readonly unit: string;
  /** Seconds since it began. */
  readonly seconds: number;
  /** What else there is to say, the most important first. */
  readonly more?: readonly string[];
}

/** One less than a terminal is wide at least, so that a line never breaks. */
const WIDTH = 79;
const BAR = { least: 8, most: 24 };

const counts = new Intl.NumberFormat('en-GB');

/**
 * One line on how far something is, 79 characters at most: what does not fit is left out from the end.
 *
 * @param isDrawn - whether it has a bar.
 */
export function progressLine(state: ProgressState, isDrawn: boolean): string {
  const { label, done, total, unit, seconds, more = [] } = state;
  const share = total === undefined || total <= 0 ? undefined : Math.min(1, done / total);
  const head = `${label.padEnd(11)} `;
  const left = share ? leftOf(share, seconds) : undefined;
  const parts = [
    total === undefined
      ? `${counts.format(done)} ${unit}`
      : `${counts.format(done)}/${counts.format(total)} ${unit}`,
    ...(left === undefined ? [] : [left]),
    ...(total === undefined && unit !== 's' ? [formatDuration(seconds)] : []),
    ...more,
  ];
  const room = WIDTH - head.length - (isDrawn && share !== undefined ? BAR.least + 3 : 0);
  while (parts.length > 1 && parts.join(' | ').length > room) parts.pop();
  const text = parts.join(' | ');
  if (!isDrawn || share === undefined) return (head + text).slice(0, WIDTH);
  const width = Math.max(BAR.least, Math.min(BAR.most, WIDTH - head.length - text.length - 3));
  const full = Math.round(share * width);
  return `${head}[${'█'.repeat(full)}${'░'.repeat(width - full)}] ${text}`.slice(0, WIDTH);
}

/** Nothing at the end, where nothing is left, and nothing before a second tells anything. */
function leftOf(share: number, seconds: number): string | undefined {
  if (share >= 1 || seconds < 1) return undefined;
  return `${formatDuration((seconds * (1 - share)) / share)} left`;
}
