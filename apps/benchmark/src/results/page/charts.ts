import type { EChartsCoreOption } from 'echarts/core';
import { init } from 'echarts/dist/echarts.esm.min'; // one file in place of hundreds of modules
import { figure } from './figures.js';

/** A bar with its interval. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** DRR's bars stand out. */
  readonly highlighted: boolean;
}

export interface Curve {
  readonly name: string;
  readonly points: ReadonlyArray<readonly [x: number, y: number]>;
}

const width = 760;
// Colors of Okabe and Ito (2008), which color-blind people can tell apart; the page may be light or dark, so the
// picture brings its own ground.
const [ground, ink, line, plain, accent] = ['#ffffff', '#3b424b', '#e2e5ea', '#9aa3ad', '#d55e00'];
const curveColors = [accent, '#0072b2', '#009e73'];

const axis = {
  axisLabel: { color: ink },
  axisLine: { show: true, lineStyle: { color: line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: line } },
  nameTextStyle: { color: ink },
};

/** Horizontal bars, the first on top, each with its figure and its interval. */
export function drawBars({ bars, name }: { readonly bars: readonly Bar[]; readonly name: string }): string {
  const height = 70 + 26 * bars.length;
  const lows = bars.map(({ value, low = value }) => low);
  const highs = bars.map(({ value, high = value }) => high);
  return draw(height, {
    grid: { left: 230, right: 70, top: 8, bottom: 46 },
    yAxis: {
      ...{ ...axis, type: 'category', inverse: true, splitLine: { show: false } },
      data: bars.map(({ label }) => label),
    },
    xAxis: { ...axis, type: 'value', name, nameLocation: 'middle', nameGap: 28, min: Math.min(0, ...lows) },
    series: [
      {
        type: 'bar',
        data: bars.map(({ value, highlighted }) => {
          return { value, itemStyle: { color: highlighted ? accent : plain } };
        }),
        barWidth: '62%',
      },
      {
        type: 'custom',
        data: bars.map((_, place) => [lows[place], highs[place], place]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (_: unknown, api: Coordinates) => interval(api, bars[api.value(2)]!.value),
      },
    ],
  });
}

interface Coordinates {
  value(dimension: number): number;
  coord(point: [number, number]): [number, number];
}

/** A line over the bar's end, and the figure behind it. */
function interval(api: Coordinates, value: number) {
  const place = api.value(2);
  const [left, y] = api.coord([api.value(0), place]);
  const [right] = api.coord([api.value(1), place]);
  const stroke = { stroke: ink, lineWidth: 1.5 };
  const upright = (x: number) => ({
    type: 'line',
    shape: { x1: x, y1: y - 4, x2: x, y2: y + 4 },
    style: stroke,
  });
  const text = {
    text: figure(value, 3),
    x: right + 6,
    y,
    fill: ink,
    textVerticalAlign: 'middle',
    fontSize: 11,
  };
  const whiskers =
    right - left < 0.5
      ? []
      : [
          { type: 'line', shape: { x1: left, y1: y, x2: right, y2: y }, style: stroke },
          upright(left),
          upright(right),
        ];
  return { type: 'group', children: [...whiskers, { type: 'text', style: text }] };
}

/** Curves that share their axes. */
export function drawCurves(options: {
  readonly curves: readonly Curve[];
  readonly xName: string;
  readonly yName: string;
}): string {
  const { curves, xName, yName } = options;
  return draw(320, {
    legend: { top: 0, itemGap: 30, textStyle: { color: ink } },
    grid: { left: 60, right: 20, top: 36, bottom: 46 },
    xAxis: {
      ...{ ...axis, type: 'value', max: 'dataMax', splitLine: { show: false } },
      ...{ name: xName, nameLocation: 'middle', nameGap: 28 },
    },
    yAxis: { ...axis, type: 'value', scale: true, name: yName, nameLocation: 'middle', nameGap: 42 },
    series: curves.map(({ name, points }, index) => {
      const color = curveColors[index % curveColors.length]!;
      const style = { lineStyle: { color: color, width: 2 }, itemStyle: { color: color } };
      return { type: 'line', name, data: points, showSymbol: points.length < 2, ...style };
    }),
  });
}

function draw(height: number, option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    ...option,
    backgroundColor: ground,
    animation: false,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${settled(svg)}\n`;
}

/** ECharts counts its ids up from chart to chart of a process: without that the same data gives the same file. */
function settled(svg: string): string {
  return svg
    .replace(/<style.*?<\/style>/s, '')
    .replace(/ class="zr\d+-[^"]*"/g, '')
    .replace(/\bzr\d+-/g, 'plot-');
}
