/** Dose-response: one slider on the x axis, what a run reads for each of its values on the y axis. */

import { formatNumber, formatQuantity, formatUnit, withUnit } from "../format.js";
import { DASHES, baseLayout } from "../explorer/figure.js";
import { curveItem, pinnedItem } from "../explorer/legend.js";
import type { Parameter, ScanSpec, Series, Values } from "../spec.js";
import type { Work } from "../solver/slices.js";
import type { Run } from "../solver/run.js";
import { Scale, valueScale } from "./scale.js";
import { crossing, readOut, runFor, sweep, taken } from "./sweep.js";
import { type Drawing, type Scene, type Sheet, type Source, type View, head, listed, parameterOf, present, seriesOf, without } from "./view.js";

const COUNT = 41;
/** Accuracy of a solved dose: 1e-5 of the axis. */
const FINE = 1e-5;

export interface Curve {
  /** What each run reads. */
  values: number[];
  highest: number;
  /** Doses of 10, 50 and 90 % of the highest value; no number where the curve does not pass them. */
  tenth: number;
  half: number;
  ninetieth: number;
  /** ln 81 / ln(EC90 / EC10), solved for; no number where the view does not ask. */
  hill: number;
}

export interface ScanResult {
  doses: number[];
  curves: Curve[];
}

export class ScanView implements View<ScanResult> {
  readonly delay = 120;
  readonly compares = true;
  readonly rows = 1;
  readonly extra = null;
  private readonly parameter: Parameter;
  private readonly series: Series[];
  private readonly scale: Scale;

  constructor(readonly spec: ScanSpec, private readonly source: Source) {
    this.parameter = parameterOf(source.model, spec.parameter);
    this.series = spec.series.map((id) => seriesOf(source.model, id));
    this.scale = Scale.ofSlider(this.parameter, spec.x_log);
  }

  depends(values: Values): Values {
    return without(values, this.spec.parameter, ...Object.keys(this.spec.set));
  }

  *compute(values: Values): Work<ScanResult> {
    const { spec, source, parameter, scale } = this;
    const base = runFor(spec, values);
    const at = (dose: number): Values => ({ ...base, [parameter.id]: dose });
    const doses = scale.grid(COUNT);
    const read = (run: Run): number[] => spec.series.map((id) => readOut(run, id, spec.quantity, spec.at ?? 0));
    const rows = yield* sweep(source.solver, doses.map(at), read);
    const curves: Curve[] = [];
    for (let i = 0; i < spec.series.length; i++) {
      const response = (position: number): number => read(source.solver.simulate(at(scale.value(position))))[i];
      curves.push(yield* characterise(doses, rows.map((row) => row[i]), scale, spec.hill ? response : null));
    }
    return { doses, curves };
  }

  draw(result: ScanResult, pinned: ScanResult | null, { theme, size, run, pinned: pinnedRun }: Scene): Drawing {
    const { spec, series, scale, parameter, source } = this;
    const height = (curve: Curve): number[] => spec.normalise ? curve.values.map((each) => (100 * each) / (curve.highest || 1)) : curve.values;
    const shown = [...result.curves, ...(pinned?.curves ?? [])].flatMap(height);
    const vertical = valueScale(spec.y_log, shown);
    const curve = (each: ScanResult, i: number, reference: boolean): unknown => {
      const values = height(each.curves[i]);
      return {
        type: "scatter", mode: "lines", name: reference ? `${series[i].label}, pinned` : series[i].label,
        x: each.doses.map((dose) => scale.position(dose)), y: values.map((value) => vertical.scale.position(value)),
        customdata: each.curves[i].values.map((value, k) => this.hover(i, each.doses[k], value)),
        line: {
          simplify: false, color: theme.palette[i % theme.palette.length], width: reference ? 1.75 : 2.5,
          dash: reference ? "dot" : DASHES[i % DASHES.length],
        },
        hovertemplate: "%{customdata}<extra></extra>", opacity: reference ? 0.8 : 1,
      };
    };
    const data = result.curves.map((_, i) => curve(result, i, false));
    const items = series.map((each, i) => curveItem(each.label, i));
    if (pinned && pinnedRun) {
      data.unshift(...pinned.curves.map((_, i) => curve(pinned, i, true)));
      items.push(pinnedItem(source.model, pinnedRun));
    }
    const layout = {
      ...baseLayout(theme, size), hovermode: "closest",
      xaxis: scale.layout(theme, withUnit(parameter.label, parameter.unit)),
      yaxis: vertical.scale.layout(theme, this.yTitle(), vertical.range),
      shapes: [present(theme, scale.position(run.values[parameter.id]))],
    };
    return { data, layout, legend: items };
  }

  sentence({ doses, curves }: ScanResult): string {
    const { parameter, series, spec } = this;
    const when = taken(spec, formatUnit(this.source.model.time.unit));
    const dose = (value: number): string => formatQuantity(value, parameter.unit);
    const halves = curves.flatMap((curve, i) => {
      if (!Number.isFinite(curve.half)) return [];
      const hill = Number.isFinite(curve.hill) ? ` (effective Hill coefficient ${formatNumber(curve.hill)})` : "";
      return [`${series[i].label} at ${dose(curve.half)}${hill}`];
    });
    const others = curves.flatMap((curve, i) => {
      if (Number.isFinite(curve.half)) return [];
      const [first, last] = [curve.values[0], curve.values[curve.values.length - 1]].map((each) => formatQuantity(each, series[i].unit));
      return [`${series[i].label} goes from ${first} to ${last}`];
    });
    return [
      halves.length > 0 ? `Half of the highest value over ${parameter.label}, ${when}: ${listed(halves)}.` : "",
      others.length > 0 ? `From ${parameter.label} ${dose(doses[0])} to ${dose(doses[doses.length - 1])}, read ${when}, ${listed(others)}.` : "",
    ].filter(Boolean).join(" ");
  }

  sheet({ doses, curves }: ScanResult): Sheet {
    const { spec, parameter, series, source } = this;
    const heads = [head(parameter), ...series.map((each) => head(each))];
    if (spec.normalise) heads.push(...series.map((each) => ({ id: `${each.id}_normalised`, label: `${each.label}, of its highest`, unit: "%" })));
    const rows = doses.map((dose, k) => [
      dose, ...curves.map((each) => each.values[k]),
      ...(spec.normalise ? curves.map((each) => (100 * each.values[k]) / (each.highest || 1)) : []),
    ]);
    return {
      caption: `${spec.title}: read ${taken(spec, formatUnit(source.model.time.unit))} for each ${parameter.label}`,
      heads, rows, few: rows.filter((_, k) => k % 2 === 0),
    };
  }

  private hover(i: number, dose: number, value: number): string {
    return `${this.series[i].label}: ${formatQuantity(value, this.series[i].unit)} at ${formatQuantity(dose, this.parameter.unit)}`;
  }

  private yTitle(): string {
    const { spec, series } = this;
    if (spec.normalise) return "Share of the highest value (%)";
    const when = taken(spec, formatUnit(this.source.model.time.unit));
    const units = new Set(series.map((each) => each.unit));
    const name = series.length === 1 ? `${series[0].label} ${when}` : `Value ${when}`;
    return units.size === 1 ? withUnit(name, series[0].unit) : name;
  }
}

/** Highest value, the doses of 10, 50 and 90 % of it, and how steep it is between; `response` solves between the doses. */
export function* characterise(
  doses: number[], values: number[], scale: Scale, response: ((position: number) => number) | null,
): Work<Curve> {
  const highest = Math.max(...values);
  const places = doses.map((dose) => scale.position(dose));
  const found: number[] = [];
  for (const share of [0.1, 0.5, 0.9]) {
    const level = share * highest;
    const k = values.findIndex((value, i) => i > 0 && value >= level !== values[i - 1] >= level);
    if (k < 0) {
      found.push(NaN);
      continue;
    }
    const between = (x: number): number => values[k - 1] + ((values[k] - values[k - 1]) * (x - places[k - 1])) / (places[k] - places[k - 1]);
    const width = FINE * Math.abs(scale.ends[1] - scale.ends[0]);
    found.push(scale.value(yield* crossing(response ?? between, level, places[k - 1], values[k - 1], places[k], values[k], width)));
  }
  const [tenth, half, ninetieth] = found;
  return { values, highest, tenth, half, ninetieth, hill: response ? Math.log(81) / Math.abs(Math.log(ninetieth / tenth)) : NaN };
}
