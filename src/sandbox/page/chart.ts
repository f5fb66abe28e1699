/** Slack's data_visualization block: bar, line, area and pie, as plain SVG with the numbers beside it. */

import { html } from 'htm/preact';
import type { VNode } from 'preact';

interface Point {
  label: string;
  value: number;
}

interface Series {
  name: string;
  data: Point[];
}

type ChartSpec =
  | { type: 'pie'; segments: Point[] }
  | {
      type: 'bar' | 'line' | 'area';
      series: Series[];
      axis_config?: { categories?: string[]; x_label?: string; y_label?: string };
    };

/** Not in @slack/types yet. */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  block_id?: string;
  title?: string;
  chart: ChartSpec;
}

const COLOURS = ['#0f766e', '#d08700', '#5b5bd6', '#c2410c', '#4d7c0f', '#a21caf'];
const WIDTH = 520;
const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 176;
const TOP = 10;

export function Chart({ block }: { block: DataVisualizationBlock }): VNode {
  const { chart, title } = block;
  const drawing =
    chart.type === 'pie' ? html`<${Pie} of=${chart.segments} />` : html`<${Axes} chart=${chart} />`;
  const legend = chart.type === 'pie' ? chart.segments.map(withShare) : chart.series.map((it) => it.name);
  return html`<figure class="chart">
    ${title && html`<figcaption>${title}</figcaption>`}
    <svg
      viewBox=${chart.type === 'pie' ? '0 0 200 200' : `0 0 ${WIDTH} ${HEIGHT}`}
      class=${`chart-${chart.type}`}
      role="img"
      aria-label=${inWords(block)}
    >${drawing}</svg>
    <ul class="legend">
      ${legend.map((name, i) => html`<li><span style=${{ background: colour(i) }}></span>${name}</li>`)}
    </ul>
  </figure>`;
}

function Axes({ chart }: { chart: Exclude<ChartSpec, { type: 'pie' }> }): VNode {
  const categories = chart.axis_config?.categories ?? chart.series[0]?.data.map((it) => it.label) ?? [];
  const { low, high, step } = scale(chart.series.flatMap((it) => it.data.map((point) => point.value)));
  const y = (value: number) => BOTTOM - ((value - low) / (high - low)) * (BOTTOM - TOP);
  const slot = (WIDTH - LEFT) / Math.max(categories.length, 1);
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
  return html`
    ${ticks.map(
      (tick) => html`
        <line class=${tick === 0 ? 'axis' : 'grid'} x1=${LEFT} x2=${WIDTH} y1=${y(tick)} y2=${y(tick)} />
        <text x=${LEFT - 6} y=${y(tick) + 3} text-anchor="end">${short(tick)}</text>
      `,
    )}
    ${categories.map(
      (name, i) =>
        html`<text x=${LEFT + slot * (i + 0.5)} y=${BOTTOM + 15} text-anchor="middle">${name}</text>`,
    )}
    ${chart.series.map((series, i) =>
      chart.type === 'bar'
        ? html`<${Bars} series=${series} index=${i} of=${chart.series.length} slot=${slot} y=${y} />`
        : html`<${Line} series=${series} index=${i} slot=${slot} y=${y} filled=${chart.type === 'area'} />`,
    )}
  `;
}

interface SeriesProps {
  series: Series;
  index: number;
  slot: number;
  y(value: number): number;
}

function Bars({ series, index, of, slot, y }: SeriesProps & { of: number }): VNode {
  const width = Math.min((slot * 0.7) / of, 48);
  return html`${series.data.map(
    (point, i) => html`<rect
      x=${LEFT + slot * (i + 0.5) + (index - of / 2) * width}
      y=${Math.min(y(point.value), y(0))}
      width=${width - 1}
      height=${Math.abs(y(point.value) - y(0))}
      rx="2"
      fill=${colour(index)}
    ><title>${`${series.name}, ${point.label}: ${point.value}`}</title></rect>`,
  )}`;
}

function Line({ series, index, slot, y, filled }: SeriesProps & { filled: boolean }): VNode {
  const x = (i: number) => LEFT + slot * (i + 0.5);
  const points = series.data.map((point, i) => `${x(i)},${y(point.value)}`);
  const floor = `${x(series.data.length - 1)},${y(0)} ${x(0)},${y(0)}`;
  return html`
    ${filled && html`<polygon points=${`${points.join(' ')} ${floor}`} fill=${colour(index)} opacity="0.18" />`}
    <polyline points=${points.join(' ')} fill="none" stroke=${colour(index)} stroke-width="2" />
    ${series.data.map(
      (point, i) => html`<circle cx=${x(i)} cy=${y(point.value)} r="3" fill=${colour(index)}>
        <title>${`${series.name}, ${point.label}: ${point.value}`}</title>
      </circle>`,
    )}
  `;
}

function Pie({ of }: { of: Point[] }): VNode {
  const total = of.reduce((sum, it) => sum + it.value, 0);
  let turned = 0;
  return html`${of.map((segment, i) => {
    const share = segment.value / total;
    const from = turned;
    turned += share;
    const title = html`<title>${withShare(segment, i, of)}</title>`;
    if (share === 1) return html`<circle cx="100" cy="100" r="90" fill=${colour(i)}>${title}</circle>`;
    const path = `M100 100 L${onCircle(from)} A90 90 0 ${share > 0.5 ? 1 : 0} 1 ${onCircle(turned)} Z`;
    return html`<path d=${path} fill=${colour(i)} stroke="#fff">${title}</path>`;
  })}`;
}

function onCircle(turn: number): string {
  return `${100 + 90 * Math.sin(turn * 2 * Math.PI)} ${100 - 90 * Math.cos(turn * 2 * Math.PI)}`;
}

/** Always from nought, so that a bar twice as long is twice as much; in round steps. */
function scale(values: number[]): { low: number; high: number; step: number } {
  const top = Math.max(0, ...values);
  const bottom = Math.min(0, ...values);
  const rough = (top - bottom || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((it) => it * power >= rough) ?? 10) * power;
  const high = Math.ceil(top / step) * step;
  return { low: Math.floor(bottom / step) * step, high: high || step, step };
}

function inWords({ title, chart }: DataVisualizationBlock): string {
  const points = (data: Point[]) => data.map((it) => `${it.label} ${it.value}`).join(', ');
  const said =
    chart.type === 'pie'
      ? points(chart.segments)
      : chart.series.map((it) => `${it.name}: ${points(it.data)}`).join('; ');
  return `${title ?? 'Chart'}. ${said}`;
}

function withShare(segment: Point, _: number, all: Point[]): string {
  const total = all.reduce((sum, it) => sum + it.value, 0);
  return `${segment.label} ${segment.value} (${Math.round((100 * segment.value) / total)} %)`;
}

function short(value: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] as string;
}
