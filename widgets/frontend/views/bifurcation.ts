/** Steady states against a parameter: stable ones solid, unstable ones dotted, folds marked. */

import { formatNumber, formatQuantity, withUnit } from "../format.js";
import { baseLayout } from "../explorer/figure.js";
import { DOTTED, type LegendItem, pinnedItem } from "../explorer/legend.js";
import type { BifurcationSpec, Parameter, Series, Values } from "../spec.js";
import { type Branch, type Mark, type Problem, branch, passes } from "../solver/continuation.js";
import { Held } from "../solver/held.js";
import type { Run } from "../solver/run.js";
import type { Work } from "../solver/slices.js";
import { Steady, structure } from "../solver/steady.js";
import { Scale, valueScale } from "./scale.js";
import { type Drawing, type Scene, type Sheet, type Source, type View, head, listed, parameterOf, present, seriesOf, without } from "./view.js";

export interface SteadyPoint {
  parameter: number;
  value: number;
  stable: boolean;
  mark: Mark | null;
}

export type Branches = SteadyPoint[][];

/** Where steady states are looked for, on the parameter's axis. */
const PLACES = [0, 0.5, 1];

export class BifurcationView implements View<Branches> {
  readonly delay = 120;
  readonly compares = true;
  readonly rows = 1;
  readonly extra = null;
  private readonly parameter: Parameter;
  private readonly series: Series;
  private readonly scale: Scale;

  constructor(readonly spec: BifurcationSpec, private readonly source: Source) {
    this.parameter = parameterOf(source.model, spec.parameter);
    this.series = seriesOf(source.model, spec.series[0]);
    this.scale = Scale.ofSlider(this.parameter, spec.x_log);
  }

  depends(values: Values): Values {
    const ids = [this.spec.parameter, ...Object.keys(this.spec.set)];
    return without(values, ...ids, ...(this.spec.inputs === "end" ? [] : ["end"]));
  }

  *compute(values: Values): Work<Branches> {
    const { spec, source, parameter, scale } = this;
    const held = new Held(source.model, source.solver, { ...values, ...spec.set, [parameter.id]: parameter.value }, spec.inputs);
    const index = source.model.parameters.findIndex((each) => each.id === parameter.id);
    const [from, to] = scale.ends;
    const valueAt = (w: number): number => scale.value(from + w * (to - from));
    held.set(index, valueAt(0.5));
    const shape = structure(held.field, sample(held.start), held.under(this.series.id));
    const steady = new Steady(held.field, shape, source.model.states.map((each) => each.nonnegative));
    steady.hold(held.start);
    let last = NaN;
    const move = (w: number): void => {
      if (w === last) return;
      last = w;
      held.set(index, valueAt(w));
      // Conserved sums follow the parameter; what is held besides stays at the start.
      steady.hold(held.first);
    };

    const seeds: { w: number; u: Float64Array }[] = [];
    for (const given of [{}, ...spec.starts]) {
      for (const w of PLACES) {
        move(w);
        // The rest before time 0 belongs to one setting; where the setting moves a conserved sum, it is the wrong start.
        const y = Object.keys(given).length || shape.laws.length ? held.first.slice() : held.start.slice();
        for (const [id, value] of Object.entries(given)) y[source.model.states.findIndex((each) => each.id === id)] = value;
        const u = yield* held.arrive(steady, y);
        if (u) seeds.push({ w, u });
      }
    }
    const problem: Problem = {
      n: steady.size, scale: sizes([steady.gather(held.first), ...seeds.map((each) => each.u)], steady.size),
      residual: (u, w, f) => { move(w); steady.residual(u, f); },
      jacobian: (u, w, J) => { move(w); steady.jacobian(u, J); },
      slowest: (u, w) => { move(w); return steady.slowest(u); },
      allowed: (u, w) => { move(w); return steady.nowhereBelow(u); },
    };
    const found: Branch[] = [];
    for (const { u, w } of seeds) {
      if (found.some((each) => passes(each, problem, u, w))) continue;
      found.push(yield* branch(problem, u, w));
    }
    return found.map((points) => points.map(({ u, w, stable, mark }) => {
      move(w);
      steady.spread(u);
      return { parameter: valueAt(w), value: held.read(this.series.id, steady.y), stable, mark };
    }));
  }

  draw(branches: Branches, pinned: Branches | null, { theme, size, run, pinned: pinnedRun }: Scene): Drawing {
    const { spec, scale, parameter, series, source } = this;
    const all = [...branches, ...(pinned ?? [])].flat().map((each) => each.value);
    const vertical = valueScale(spec.y_log, all, spec.y_range);
    const x = (each: SteadyPoint): number => scale.position(each.parameter);
    const y = (each: SteadyPoint): number => vertical.scale.position(each.value);
    const hover = (each: SteadyPoint): string => `${formatQuantity(each.value, series.unit)} at ${formatQuantity(each.parameter, parameter.unit)}`;
    const lines = (of: Branches, reference: boolean): unknown[] => pieces(of).map((piece) => ({
      type: "scatter", mode: "lines", x: piece.points.map(x), y: piece.points.map(y), showlegend: false,
      customdata: piece.points.map((each) => `${hover(each)}, ${piece.stable ? "stable" : "unstable"}`),
      name: piece.stable ? "stable" : "unstable", hovertemplate: "%{customdata}<extra></extra>",
      line: { simplify: false, color: reference ? theme.muted : theme.palette[0], width: reference ? 1.5 : 2.5, dash: piece.stable ? "solid" : "dot" },
    }));
    const marked = (mark: Mark, name: string, symbol: string): unknown => {
      const points = branches.flat().filter((each) => each.mark === mark);
      return {
        type: "scatter", mode: "markers", x: points.map(x), y: points.map(y), customdata: points.map(hover), name,
        hovertemplate: `${name}: %{customdata}<extra></extra>`, showlegend: points.length > 0,
        marker: { symbol, size: 10, color: theme.palette[1], line: { width: 2, color: theme.palette[1] } },
      };
    };
    const points = branches.flat();
    const legend: LegendItem[] = [{ label: "stable steady state", color: "var(--il6-1)", stroke: "" }];
    if (points.some((each) => !each.stable)) legend.push({ label: "unstable steady state", color: "var(--il6-1)", stroke: DOTTED });
    if (points.some((each) => each.mark === "fold")) legend.push({ label: "fold", color: "var(--il6-2)", stroke: "full" });
    if (points.some((each) => each.mark === "oscillation")) legend.push({ label: "onset of oscillation", color: "var(--il6-2)", stroke: "open" });
    if (pinned && pinnedRun) legend.push({ ...pinnedItem(source.model, pinnedRun), color: "var(--il6-muted)", stroke: "" });
    return {
      data: [
        ...(pinned ? lines(pinned, true) : []), ...lines(branches, false),
        marked("fold", "fold", "circle"), marked("oscillation", "onset of oscillation", "circle-open"),
      ],
      layout: {
        ...baseLayout(theme, size), hovermode: "closest",
        xaxis: scale.layout(theme, withUnit(parameter.label, parameter.unit)),
        yaxis: vertical.scale.layout(theme, withUnit(`${series.label} at rest`, series.unit), vertical.range),
        shapes: [present(theme, scale.position(run.values[parameter.id]))],
      },
      legend,
    };
  }

  sentence(branches: Branches, run: Run): string {
    const { parameter, series } = this;
    const points = branches.flat();
    if (points.length === 0) return `No steady state of ${series.label} was found over ${parameter.label}.`;
    const now = run.values[parameter.id];
    const here = statesAt(branches, now);
    const named = here.map((each) => `${formatQuantity(each.value, series.unit)} (${each.stable ? "stable" : "unstable"})`);
    const rest = here.length === 0 ? "there is no steady state in view" : `${series.label} rests at ${listed(named)}`;
    return [`At ${parameter.label} ${formatQuantity(now, parameter.unit)} ${rest}.`, ...["fold", "oscillation"].map((mark) => {
      const at = points.filter((each) => each.mark === mark).map((each) => each.parameter).sort((a, b) => a - b);
      if (at.length === 0) return "";
      const places = `${listed(at.map((each) => formatNumber(each)))}${parameter.unit ? ` ${parameter.unit}` : ""}`;
      return mark === "fold" ? `The steady states fold at ${parameter.label} ${places}.` : `Oscillations begin or end near ${parameter.label} ${places}.`;
    })].filter(Boolean).join(" ");
  }

  sheet(branches: Branches): Sheet {
    const { parameter, series, spec } = this;
    const rows = branches.flatMap((points, b) => points.map((each) =>
      [each.parameter, each.value, each.stable ? "yes" : "no", b + 1, each.mark ?? ""]));
    const every = Math.max(1, Math.ceil(rows.length / 16));
    const plain = (id: string, label: string): Sheet["heads"][number] => ({ id, label, unit: "" });
    return {
      caption: `${spec.title}: steady states`,
      heads: [head(parameter), head(series), plain("stable", "Stable"), plain("branch", "Branch"), plain("mark", "Mark")],
      rows, few: rows.filter((row, k) => k % every === 0 || row[4] !== ""),
    };
  }
}

/** A state to feel out the equations at, with no zeros in it. */
function sample(y: Float64Array): Float64Array {
  const size = y.reduce((most, each) => Math.max(most, Math.abs(each)), 0) || 1;
  return y.map((each) => each || 0.1 * size);
}

/** Typical size of each unknown among the start and the steady states found. */
function sizes(states: Float64Array[], n: number): Float64Array {
  const most = Float64Array.from({ length: n }, (_, i) => states.reduce((size, u) => Math.max(size, Math.abs(u[i])), 0));
  const floor = 1e-3 * most.reduce((size, each) => Math.max(size, each), 0) || 1;
  return most.map((each) => Math.max(each, floor));
}

/** Branches cut where stability changes; neighbours share their end. */
function pieces(branches: Branches): { stable: boolean; points: SteadyPoint[] }[] {
  return branches.flatMap((points) => {
    const cut: { stable: boolean; points: SteadyPoint[] }[] = [];
    points.forEach((each, k) => {
      const before = cut[cut.length - 1] as (typeof cut)[number] | undefined;
      // At a fold itself rounding decides: it belongs to both sides.
      const stable = each.mark === "fold" && before ? before.stable : each.stable;
      if (before?.stable === stable) before.points.push(each);
      else cut.push({ stable, points: k > 0 ? [points[k - 1], each] : [each] });
    });
    return cut;
  });
}

/** The steady states at one setting, from low to high. */
export function statesAt(branches: Branches, parameter: number): SteadyPoint[] {
  const found: SteadyPoint[] = [];
  for (const { stable, points } of pieces(branches)) {
    for (let k = 0; k + 1 < points.length; k++) {
      const [a, b] = [points[k], points[k + 1]];
      const inside = a.parameter < b.parameter ? parameter >= a.parameter && parameter < b.parameter : parameter <= a.parameter && parameter > b.parameter;
      const atEnd = k + 2 === points.length && parameter === b.parameter;
      if (!inside && !atEnd) continue;
      const share = a.parameter === b.parameter ? 0 : (parameter - a.parameter) / (b.parameter - a.parameter);
      found.push({ parameter, value: a.value + share * (b.value - a.value), stable, mark: null });
    }
  }
  found.sort((a, b) => a.value - b.value);
  return found.filter((each, k) => k === 0 || each.value !== found[k - 1].value);
}
