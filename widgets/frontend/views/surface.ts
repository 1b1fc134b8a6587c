/** Response surface: two sliders on the axes, what a run reads as colour, with lines of equal response. */

import { h, uniqueId } from "../dom.js";
import { formatNumber, formatQuantity, formatUnit, withUnit } from "../format.js";
import { baseLayout } from "../explorer/figure.js";
import type { LegendItem } from "../explorer/legend.js";
import type { Parameter, Series, SurfaceSpec, Values } from "../spec.js";
import { contour } from "../solver/contour.js";
import type { Work } from "../solver/slices.js";
import type { Theme } from "../theme.js";
import { tint } from "./colour.js";
import { type Dose, blissExcess, firstCrossing, loeweIndex, loeweLine } from "./interaction.js";
import { Scale } from "./scale.js";
import { readOut, runFor, sweep, taken } from "./sweep.js";
import { type Drawing, type Scene, type Sheet, type Source, type View, head, parameterOf, seriesOf, without } from "./view.js";

const NODES = 21;

export interface Isobole {
  level: number;
  lines: { x: number; y: number }[][];
}

export interface SurfaceResult {
  xs: number[];
  ys: number[];
  /** `values[j * NODES + i]` at xs[i], ys[j]. */
  values: Float64Array;
  low: number;
  high: number;
  /** In positions. */
  isoboles: Isobole[];
  /** Doses that reach half alone, the line between them, and the index of the isobole that lies furthest from it. */
  loewe: { x: number; y: number; line: Dose[]; index: number } | null;
  excess: Float64Array | null;
}

type Colouring = "response" | "bliss";

export class SurfaceView implements View<SurfaceResult> {
  readonly delay = 250;
  readonly compares = false;
  readonly rows = 1.15;
  readonly extra: HTMLElement;
  private readonly x: Parameter;
  private readonly y: Parameter;
  private readonly series: Series;
  private readonly scales: [Scale, Scale];
  private readonly bar = h("div", { class: "il6-bar", "aria-hidden": "true" });
  private colouring: Colouring = "response";

  constructor(readonly spec: SurfaceSpec, private readonly source: Source) {
    this.x = parameterOf(source.model, spec.x);
    this.y = parameterOf(source.model, spec.y);
    this.series = seriesOf(source.model, spec.series[0]);
    this.scales = [Scale.ofSlider(this.x, spec.x_log), Scale.ofSlider(this.y, spec.y_log)];
    this.extra = h("div", { class: "il6-extra" }, spec.bliss ? this.choice() : null, this.bar);
  }

  depends(values: Values): Values {
    return without(values, this.spec.x, this.spec.y, ...Object.keys(this.spec.set));
  }

  *compute(values: Values): Work<SurfaceResult> {
    const { spec, source, scales } = this;
    const [xs, ys] = scales.map((each) => each.grid(NODES));
    const base = runFor(spec, values);
    const settings = ys.flatMap((y) => xs.map((x) => ({ ...base, [spec.x]: x, [spec.y]: y })));
    const found = yield* sweep(source.solver, settings, (run) => readOut(run, this.series.id, spec.quantity, spec.at ?? 0));
    return this.characterise(xs, ys, Float64Array.from(found));
  }

  /** Lines of equal response and rules of interaction, from the grid. */
  characterise(xs: number[], ys: number[], values: Float64Array): SurfaceResult {
    const { spec, scales } = this;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const whole = spec.reference === "origin" ? values[0] : high;
    const along = (scale: Scale, nodes: number[], at: number): number => {
      const k = Math.min(nodes.length - 2, Math.floor(at));
      const [a, b] = [scale.position(nodes[k]), scale.position(nodes[k + 1])];
      return a + (at - k) * (b - a);
    };
    const isoboles = spec.levels.map((level) => ({
      level,
      lines: contour({ nx: NODES, ny: NODES, values }, (level / 100) * whole).map((line) =>
        line.map(({ i, j }) => ({ x: along(scales[0], xs, i), y: along(scales[1], ys, j) }))),
    }));
    return {
      xs, ys, values, low, high, isoboles, loewe: spec.additivity === "loewe" ? this.loewe(xs, ys, values, whole / 2, isoboles) : null,
      excess: spec.bliss ? blissExcess(values, NODES, NODES) : null,
    };
  }

  draw(result: SurfaceResult, _: null, { theme, size, run, onPage }: Scene): Drawing {
    const { x, y, scales, spec } = this;
    const [px, py] = [result.xs.map((each) => scales[0].position(each)), result.ys.map((each) => scales[1].position(each))];
    const colours = this.colours(result, theme);
    const data: unknown[] = [this.tiles(result, px, py, colours)];
    const legend: LegendItem[] = [{ label: `lines at ${spec.levels.join(", ")} % of ${this.whole(result)}`, color: "var(--il6-text)", stroke: "" }];
    for (const { level, lines } of result.isoboles) {
      const joined = lines.flatMap((line) => [...line, { x: NaN, y: NaN }]);
      data.push({
        type: "scatter", mode: "lines", name: `${level} %`, x: joined.map((each) => each.x), y: joined.map((each) => each.y), hoverinfo: "skip",
        line: { simplify: false, color: theme.text, width: level === 50 ? 2.5 : 1.25 }, showlegend: false,
      });
      data.push(label(lines, level, theme));
    }
    if (result.loewe) {
      const line = result.loewe.line.map((each) => ({ x: scales[0].position(each.x), y: scales[1].position(each.y) }));
      data.push({
        type: "scatter", mode: "lines", name: "additive at 50 %", x: line.map((each) => each.x), y: line.map((each) => each.y), hoverinfo: "skip",
        line: { simplify: false, color: theme.palette[1], width: 2.5, dash: "dash" },
      });
      legend.push({ label: "Loewe additivity at 50 %", color: "var(--il6-2)", stroke: "7 4" });
    }
    const here = { x: scales[0].position(run.values[x.id]), y: scales[1].position(run.values[y.id]) };
    data.push({
      type: "scatter", mode: "markers", name: "present setting", x: [here.x], y: [here.y], hoverinfo: "skip", cliponaxis: false,
      marker: { symbol: "circle", size: 11, color: theme.surface, line: { width: 2.5, color: theme.text } },
    });
    legend.push({ label: "present setting", color: "var(--il6-text)", stroke: "open" });
    if (onPage) this.paintBar(result, theme);
    const edges = (places: number[]): [number, number] => [
      places[0] - (places[1] - places[0]) / 2, places[NODES - 1] + (places[NODES - 1] - places[NODES - 2]) / 2,
    ];
    const layout = {
      ...baseLayout(theme, size), hovermode: "closest", bargap: 0,
      xaxis: { ...scales[0].layout(theme, withUnit(x.label, x.unit), edges(px)), showgrid: false },
      yaxis: { ...scales[1].layout(theme, withUnit(y.label, y.unit), edges(py)), showgrid: false },
    };
    return { data, layout, legend };
  }

  sentence(result: SurfaceResult): string {
    const { series, spec, x, y, source } = this;
    const place = (value: number): string => {
      const k = result.values.indexOf(value);
      const [i, j] = [k % NODES, Math.floor(k / NODES)];
      return `${x.label} ${formatQuantity(result.xs[i], x.unit)} and ${y.label} ${formatQuantity(result.ys[j], y.unit)}`;
    };
    const when = taken(spec, formatUnit(source.model.time.unit));
    const parts = [`${series.label} ${when} goes from ${formatQuantity(result.low, series.unit)} at ${place(result.low)} to ${formatQuantity(result.high, series.unit)} at ${place(result.high)}.`];
    if (result.loewe) {
      const { x: x50, y: y50, index } = result.loewe;
      const side = index < 0.95 ? "the two need less together than additivity says" : index > 1.05 ? "the two need more together than additivity says" : "close to additivity";
      parts.push(`Half is reached by ${x.label} alone at ${formatQuantity(x50, x.unit)} and by ${y.label} alone at ${formatQuantity(y50, y.unit)}; the combination index goes to ${formatNumber(index)}: ${side}.`);
    } else if (spec.additivity === "loewe") {
      parts.push("One of the two alone does not reach half, so that there is no line of additivity.");
    }
    if (result.excess) {
      const [least, most] = [Math.min(...result.excess), Math.max(...result.excess)];
      parts.push(`The effect differs from Bliss independence by ${formatNumber(100 * least)} to ${formatNumber(100 * most)} percentage points.`);
    }
    return parts.join(" ");
  }

  sheet({ xs, ys, values, excess }: SurfaceResult): Sheet {
    const { x, y, series, spec } = this;
    const more = excess ? [{ id: "bliss_excess", label: "Bliss excess", unit: "%" }] : [];
    const all = ys.flatMap((v, j) => xs.map((u, i) => ({ i, j, row: [u, v, values[j * NODES + i], ...(excess ? [100 * excess[j * NODES + i]] : [])] })));
    return {
      caption: `${spec.title}: 5 by 5 of the ${NODES} by ${NODES} settings`,
      heads: [head(x), head(y), head(series), ...more],
      rows: all.map((each) => each.row), few: all.filter(({ i, j }) => i % 5 === 0 && j % 5 === 0).map((each) => each.row),
    };
  }

  private loewe(xs: number[], ys: number[], values: Float64Array, half: number, isoboles: Isobole[]): SurfaceResult["loewe"] {
    const [sx, sy] = this.scales;
    const column = ys.map((_, j) => values[j * NODES]);
    const x = firstCrossing(xs, values.subarray(0, NODES), half, (each) => sx.position(each), (each) => sx.value(each));
    const y = firstCrossing(ys, column, half, (each) => sy.position(each), (each) => sy.value(each));
    if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
    let index = 1;
    for (const point of isoboles.find((each) => each.level === 50)?.lines.flat() ?? []) {
      const one = loeweIndex({ x: sx.value(point.x), y: sy.value(point.y) }, x, y);
      if (Math.abs(Math.log(one)) > Math.abs(Math.log(index))) index = one;
    }
    return { x, y, line: loeweLine(x, y), index };
  }

  /** One bar a node makes a tile; Plotly's basic build has no heatmap. */
  private tiles({ xs, ys, values, excess }: SurfaceResult, px: number[], py: number[], colours: (k: number) => string): unknown {
    const { x, y, series } = this;
    const nodes = [...values.keys()];
    const edge = (places: number[], k: number): [number, number] => {
      const before = k > 0 ? places[k] - places[k - 1] : places[1] - places[0];
      const after = k < NODES - 1 ? places[k + 1] - places[k] : before;
      return [places[k] - before / 2, places[k] + after / 2];
    };
    const [columns, rows] = [px.map((_, k) => edge(px, k)), py.map((_, k) => edge(py, k))];
    const [i, j] = [(k: number): number => k % NODES, (k: number): number => Math.floor(k / NODES)];
    return {
      type: "bar", showlegend: false, x: nodes.map((k) => (columns[i(k)][0] + columns[i(k)][1]) / 2), width: nodes.map((k) => columns[i(k)][1] - columns[i(k)][0]),
      base: nodes.map((k) => rows[j(k)][0]), y: nodes.map((k) => rows[j(k)][1] - rows[j(k)][0]),
      marker: { color: nodes.map(colours), line: { width: 0 } },
      customdata: nodes.map((k) => `${series.label} ${formatQuantity(values[k], series.unit)}${excess ? `, Bliss excess ${formatNumber(100 * excess[k])} %` : ""}`
        + `<br>${x.label} ${formatQuantity(xs[i(k)], x.unit)}<br>${y.label} ${formatQuantity(ys[j(k)], y.unit)}`),
      hovertemplate: "%{customdata}<extra></extra>",
    };
  }

  private colours({ values, low, high, excess }: SurfaceResult, theme: Theme): (k: number) => string {
    if (this.colouring === "bliss" && excess) {
      const most = extent(excess);
      return (k) => tint(theme.surface, theme.palette[excess[k] < 0 ? 1 : 0], Math.abs(excess[k]) / most);
    }
    return (k) => tint(theme.surface, theme.palette[0], high > low ? (values[k] - low) / (high - low) : 0.5);
  }

  /** The key of the colours, in HTML. */
  private paintBar(result: SurfaceResult, theme: Theme): void {
    const { series } = this;
    const ramp = h("span", { class: "il6-ramp" });
    const stops = [0, 0.25, 0.5, 0.75, 1];
    let [from, to] = [formatQuantity(result.low, series.unit), formatQuantity(result.high, series.unit)];
    let colour = (share: number): string => tint(theme.surface, theme.palette[0], share);
    if (this.colouring === "bliss" && result.excess) {
      const most = formatNumber(100 * extent(result.excess));
      [from, to] = [`−${most} points`, `+${most} points`];
      colour = (share) => tint(theme.surface, theme.palette[share < 0.5 ? 1 : 0], Math.abs(2 * share - 1));
    }
    ramp.style.background = `linear-gradient(to right, ${stops.map(colour).join(", ")})`;
    this.bar.replaceChildren(h("span", {}, from), ramp, h("span", {}, to));
  }

  private whole(result: SurfaceResult): string {
    return this.spec.reference === "origin"
      ? `the response at the lowest settings (${formatQuantity(result.values[0], this.series.unit)})`
      : `the highest response (${formatQuantity(result.high, this.series.unit)})`;
  }

  private choice(): HTMLElement {
    const name = uniqueId("surface-colour");
    const options: [Colouring, string][] = [["response", "Response"], ["bliss", "Excess over Bliss independence"]];
    return h("fieldset", { class: "il6-choice il6-row" }, h("legend", {}, "Colour"), ...options.map(([value, text]) => {
      const input = h("input", { type: "radio", name, value, checked: value === this.colouring });
      input.addEventListener("change", () => {
        this.colouring = value;
        this.source.redraw();
      });
      return h("label", { class: "il6-radio" }, input, h("span", {}, text));
    }));
  }
}

/** The largest size, never zero: a surface without excess is drawn without colour. */
function extent(excess: Float64Array): number {
  return Math.max(0.01, ...excess.map(Math.abs));
}

/** The level, written in the middle of its longest line. */
function label(lines: { x: number; y: number }[][], level: number, theme: Theme): unknown {
  const longest = lines.reduce<{ x: number; y: number }[]>((most, each) => (each.length > most.length ? each : most), []);
  const at = longest.length > 0 ? [longest[Math.floor(longest.length / 2)]] : [];
  return {
    type: "scatter", mode: "text", x: at.map((each) => each.x), y: at.map((each) => each.y), text: at.map(() => `${level} %`),
    textposition: "top center", textfont: { size: 11, color: theme.text }, hoverinfo: "skip", showlegend: false,
  };
}
