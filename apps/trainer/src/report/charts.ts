import { BarChart, LineChart, type BarSeriesOption, type LineSeriesOption } from 'echarts/charts';
import { GridComponent, type GridComponentOption } from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { formatScore } from './format.js';
import { Html, html } from './html.js';

use([BarChart, LineChart, GridComponent, SVGRenderer]);

type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption>;

/** What every chart has. */
interface Chart {
  /** Unique in the page, nothing but letters. */
  readonly id: string;
  /** What somebody who can't see the chart is told instead. */
  readonly description: string;
}

/** Bars in groups, one bar of each group for each series. */
export interface GroupedBars extends Chart {
  readonly groups: readonly string[];
  readonly series: readonly { readonly color: string; readonly values: readonly (number | null)[] }[];
}

/** One curve over environment steps; null is a gap. */
export interface Curve extends Chart {
  readonly points: readonly { readonly step: number; readonly value: number | null }[];
}

// The size in which text is as large as the page's; the style sheet scales the picture to its place.
const width = 520;
const height = 300;

// CSS colors, so that the charts follow the page into dark mode.
const ink = 'var(--ink-soft)';
const line = 'var(--line)';
const accent = 'var(--trained)';

const axis = {
  axisLabel: { color: ink },
  axisLine: { show: true, lineStyle: { color: line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: line } },
};

/** Draws grouped bars; each bar bears its value. */
export function drawBars({ id, description, groups, series }: GroupedBars): Html {
  const label = {
    show: true,
    // Upright, for many bars must stand side by side.
    rotate: 90,
    position: 'top' as const,
    align: 'left' as const,
    verticalAlign: 'middle' as const,
    distance: 4,
    fontSize: 10,
    color: ink,
    // A halo, so that grid lines do not cross the figures out.
    textBorderColor: 'var(--card)',
    textBorderWidth: 4,
    formatter: ({ value }: { value: unknown }) => formatScore(value as number),
  };
  return draw(id, description, {
    grid: { left: 36, right: 4, top: 44, bottom: 28 },
    xAxis: { ...axis, type: 'category', data: [...groups], splitLine: { show: false } },
    yAxis: { ...axis, type: 'value', axisLine: { show: false } },
    series: series.map(({ color, values }) => ({
      type: 'bar',
      data: values.map((value) => value ?? '-'),
      itemStyle: { color: color, borderRadius: [2, 2, 0, 0] },
      barGap: '12%',
      barCategoryGap: '16%',
      label,
    })),
  });
}

/** Draws a curve. */
export function drawCurve({ id, description, points }: Curve): Html {
  return draw(id, description, {
    grid: { left: 52, right: 16, top: 16, bottom: 48 },
    xAxis: {
      ...axis,
      type: 'value',
      max: 'dataMax',
      axisLabel: { ...axis.axisLabel, hideOverlap: true },
      splitLine: { show: false },
      name: 'environment steps',
      nameLocation: 'middle',
      nameGap: 30,
      nameTextStyle: { color: ink },
    },
    yAxis: { ...axis, type: 'value', scale: true, axisLine: { show: false } },
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
  });
}

function draw(id: string, description: string, option: ChartOption): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ ...option, animation: false, textStyle: { fontFamily: 'system-ui, sans-serif' } });
  const svg = settled(chart.renderToSVGString(), id);
  chart.dispose();
  const label = html`role="img" aria-label="${description}"`.text;
  return new Html(svg.replace('<svg ', () => `<svg ${label} `));
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
