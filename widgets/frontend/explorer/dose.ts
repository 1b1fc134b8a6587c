/** Dose-response: one slider on the x axis, one readout of the run on the y axis. */

import { debounce, h, uniqueId } from "../dom.js";
import { formatNumber, formatUnit, withUnit } from "../format.js";
import type { LoadPlotly } from "../plotly.js";
import { type ModelSpec, type Parameter, type Plot, type Values, findParameter, findSeries } from "../spec.js";
import type { ModelSolver } from "../solver/run.js";
import { readTheme } from "../theme.js";
import { linearRange } from "./axis.js";
import { Chart } from "./chart.js";
import { axis, baseLayout } from "./figure.js";
import { inSlices } from "../solver/slices.js";
import { type Quantity, doses, readOut, sweep } from "../views/sweep.js";
import { scrollBox } from "./tables.js";

export interface DoseSource {
  spec: ModelSpec;
  solver: ModelSolver;
  values(): Values;
  sliders: Parameter[];
  plots: Plot[];
  load: LoadPlotly;
  report: (error: unknown) => void;
}

export class DoseResponse {
  readonly element: HTMLElement;
  private readonly x: HTMLSelectElement;
  private readonly y: HTMLSelectElement;
  private readonly kind: HTMLSelectElement;
  private readonly at: HTMLInputElement;
  private readonly chart: Chart;
  private readonly table = h("div");
  private readonly recompute = debounce(() => { void this.compute(); }, 200);
  private job = 0;
  private points: { dose: number; response: number }[] = [];

  constructor(private readonly source: DoseSource) {
    const { spec } = source;
    this.x = select(source.sliders.map((each) => [each.id, withUnit(each.label, each.unit)]));
    const ids = [...new Set(source.plots.flatMap((each) => each.series))];
    this.y = select(ids.map((id) => [id, findSeries(spec, id)?.label ?? id]));
    this.kind = select([["peak", "at its peak"], ["end", "at the end"], ["value", "at a time"]]);
    this.at = h("input", { type: "number", min: 0, step: "any", value: Number((spec.time.end / 4).toPrecision(2)) });
    const atField = field(`Time (${formatUnit(spec.time.unit)})`, this.at);
    const showAt = (): void => { atField.hidden = this.kind.value !== "value"; };
    showAt();
    for (const input of [this.x, this.y, this.kind, this.at]) {
      input.addEventListener("change", () => { showAt(); this.recompute.call(); });
    }
    this.chart = new Chart([], source.load, () => { this.draw(); });
    this.element = h("div", { class: "il6-dose" },
      h("div", { class: "il6-fields" }, field("Slider on the x axis", this.x), field("Readout", this.y), field("Taken", this.kind), atField),
      this.chart.element,
      h("details", { class: "il6-panel" }, h("summary", {}, "The same in numbers"), this.table));
    this.chart.start().catch(source.report);
    void this.compute();
  }

  /** After a change of the settings. */
  refresh(): void {
    this.recompute.call();
  }

  redraw(): void {
    this.draw();
  }

  destroy(): void {
    this.recompute.cancel();
    this.job += 1;
    this.chart.destroy();
  }

  private async compute(): Promise<void> {
    const job = ++this.job;
    const { solver, spec, report } = this.source;
    const parameter = findParameter(spec, this.x.value);
    if (!parameter) return;
    const values = this.source.values();
    const kind = this.kind.value as Quantity;
    const at = Math.min(values.end, Math.max(0, Number(this.at.value) || 0));
    const id = this.y.value;
    const xs = doses(parameter);
    try {
      const work = sweep(solver, xs.map((dose) => ({ ...values, [parameter.id]: dose })), (run) => readOut(run, id, kind, at));
      const found = await inSlices(work, () => job === this.job);
      if (!found) return;
      this.points = found.value.map((response, k) => ({ dose: xs[k], response }));
    } catch (error) {
      report(error);
      return;
    }
    this.draw();
  }

  private draw(): void {
    const { spec } = this.source;
    const parameter = findParameter(spec, this.x.value);
    const series = findSeries(spec, this.y.value);
    if (!parameter || !series || this.points.length === 0) return;
    const taken = this.kind.value === "value" ? `at ${this.at.value} ${formatUnit(spec.time.unit)}` : this.kind.selectedOptions[0].text;
    const xTitle = withUnit(parameter.label, parameter.unit);
    const yTitle = withUnit(`${series.label} ${taken}`, series.unit);
    this.table.replaceChildren(this.makeTable(xTitle, yTitle));

    const theme = readTheme(this.chart.element);
    const size = this.chart.size;
    const log = parameter.scale === "log" && (parameter.min ?? 0) > 0;
    const responses = this.points.map((each) => each.response);
    const range = linearRange(Math.min(...responses), Math.max(...responses), null);
    const now = this.source.values()[parameter.id];
    const ends = [this.points[0].dose, this.points[this.points.length - 1].dose];
    const figure = {
      data: [{
        type: "scatter", mode: "lines+markers", x: this.points.map((each) => each.dose), y: responses, name: series.label,
        line: { color: theme.palette[0], width: 2.5 }, marker: { size: 5, color: theme.palette[0] },
        hovertemplate: `%{y:.3~g} ${formatUnit(series.unit)}`,
      }],
      layout: {
        ...baseLayout(theme, size),
        xaxis: { ...axis(theme), title: { text: xTitle, standoff: 8 }, ...(log ? { type: "log", dtick: 1 } : { nticks: 7 }), range: log ? ends.map(Math.log10) : ends },
        yaxis: { ...axis(theme), title: { text: yTitle, standoff: 6 }, range, nticks: 6 },
        shapes: [{ type: "line", x0: now, x1: now, yref: "paper", y0: 0, y1: 1, line: { color: theme.muted, width: 1.5, dash: "dot" } }],
      },
    };
    const first = formatNumber(responses[0]);
    const last = formatNumber(responses[responses.length - 1]);
    this.chart.draw(figure, `${yTitle} against ${xTitle}: from ${first} at ${formatNumber(ends[0])} to ${last} at ${formatNumber(ends[1])}. The dotted line is the present setting.`);
  }

  private makeTable(xTitle: string, yTitle: string): HTMLElement {
    const rows = this.points.map((each) => h("tr", {}, h("th", { scope: "row" }, formatNumber(each.dose)), h("td", {}, formatNumber(each.response))));
    const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, xTitle), h("th", { scope: "col" }, yTitle)));
    return scrollBox("Dose-response table", h("table", { class: "il6-table" }, h("caption", {}, `${yTitle} for each ${xTitle}`), head, h("tbody", {}, ...rows)));
  }
}

function select(options: [string, string][]): HTMLSelectElement {
  return h("select", {}, ...options.map(([value, label]) => h("option", { value }, label)));
}

function field(label: string, input: HTMLElement): HTMLElement {
  input.id = uniqueId("field");
  return h("p", { class: "il6-field" }, h("label", { for: input.id }, label), input);
}
