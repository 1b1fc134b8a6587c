/** `<il6-explorer model="NAME">`: an explorer on a page, from HTML attributes alone. */

import { debounce, h } from "../dom.js";
import { sharedPlotly } from "../plotly.js";
import { load } from "../registry.js";
import type { Values } from "../spec.js";
import type { Run } from "../solver/run.js";
import { ModelSolver } from "../solver/run.js";
import { loadViews } from "../views/load.js";
import { Explorer } from "./explorer.js";
import { claimKey, linkTo, parseFragment, writeFragment } from "./link.js";

export interface ParameterInfo {
  id: string;
  value: number;
  min: number | null;
  max: number | null;
  unit: string;
  scale: "linear" | "log";
  choices?: { value: number; label: string }[];
}

const WRITE_DELAY = 250;

/** The element class for bundles in the folder `base`. */
export function explorerElement(base: string): CustomElementConstructor {
  return class ExplorerElement extends HTMLElement {
    /** Resolves when the model can be solved and the controls work. */
    readonly ready: Promise<void>;
    private settle!: { resolve(): void; reject(error: unknown): void };
    private explorer: Explorer | null = null;
    private probe: ModelSolver | null = null;
    private started = false;
    private key = "";

    constructor() {
      super();
      this.ready = new Promise((resolve, reject) => { this.settle = { resolve, reject }; });
      // The failure is shown on the page; `ready` still rejects for whoever waits for it.
      this.ready.catch(() => undefined);
    }

    connectedCallback(): void {
      if (this.started) return;
      this.started = true;
      this.start().then(() => { this.settle.resolve(); }, (error: unknown) => {
        this.append(h("p", { class: "il6-error", role: "alert" }, message(error)));
        this.settle.reject(error);
      });
    }

    get values(): Values {
      return this.opened.values;
    }

    set values(values: Values) {
      this.opened.values = values;
    }

    get parameters(): ParameterInfo[] {
      const { controls, session } = this.opened;
      return controls.map(({ id, min, max, unit, scale, choices }) => ({
        id, value: session.values[id], min, max, unit, scale, ...(choices?.length ? { choices } : {}),
      }));
    }

    /** Solve without touching the view. */
    simulate(values: Values = {}): Run {
      // A solver of its own: the view's keeps its rest state.
      this.probe ??= new ModelSolver(this.opened.spec);
      return this.probe.simulate(values);
    }

    private get opened(): Explorer {
      if (!this.explorer) throw new Error("The explorer is not ready; wait for element.ready.");
      return this.explorer;
    }

    private async start(): Promise<void> {
      const name = this.getAttribute("model") ?? "";
      this.key = claimKey(name);
      const spec = await load(name, base);
      const still = [...this.childNodes];
      const explorer = new Explorer(this, spec, {
        set: this.given(), scenario: this.getAttribute("scenario"),
        sliders: this.list("sliders"), plots: this.list("plots"), compact: this.hasAttribute("compact"), still, base,
        loadPlotly: () => sharedPlotly(() => Promise.resolve(new URL("plotly-basic.min.js", base).href)),
        loadViews: () => loadViews(base),
        link: (state) => linkTo(this.key, state, location.href),
      });
      this.explorer = explorer;
      this.classList.add("il6-ready");
      const [navigation] = performance.getEntriesByType("navigation") as (PerformanceNavigationTiming | undefined)[];
      this.readLink(navigation?.type !== "navigate");
      addEventListener("hashchange", () => { this.readLink(false); });
      const write = debounce(() => { writeFragment(this.key, explorer.linked); }, WRITE_DELAY);
      for (const name of ["il6:change", "il6:tab"]) this.addEventListener(name, () => { write.call(); });
      this.showWhenNear(explorer);
    }

    private given(): Values {
      const text = this.getAttribute("set");
      if (!text) return {};
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new Error(`set='${text}' is not an object of values.`);
      return parsed as Values;
    }

    private list(name: string): string[] | null {
      return this.getAttribute(name)?.split(/\s+/).filter(Boolean) ?? null;
    }

    /** Take this explorer's settings from the address, if it holds any. */
    private readLink(reloaded: boolean): void {
      const state = parseFragment(location.hash).get(this.key);
      if (!state || !this.explorer) return;
      try {
        this.explorer.session.follow(state.values);
        this.explorer.changed();
        if (state.tab !== null && !this.explorer.open(state.tab)) {
          this.explorer.report(new Error(`This page does not show the tab "${state.tab}" of the link. The settings of the link are used.`));
        }
      } catch (error) {
        this.explorer.report(new Error(`The link's settings were not used: ${message(error)}`));
        return;
      }
      // A reader who follows a link to a setting wants to see it; one who reloads keeps the place.
      if (!reloaded) this.scrollIntoView({ block: "start" });
    }

    /** Plotly is large: fetch it when the reader comes near, or touches a control. */
    private showWhenNear(explorer: Explorer): void {
      const show = (): void => {
        observer?.disconnect();
        for (const name of ["pointerdown", "keydown", "input", "il6:change"]) this.removeEventListener(name, show);
        void explorer.show();
      };
      for (const name of ["pointerdown", "keydown", "input", "il6:change"]) this.addEventListener(name, show);
      const observer = typeof IntersectionObserver === "undefined" ? null
        : new IntersectionObserver((entries) => { if (entries.some((each) => each.isIntersecting)) show(); }, { rootMargin: "100% 0px" });
      addEventListener("beforeprint", show);
      if (observer) observer.observe(this);
      else show();
    }
  };
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
