/** `<il6-figure>`: a Plotly figure made in a Python cell, in the page's own colours. */

import { h } from "../dom.js";
import { Chart } from "../explorer/chart.js";
import { sharedPlotly } from "../plotly.js";
import { axis, baseLayout } from "../explorer/figure.js";
import { KEEP, type Keep, POINT } from "../table/link.js";
import { readTheme, watchTheme } from "../theme.js";
import { keptPoints, pointIds } from "./kept.js";
import { themed } from "./themed.js";

interface FigureData {
  data: unknown[];
  layout: Record<string, unknown>;
  alt: string;
}

/** The element class for bundles in the folder `base`. */
export function figureElement(base: string): CustomElementConstructor {
  return class FigureElement extends HTMLElement {
    private started = false;

    connectedCallback(): void {
      if (this.started) return;
      this.started = true;
      try {
        this.start();
      } catch (error) {
        this.fail(error);
      }
    }

    private start(): void {
      const source = this.querySelector('script[type="application/json"]')?.textContent;
      if (!source) throw new Error("This figure has no data.");
      const figure = JSON.parse(source) as FigureData;
      const alt = figure.alt || "A chart.";
      const still = [...this.childNodes].filter((node) => !(node instanceof HTMLScriptElement));
      const plotly = (): ReturnType<typeof sharedPlotly> => sharedPlotly(() => Promise.resolve(new URL("plotly-basic.min.js", base).href));
      let kept: Keep["ids"] = null;
      const draw = (): void => {
        const theme = readTheme(this);
        const layout = themed(figure.layout, baseLayout(theme, chart.size), axis(theme));
        chart.draw({ data: keptPoints(figure.data, kept), layout }, describe());
      };
      const ids = pointIds(figure.data);
      const shown = (): string => `${ids.filter((id) => kept?.has(id) ?? true).length} of ${ids.length} points`;
      // The text alternative is about the whole figure.
      const describe = (): string => (kept ? `${alt} Now ${shown()} are shown.` : alt);

      const chart = new Chart(still, plotly, draw);
      const { height } = figure.layout;
      // A chart with a row for each study keeps its height on a narrow screen.
      if (typeof height === "number") Object.assign(chart.element.style, { height: `${height}px`, aspectRatio: "auto", maxHeight: "none" });
      chart.describe(alt);
      const note = h("p", { class: "il6-note" });
      this.addEventListener(KEEP, (event) => {
        const { ids, table } = (event as CustomEvent<Keep>).detail;
        kept = ids;
        note.replaceChildren(`${shown()} shown. Filter them in `, h("a", { href: `#${table}` }, "the table"), ", or click one to find its row.");
        chart.describe(describe());
        if (chart.drawable) draw();
      });
      chart.clicked = (id) => { this.dispatchEvent(new CustomEvent(POINT, { detail: id })); };
      this.append(chart.element, note, h("details", { class: "il6-panel il6-description" }, h("summary", {}, "Text description"), h("p", {}, alt)));
      watchTheme(() => { if (chart.drawable) draw(); });
      const show = (): void => { chart.start().catch((error: unknown) => { this.fail(error); }); };
      addEventListener("beforeprint", show);
      if (typeof IntersectionObserver === "undefined") {
        show();
        return;
      }
      const observer = new IntersectionObserver((entries) => {
        if (!entries.some((each) => each.isIntersecting)) return;
        observer.disconnect();
        show();
      }, { rootMargin: "100% 0px" });
      observer.observe(this);
    }

    private fail(error: unknown): void {
      this.append(h("p", { class: "il6-error", role: "alert" }, error instanceof Error ? error.message : String(error)));
    }
  };
}
