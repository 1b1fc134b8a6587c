/** The explorer: chart, controls and panels of one model, and the loop from a change to a drawing. */

import { debounce, h, uniqueId } from "../dom.js";
import type { LoadPlotly } from "../plotly.js";
import { END, type ModelSpec, type Parameter, type Plot, type Values, type ViewSpec, findParameter } from "../spec.js";
import { type Method, ModelSolver, type Run } from "../solver/run.js";
import type { LoadViews } from "../views/load.js";
import { type Computed, Pane } from "../views/pane.js";
import { type Theme, readTheme, watchTheme } from "../theme.js";
import { Chart } from "./chart.js";
import { type Control, control } from "./controls.js";
import { type Frame, layout, traces, yRange } from "./figure.js";
import { buildPanels } from "./folds.js";
import { legend, plotItems, settings } from "./legend.js";
import type { Panel } from "./panels.js";
import { Session } from "./session.js";
import type { Linked } from "./link.js";
import { type Summary, compileSummary } from "./summary.js";
import { type Tab, Tabs, isPlot } from "./tabs.js";
import { Toolbar } from "./toolbar.js";
import { Words } from "./words.js";

export interface Options {
  set?: Values;
  scenario?: string | null;
  sliders?: string[] | null;
  plots?: string[] | null;
  compact?: boolean;
  /** Shown in the chart's place until it is drawn. */
  still?: Node[];
  /** Folder of the bundle; null in a kernel. */
  base: string | null;
  loadPlotly: LoadPlotly;
  loadViews: LoadViews;
  /** Makes a link to the present settings; null where there is no page to link to. */
  link: ((state: Linked) => string) | null;
}

export interface Change {
  values: Values;
  solveTime: number;
  drawTime: number;
  rested: boolean;
  method: Method;
}

const SPEAK_DELAY = 400;

export class Explorer {
  readonly session: Session;
  readonly solver: ModelSolver;
  readonly controls: Parameter[];
  /** What the tabs show: plots of the run and other views. */
  readonly tabs: Tab[];
  readonly plots: Plot[];
  run!: Run;
  plot: Plot;
  private tab: Tab | null = null;
  /** The view that is shown instead of the plot. */
  pane: Pane | null = null;
  private readonly chart: Chart;
  private readonly widgets: Control[];
  private readonly toolbar: Toolbar;
  private readonly panels: Panel[];
  private readonly summary: Summary;
  private readonly tabRow: Tabs;
  private readonly panes = new Map<string, Pane>();
  private readonly extra = h("div", { hidden: true });
  private readonly legend = h("ul", { class: "il6-legend" });
  private readonly words = new Words();
  private readonly problem = h("p", { class: "il6-error", role: "alert", hidden: true });
  private readonly speak = debounce(() => { this.say(); }, SPEAK_DELAY);
  private readonly ranges = new Map<string, [number, number]>();
  private readonly stopTheme: () => void;
  private theme: Theme;
  private frame = 0;

  constructor(readonly host: HTMLElement, readonly spec: ModelSpec, readonly options: Options) {
    this.session = new Session(spec, options);
    this.solver = new ModelSolver(spec);
    this.summary = compileSummary(spec);
    this.controls = [...new Set([...spec.sliders, END])].map((id) => findParameter(spec, id)).filter((each) => each !== undefined);
    this.tabs = choose([...spec.plots, ...(spec.views ?? [])], options.plots, `${spec.name} has no plot`);
    this.plots = this.tabs.filter(isPlot);
    if (this.plots.length === 0) this.plots.push(spec.plots[0]);
    this.plot = this.plots[0];
    // Settings that cannot be solved must leave the still figure where it is, so solve before touching the page.
    this.run = this.solver.simulate(this.session.values);

    this.chart = new Chart(options.still ?? [], options.loadPlotly, () => { this.theme = readTheme(host); this.draw(); });
    this.widgets = this.controls.map((each) => control(each, (id, value) => { this.session.set(id, value); this.changed(); }));
    this.toolbar = new Toolbar(this);
    this.tabRow = new Tabs(this.tabs, (tab) => {
      this.choose(tab);
      host.dispatchEvent(new CustomEvent("il6:tab", { bubbles: true, detail: tab.id }));
    });
    this.panels = buildPanels(this);
    host.replaceChildren(...this.assemble());
    this.theme = readTheme(host);
    this.stopTheme = watchTheme(() => { this.theme = readTheme(host); this.draw(); this.panels.forEach((each) => { each.refresh(); }); });
    this.showValues();
    this.say();
    this.tab = this.tabs[0];
    // A view waits until the chart is wanted: its code is not small.
    if (isPlot(this.tab)) this.choose(this.tab);
  }

  /** Fetch Plotly and draw. */
  show(): Promise<void> {
    if (this.tab && !isPlot(this.tab) && !this.pane) this.choose(this.tab);
    return this.chart.start().catch((error: unknown) => { this.report(error); });
  }

  get values(): Values {
    return this.session.shown;
  }

  set values(values: Values) {
    this.session.merge(values);
    this.changed();
  }

  /** What a link to this very picture carries. */
  get linked(): Linked {
    return { values: this.session.changes, tab: this.tab && this.tab !== this.tabs[0] ? this.tab.id : null };
  }

  /** Open a tab by its name; false where there is none. */
  open(id: string): boolean {
    const tab = this.tabs.find((each) => each.id === id);
    if (tab) this.choose(tab);
    return tab !== undefined;
  }

  /** Called after any change of the settings: one solve and one drawing in the next frame. */
  changed(): void {
    this.showValues();
    if (this.frame === 0) this.frame = requestAnimationFrame(() => { this.frame = 0; this.update(); });
  }

  report(error: unknown): void {
    this.problem.textContent = error instanceof Error ? error.message : String(error);
    this.problem.hidden = false;
  }

  loadPlotly(): ReturnType<LoadPlotly> {
    return this.options.loadPlotly();
  }

  choose(tab: Tab): void {
    this.tab = tab;
    this.tabRow.show(tab.id);
    if (isPlot(tab)) {
      this.plot = tab;
      this.present(null);
    } else {
      this.chart.wait(true, true);
      this.paneOf(tab).then((pane) => { if (this.tab === tab) this.present(pane); }).catch((error: unknown) => { this.report(error); });
    }
  }

  private present(pane: Pane | null): void {
    this.pane?.close();
    this.pane = pane;
    this.chart.rows = pane?.view.rows ?? 1;
    const own = pane?.view.extra ?? null;
    this.extra.replaceChildren(...(own ? [own] : []));
    this.extra.hidden = own === null;
    this.draw();
    this.speak.call();
    this.panels.forEach((each) => { each.refresh(); });
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.speak.cancel();
    this.stopTheme();
    this.pane?.close();
    this.chart.destroy();
  }

  private update(): void {
    try {
      this.run = this.solver.simulate(this.session.values);
    } catch (error) {
      this.report(error);
      return;
    }
    this.problem.hidden = true;
    const drawTime = this.draw();
    this.speak.call();
    this.panels.forEach((each) => { each.refresh(); });
    const detail: Change = {
      values: this.values, solveTime: this.run.solveTime, drawTime, rested: this.run.rested, method: this.run.method,
    };
    this.host.dispatchEvent(new CustomEvent<Change>("il6:change", { bubbles: true, detail }));
  }

  /** Draw and say again what has not changed in itself, as after a pin. */
  redraw(): void {
    this.draw();
    this.say();
  }

  /** Draw the present run; milliseconds, 0 where there is no chart yet. */
  draw(): number {
    if (this.pane) return this.drawPane(this.pane);
    const frame: Frame = {
      spec: this.spec, plot: this.plot, run: this.run, pinned: this.session.pinned, theme: this.theme,
      size: this.chart.size, previous: this.ranges.get(this.plot.id) ?? null,
    };
    const range = yRange(frame);
    this.ranges.set(this.plot.id, range);
    legend(this.legend, plotItems(this.spec, this.plot, this.session.pinned));
    this.chart.wait(false, false);
    const description = `${this.plot.description} ${this.summary(this.run)}`;
    if (!this.chart.drawable) {
      this.chart.describe(description);
      return 0;
    }
    return this.chart.draw({ data: traces(frame), layout: layout(frame, range) }, description);
  }

  /** Draw what a view has; it draws again when its slow part is done. */
  private drawPane(pane: Pane): number {
    pane.ask(this.session.values, this.session.pinned);
    this.chart.wait(!pane.current, pane.empty);
    const drawing = pane.draw({ theme: this.theme, size: this.chart.size, run: this.run, pinned: this.session.pinned, onPage: true });
    const description = `${pane.view.spec.description} ${this.sentence()}`;
    if (drawing) legend(this.legend, drawing.legend);
    if (drawing && this.chart.drawable) return this.chart.draw(drawing, description);
    this.chart.describe(description);
    return 0;
  }

  private async paneOf(spec: ViewSpec): Promise<Pane> {
    const make = await this.options.loadViews();
    const known = this.panes.get(spec.id);
    if (known) return known;
    const view = make(spec, { model: this.spec, solver: this.solver, redraw: () => { this.draw(); } });
    const pane = new Pane(view, (computed) => { this.computed(computed); }, (error) => { this.report(error); });
    this.panes.set(spec.id, pane);
    return pane;
  }

  /** A view has its numbers. */
  private computed(computed: Computed): void {
    this.draw();
    this.speak.call();
    this.panels.forEach((each) => { each.refresh(); });
    this.host.dispatchEvent(new CustomEvent<Computed>("il6:view", { bubbles: true, detail: computed }));
  }

  /** What is said of the picture. */
  private sentence(): string {
    return this.pane?.sentence(this.run) || this.summary(this.run);
  }

  private showValues(): void {
    for (const each of this.widgets) each.show(this.session.values[each.id]);
    this.toolbar.refresh();
  }

  private say(): void {
    const { session: { pinned }, spec, run } = this;
    this.words.say({
      sentence: this.sentence(), pinned: pinned && !this.pane ? `Pinned run: ${this.summary(pinned)}` : "",
      note: run.rested ? (spec.rest?.note ?? "") : "", settings: `Settings: ${settings(spec, run)}.`,
    });
  }

  private assemble(): Node[] {
    const { spec, options } = this;
    const title = uniqueId("title");
    const head = h(
      "div", { class: "il6-head" },
      h("p", { class: "il6-title", id: title, role: "heading", "aria-level": 2 }, spec.title, spec.designed ? h("span", { class: "il6-badge" }, "designed") : null),
      h("p", { class: "il6-lead" }, spec.question),
      spec.designed ? h("p", { class: "il6-designed" }, `Designed for teaching: ${spec.designed}`) : null,
    );
    const picture = h("div", { class: "il6-picture" }, this.tabRow.element, this.extra, this.legend, this.chart.element, ...this.words.elements, this.problem);
    const panels = h("div", { class: "il6-panels" }, ...this.panels.map((each) => each.element));
    const side = h("div", { class: "il6-controls" }, ...this.sliders());
    const main = h("div", { class: "il6-main" }, picture, this.toolbar.scenarios, side);
    const box = h("div", { class: "il6-box", role: "group", "aria-labelledby": title }, head, main);
    if (options.compact) {
      box.append(h("details", { class: "il6-panel il6-more" }, h("summary", {}, "More"), this.toolbar.buttons, panels));
    } else {
      main.append(this.toolbar.buttons);
      box.append(panels);
    }
    return [box];
  }

  private sliders(): Node[] {
    const wanted = this.options.sliders;
    if (!wanted) return this.widgets.map((each) => each.element);
    const ids = choose(this.controls, wanted, `${this.spec.name} has no slider`).map((each) => each.id);
    const first = ids.map((id) => this.widgets.find((each) => each.id === id)?.element).filter((each) => each !== undefined);
    const others = this.widgets.filter((each) => !ids.includes(each.id)).map((each) => each.element);
    if (others.length === 0) return first;
    return [...first, h("details", { class: "il6-panel il6-others" }, h("summary", {}, "More controls"), ...others)];
  }
}

/** The items with these ids, in the order asked for; all where nothing is asked. */
function choose<T extends { id: string }>(items: T[], ids: string[] | null | undefined, complaint: string): T[] {
  if (!ids?.length) return items;
  return ids.map((id) => {
    const found = items.find((each) => each.id === id);
    if (!found) throw new Error(`${complaint} "${id}"; it has ${items.map((each) => each.id).join(", ")}.`);
    return found;
  });
}

