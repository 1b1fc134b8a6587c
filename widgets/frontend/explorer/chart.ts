/** The chart: a box that keeps its shape, the still figure in it, and Plotly's drawing once there is one. */

import { h } from "../dom.js";
import type { LoadPlotly, Plotly, PlotlyElement, PlotlyFigure } from "../plotly.js";
import type { Size } from "./figure.js";
import { CONFIG } from "./figure.js";
import { fitTitles } from "./titles.js";

export class Chart {
  readonly element: HTMLElement;
  /** Told of each clicked point that has a Plotly id; set before the start. */
  clicked: ((id: string) => void) | null = null;
  private readonly still: HTMLElement;
  private readonly canvas: HTMLElement;
  private plotly: Plotly | null = null;
  private loading: Promise<void> | null = null;
  private readonly observer: ResizeObserver | null = null;
  private width = 0;
  /** What kinds of traces and axes were drawn last. */
  private kind = "";

  constructor(still: Node[], private readonly load: LoadPlotly, private readonly redraw: () => void) {
    this.still = h("div", { class: "il6-still" });
    this.still.append(...still);
    this.canvas = h("div", { class: "il6-plot", hidden: true });
    this.element = h("div", { class: "il6-chart", role: "img", "aria-label": "Chart, not drawn yet" }, this.still, this.canvas);
    if (typeof ResizeObserver !== "undefined") {
      this.observer = new ResizeObserver(() => {
        if (this.plotly && this.element.clientWidth !== this.width) this.redraw();
      });
      this.observer.observe(this.element);
    }
  }

  get size(): Size {
    return { width: this.element.clientWidth || 640, height: this.element.clientHeight || 400 };
  }

  get drawable(): boolean {
    return this.plotly !== null;
  }

  /** Fetch Plotly if it is not here yet, then draw. */
  start(): Promise<void> {
    this.loading ??= this.load().then((plotly) => {
      this.plotly = plotly;
      this.redraw();
      const { clicked } = this;
      if (!clicked) return;
      (this.canvas as PlotlyElement).on("plotly_click", ({ points }) => {
        for (const { id } of points) if (id !== undefined) clicked(id);
      });
    }).catch((error: unknown) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }

  /** How many plots high the box is. */
  set rows(rows: number) {
    this.element.classList.toggle("il6-tall", rows > 1);
    this.element.style.setProperty("--il6-rows", String(rows));
  }

  /** Is a slow drawing still being computed; is there nothing to show meanwhile? */
  wait(busy: boolean, empty: boolean): void {
    this.element.setAttribute("aria-busy", String(busy));
    this.element.classList.toggle("il6-waiting", busy && empty);
  }

  /** Draw; does nothing before Plotly is here. Returns the milliseconds it took. */
  draw(figure: PlotlyFigure, description: string): number {
    this.describe(description);
    if (!this.plotly) return 0;
    const began = performance.now();
    this.width = this.element.clientWidth;
    // Shown before the first drawing: text in a hidden element cannot be measured.
    this.canvas.hidden = false;
    void this.plotly.react(this.canvas, figure.data, fitTitles(this.settled(figure)), CONFIG);
    this.still.hidden = true;
    return performance.now() - began;
  }

  /**
   * The layout, without its transition where the picture is of another kind than the last one: between a linear
   * and a logarithmic axis Plotly would scale the points by NaN on the way.
   */
  private settled({ data, layout }: PlotlyFigure): PlotlyFigure["layout"] {
    const kind = JSON.stringify([
      data.map((each) => { const { type, mode } = each as { type?: string; mode?: string }; return [type, mode]; }),
      Object.entries(layout).filter(([key]) => /^[xy]axis/.test(key)).map(([key, axis]) => [key, (axis as { type?: string }).type]),
    ]);
    const same = kind === this.kind;
    this.kind = kind;
    return same ? layout : { ...layout, transition: undefined };
  }

  describe(description: string): void {
    this.element.setAttribute("aria-label", description);
  }

  destroy(): void {
    this.observer?.disconnect();
    if (this.plotly) this.plotly.purge(this.canvas);
  }
}
