/** Phase plane: the present run as a path through two of its quantities, with nullclines and steady points. */

import { formatNumber, formatQuantity, formatUnit, withUnit } from "../format.js";
import { baseLayout } from "../explorer/figure.js";
import { DOTTED, type LegendItem, pinnedItem } from "../explorer/legend.js";
import { niceStep } from "../explorer/scale.js";
import { timeTick } from "../explorer/axis.js";
import type { PhaseSpec, Series, Values } from "../spec.js";
import { Held } from "../solver/held.js";
import type { Run } from "../solver/run.js";
import type { Work } from "../solver/slices.js";
import { type Plane, type PlaneAxis, type PlanePoint, plane } from "./plane.js";
import { valueScale } from "./scale.js";
import { type Drawing, type Scene, type Sheet, type Source, type View, head, listed, seriesOf } from "./view.js";

export interface PhaseResult extends Plane {
  axes: [PlaneAxis, PlaneAxis];
  /** The run of the view's own settings, where it has some. */
  own: Run | null;
}

/** Colours and dashes of the two nullclines; the run has the first colour. */
const LINES = [{ colour: 1, dash: "dash", stroke: "7 4" }, { colour: 2, dash: "dashdot", stroke: "7 3 2 3" }] as const;
/** Pixels between two labels of time marks. */
const APART = 34;

export class PhaseView implements View<PhaseResult> {
  readonly delay = 0;
  readonly compares = false;
  readonly rows = 1;
  readonly extra = null;
  private readonly x: Series;
  private readonly y: Series;
  private readonly states: [number, number];
  /** Ends drawn last, so that the axes do not jump while a slider moves. */
  private readonly last: ([number, number] | null)[] = [null, null];

  constructor(readonly spec: PhaseSpec, private readonly source: Source) {
    const { model } = source;
    this.x = seriesOf(model, spec.x);
    this.y = seriesOf(model, spec.y);
    const place = (id: string): number => model.states.findIndex((each) => each.id === id);
    this.states = [place(spec.x_state ?? spec.x), place(spec.y_state ?? spec.y)];
  }

  depends(values: Values): Values {
    return values;
  }

  *compute(values: Values): Work<PhaseResult> {
    const { spec, source } = this;
    const all = { ...values, ...spec.set };
    const run = source.solver.simulate(all);
    yield null;
    const held = new Held(source.model, source.solver, all, spec.inputs);
    const axes = [this.axis(0, run), this.axis(1, run)] as [PlaneAxis, PlaneAxis];
    const found = yield* plane(held, axes, spec.others);
    return { ...found, axes, own: Object.keys(spec.set).length ? run : null };
  }

  draw(result: PhaseResult, _: null, { theme, size, run: shown, pinned }: Scene): Drawing {
    const { spec, x, y, source } = this;
    const { axes } = result;
    const run = result.own ?? shown;
    const width = axes.map(({ range }) => range[1] - range[0]);
    const at = (of: Run, k: number): [number, number] => [axes[0].scale.position(of.series[x.id][k]), axes[1].scale.position(of.series[y.id][k])];
    const path = (of: Run, more: Record<string, unknown>, line: Record<string, unknown>): unknown => {
      const points = Array.from(of.time, (_each, k) => at(of, k));
      return {
        type: "scatter", mode: "lines", x: points.map((each) => each[0]), y: points.map((each) => each[1]),
        customdata: Array.from(of.time, (time, k) => this.hover(of, k, time)), hovertemplate: "%{customdata}<extra></extra>",
        line: { simplify: false, ...line }, ...more,
      };
    };
    const data: unknown[] = [];
    const legend: LegendItem[] = [{ label: "present run", color: "var(--il6-1)", stroke: "" }];
    if (spec.directions) data.push(arrows(result, size, width, theme.muted));
    result.nullclines.forEach(({ state, lines }, i) => {
      const id = source.model.states[state].id;
      if (spec.nullclines && !spec.nullclines.includes(id)) return;
      const name = `${(i === 0 ? x : y).label} stands still`;
      const joined = lines.flatMap((line) => [...line, { x: NaN, y: NaN }]);
      data.push({
        type: "scatter", mode: "lines", name, x: joined.map((each) => each.x), y: joined.map((each) => each.y), hoverinfo: "skip",
        line: { simplify: false, color: theme.palette[LINES[i].colour], dash: LINES[i].dash, width: 2 },
      });
      legend.push({ label: name, color: `var(--il6-${LINES[i].colour + 1})`, stroke: LINES[i].stroke });
    });
    if (pinned) {
      data.push(path(pinned, { name: "pinned run", opacity: 0.8 }, { color: theme.palette[0], width: 1.75, dash: "dot" }));
      legend.push({ ...pinnedItem(source.model, pinned), color: "var(--il6-1)", stroke: DOTTED });
    }
    data.push(path(run, { name: "present run" }, { color: theme.palette[0], width: 2.5 }));
    data.push(this.marks(run, at, width, size, theme.palette[0]));
    for (const stable of [true, false]) {
      const points = result.steady.filter((each) => each.stable === stable);
      if (points.length === 0) continue;
      const name = stable ? "stable steady point" : "unstable steady point";
      data.push({
        type: "scatter", mode: "markers", name, x: points.map((each) => axes[0].scale.position(each.x)),
        y: points.map((each) => axes[1].scale.position(each.y)), customdata: points.map((each) => this.where(each)),
        hovertemplate: `${name}: %{customdata}<extra></extra>`,
        marker: { size: 11, symbol: stable ? "circle" : "circle-open", color: theme.text, line: { width: 2, color: theme.text } }, cliponaxis: false,
      });
      legend.push({ label: name, color: "var(--il6-text)", stroke: stable ? "full" : "open" });
    }
    const layout = {
      ...baseLayout(theme, size), hovermode: "closest",
      xaxis: axes[0].scale.layout(theme, withUnit(x.label, x.unit), axes[0].range),
      yaxis: axes[1].scale.layout(theme, withUnit(y.label, y.unit), axes[1].range),
    };
    return { data, layout, legend };
  }

  sentence({ steady, own }: PhaseResult, shown: Run): string {
    const { x, y } = this;
    const run = own ?? shown;
    const end = run.time.length - 1;
    const went = `The run goes from ${this.where({ x: run.series[x.id][0], y: run.series[y.id][0] })} to ${this.where({ x: run.series[x.id][end], y: run.series[y.id][end] })}.`;
    if (steady.length === 0) return `${went} The plane shows no steady point.`;
    const named = steady.map((each) => `${this.where(each)} (${each.stable ? "stable" : "unstable"})`);
    return `${went} ${steady.length === 1 ? "The steady point is at" : `${steady.length} steady points:`} ${listed(named)}.`;
  }

  sheet({ steady, nullclines, axes, own }: PhaseResult, shown: Run): Sheet {
    const { x, y, spec, source } = this;
    const run = own ?? shown;
    const rows: Sheet["rows"] = Array.from(run.time, (time, k) => ["run", time, run.series[x.id][k], run.series[y.id][k]]);
    const every = Math.max(1, Math.round(rows.length / 10));
    const points: Sheet["rows"] = steady.map((each) => [each.stable ? "stable point" : "unstable point", null, each.x, each.y]);
    const lines: Sheet["rows"] = nullclines.flatMap(({ lines: all }, i) => all.flatMap((line) => line.map((each) =>
      [`nullcline of ${(i === 0 ? x : y).label}`, null, axes[0].scale.value(each.x), axes[1].scale.value(each.y)])));
    return {
      caption: `${spec.title}: steady points and the run`,
      heads: [{ id: "what", label: "What", unit: "" }, { id: "time", label: source.model.time.label, unit: source.model.time.unit }, head(x), head(y)],
      rows: [...points, ...rows, ...lines], few: [...points, ...rows.filter((_, k) => k % every === 0)],
    };
  }

  private axis(i: 0 | 1, run: Run): PlaneAxis {
    const { spec } = this;
    const id = i === 0 ? spec.x : spec.y;
    const log = i === 0 ? spec.x_log : spec.y_log;
    const values = run.series[id];
    const given = i === 0 ? spec.x_range : spec.y_range;
    // The axis shows the given range, and more where the run leaves it.
    const all = given ? [...values.map((each) => Math.min(Math.max(each, given[0]), Infinity)), ...given] : values;
    const top = given && values.every((each) => each <= given[1]) ? given : null;
    const { scale, range } = valueScale(log, all, top);
    const last = this.last[i];
    const kept = !given && last && range[0] === last[0] && range[1] <= last[1] && range[1] >= 0.5 * last[1] ? last : range;
    this.last[i] = kept;
    return { shown: id, state: this.states[i], scale, range: kept };
  }

  /** The start, and about five times on the way with their labels where there is room. */
  private marks(run: Run, at: (of: Run, k: number) => [number, number], width: number[], size: Scene["size"], color: string): unknown {
    const end = run.time[run.time.length - 1];
    const step = timeTick(end, this.source.model.time.unit) ?? niceStep(end / 4);
    const times: number[] = [];
    for (let time = 0; time <= end * (1 + 1e-9); time += step) times.push(time);
    const placed: [number, number][] = [];
    const points = times.map((time) => {
      const k = Math.min(run.time.length - 1, Math.round((time / end) * (run.time.length - 1)));
      const [px, py] = at(run, k);
      const pixel: [number, number] = [(px / width[0]) * size.width, (py / width[1]) * size.height];
      const room = placed.every((other) => Math.hypot(other[0] - pixel[0], other[1] - pixel[1]) > APART);
      if (room) placed.push(pixel);
      const text = time === 0 ? "start" : formatQuantity(time, this.source.model.time.unit);
      return { x: px, y: py, text: room ? text : "", hover: this.hover(run, k, run.time[k]), start: time === 0 };
    });
    return {
      type: "scatter", mode: "markers+text", x: points.map((each) => each.x), y: points.map((each) => each.y), text: points.map((each) => each.text),
      textposition: "top right", showlegend: false, customdata: points.map((each) => each.hover), hovertemplate: "%{customdata}<extra></extra>",
      cliponaxis: false,
      marker: { color, size: points.map((each) => (each.start ? 10 : 6)), symbol: points.map((each) => (each.start ? "square" : "circle")) },
    };
  }

  private where({ x, y }: PlanePoint): string {
    return `${this.x.label} ${formatQuantity(x, this.x.unit)}, ${this.y.label} ${formatQuantity(y, this.y.unit)}`;
  }

  private hover(run: Run, k: number, time: number): string {
    const { unit } = this.source.model.time;
    return `${formatNumber(time)} ${formatUnit(unit)}: ${this.where({ x: run.series[this.x.id][k], y: run.series[this.y.id][k] })}`;
  }
}

/** Short arrows along the rates, all of one length: where a point would move, not how fast. */
function arrows({ arrows: all }: PhaseResult, size: Scene["size"], width: number[], color: string): unknown {
  const pixels = [size.width / width[0], size.height / width[1]];
  return {
    type: "scatter", mode: "markers", showlegend: false, hoverinfo: "skip", x: all.map((each) => each.at.x), y: all.map((each) => each.at.y),
    marker: {
      symbol: "arrow-wide", size: 8, color, opacity: 0.55,
      angle: all.map((each) => (Math.atan2(each.dx * pixels[0], each.dy * pixels[1]) * 180) / Math.PI),
    },
  };
}
