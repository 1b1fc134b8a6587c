/** `<il6-figure>`: a Plotly figure made in a Python cell, in the page's own colours. */

import { h } from "../dom.js";
import { Chart } from "../explorer/chart.js";
import { sharedPlotly } from "../plotly.js";
import { axis, baseLayout } from "../explorer/figure.js";
import { readTheme, watchTheme } from "../theme.js";
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
      const draw = (): void => {
        const theme = readTheme(this);
        const layout = themed(figure.layout, baseLayout(theme, chart.size), axis(theme));
        chart.draw({ data: figure.data, layout }, alt);
      };
      const chart = new Chart(still, plotly, draw);
      const { height } = figure.layout;
      if (typeof height === "number") chart.element.style.aspectRatio = `auto ${700 / height}`;
      chart.describe(alt);
      this.append(chart.element, h("details", { class: "il6-panel il6-description" }, h("summary", {}, "Text description"), h("p", {}, alt)));
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
