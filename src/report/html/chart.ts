/** Charts as SVG markup, drawn on the server side: no script, no network. The library is loaded when a chart is drawn. */
import { type Html, html, printable, trusted } from '../escape.js';
import { truncate } from '../width.js';

export interface BarSeries {
  readonly name: string;
  readonly color: string;
  /** One for each label. */
  readonly values: readonly number[];
}

export interface BarChart {
  readonly labels: readonly string[];
  /** Stacked on each other. */
  readonly series: readonly BarSeries[];
  /** End of the axis, where it is known: 100 for percentages. */
  readonly max?: number;
  /** Follows each number: `%`. */
  readonly unit?: string;
}

const WIDTH = 720;
const ROW = 26;
const LABEL_WIDTH = 168;
/** Terminal columns, that is half Chinese characters, that fit the label's width at this size. */
const LABEL_COLUMNS = 26;
/** Seen well on light and on dark paper. */
const TEXT_COLOR = '#7b838b';
const LINE_COLOR = '#8884';

/** `font-size:12px` → `font-size="12px"`: a page whose policy allows no inline style shows the chart all the same. */
const asAttributes = (style: string): string =>
  style
    .split(';')
    .filter((one) => one !== '')
    .map((one) => ` ${one.replace(':', '="')}"`)
    .join('');

/**
 * `svg` without what serves pointers alone: class names, which count up over the life of the process, their style sheet, and
 * numbers for events. The same data then gives the same bytes. (Words are escaped in it: they cannot look like markup.)
 */
const plain = (svg: string): string =>
  svg
    .replace(/<style\b[^>]*>.*?<\/style>/gs, '')
    .replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_whole, style: string) => asAttributes(style));

/** Horizontal bars, the first label on top. */
export async function drawBars({ labels, series, max, unit = '' }: BarChart): Promise<Html> {
  const [{ init, use }, { BarChart: Bars }, { GridComponent, LegendComponent }, { SVGRenderer }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  use([Bars, GridComponent, LegendComponent, SVGRenderer]);
  const hasLegend = series.length > 1;
  const top = hasLegend ? 34 : 6;
  const height = top + labels.length * ROW + 26;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'inherit', color: TEXT_COLOR, fontSize: 13 },
      ...(hasLegend ? { legend: { top: 0, left: LABEL_WIDTH, textStyle: { color: TEXT_COLOR }, silent: true } } : {}),
      grid: { top, bottom: 24, left: LABEL_WIDTH, right: 56 },
      xAxis: {
        type: 'value',
        ...(max === undefined ? { minInterval: 1 } : { max }),
        axisLabel: { color: TEXT_COLOR, formatter: `{value}${unit}` },
        splitLine: { lineStyle: { color: LINE_COLOR } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        silent: true,
        data: labels.map((name) => truncate(printable(name), LABEL_COLUMNS)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: LINE_COLOR } },
        axisLabel: { color: TEXT_COLOR, interval: 0 },
      },
      series: series.map(({ name, color, values }) => ({
        type: 'bar',
        name,
        stack: 'all',
        silent: true,
        barWidth: 12,
        itemStyle: { color },
        emphasis: { disabled: true },
        label: { show: !hasLegend, position: 'right', color: TEXT_COLOR, formatter: `{c}${unit}` },
        data: values,
      })),
    });
    return trusted(plain(chart.renderToSVGString({ useViewBox: true })));
  } finally {
    chart.dispose();
  }
}

/** Bars under a caption. On a small screen a chart scrolls sideways, and what scrolls must be reached by key. */
export async function renderChart(caption: string, chart: BarChart): Promise<Html> {
  return html`<figure tabindex="0"><figcaption>${caption}</figcaption>${await drawBars(chart)}</figure>`;
}
