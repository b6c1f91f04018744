import type { ComposeOption, GridComponentOption, LineSeriesOption } from 'echarts';
// One file, of which Node compiles what is called: its 585 modules took half a second of every command that writes a report.
import { init } from 'echarts/dist/echarts.esm.min';
import { Html, html } from './html.js';

type ChartOption = ComposeOption<LineSeriesOption | GridComponentOption>;

/** One curve over environment steps; null is a gap. */
export interface Curve {
  /** Unique in the page, nothing but letters, digits and dashes. */
  readonly id: string;
  /** What somebody who can't see the chart is told instead. */
  readonly description: string;
  readonly points: readonly { readonly step: number; readonly value: number | null }[];
}

/**
 * The widths in which text is as large as the page's. A picture is scaled to its place, and would take its text with it: so there
 * are two, of which the style sheet shows the one that fits.
 */
const WIDTHS = { wide: 480, narrow: 300 };
const HEIGHT = 230;

// CSS colors, so that the charts follow the page into dark mode.
const ink = 'var(--ink-soft)';
const line = 'var(--line)';
const accent = 'var(--trained)';

const axis = {
  axisLabel: { color: ink, fontSize: 12 },
  axisLine: { show: true, lineStyle: { color: line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: line } },
};

/** Draws a curve, for wide places and for narrow ones. */
export function drawCurve({ id, description, points }: Curve): Html {
  const option: ChartOption = {
    grid: { left: 52, right: 16, top: 14, bottom: 28 },
    xAxis: {
      ...axis,
      type: 'value',
      max: 'dataMax',
      splitNumber: 4,
      axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: tick },
      splitLine: { show: false },
    },
    yAxis: { ...axis, type: 'value', scale: true, splitNumber: 4, axisLine: { show: false } },
    series: [
      {
        type: 'line',
        data: points.map(({ step, value }) => [step, value ?? '-']),
        lineStyle: { color: accent, width: 2 },
        itemStyle: { color: accent },
        symbol: 'circle',
        symbolSize: 4,
        showAllSymbol: true,
        // A line through many points needs none; a point between two gaps would vanish without.
        showSymbol: points.length <= 50,
      },
    ],
  };
  return html`${Object.entries(WIDTHS).map(([size, width]) =>
    draw({ id: `${id}-${size}`, description, size, width }, option),
  )}`;
}

function draw(
  { id, description, size, width }: { id: string; description: string; size: string; width: number },
  option: ChartOption,
): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: HEIGHT });
  chart.setOption({ ...option, animation: false, textStyle: { fontFamily: 'system-ui, sans-serif' } });
  const svg = settled(chart.renderToSVGString(), id);
  chart.dispose();
  const label = html`class="${size}" role="img" aria-label="${description}"`.text;
  return new Html(svg.replace('<svg ', () => `<svg ${label} `));
}

/** 96,000 steps are 96k: labels of an axis must fit side by side on a phone. */
function tick(step: number): string {
  return step >= 10_000 ? `${step / 1000}k` : String(step);
}

/**
 * ECharts counts its ids up from chart to chart of a process, and adds classes for hovering: without
 * both the same data always gives the same picture.
 */
function settled(svg: string, id: string): string {
  return svg
    .replace(/<style.*?<\/style>/s, '')
    .replace(/ class="zr\d+-[^"]*"/g, '')
    .replace(/\bzr\d+-/g, `${id}-`);
}
