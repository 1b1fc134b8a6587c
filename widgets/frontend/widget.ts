/** Entry of the notebook widget: the same explorer, kept in step with Python by anywidget. */

import { Explorer } from "./explorer/explorer.js";
import { type Plotly, sharedPlotly } from "./plotly.js";
import { load, register } from "./registry.js";
import { h } from "./dom.js";
import { makeView } from "./views/all.js";
import type { Values } from "./spec.js";

interface WidgetOptions {
  sliders?: string[] | null;
  plots?: string[] | null;
  scenario?: string | null;
  compact?: boolean;
}

interface Traits {
  spec_name: string;
  values: Values;
  options: WidgetOptions;
}

interface Message {
  kind?: string;
}

/** The part of anywidget's model that we use. */
export interface WidgetModel {
  get<K extends keyof Traits>(name: K): Traits[K];
  set<K extends keyof Traits>(name: K, value: Traits[K]): void;
  save_changes(): void;
  send(content: Message): void;
  on(event: "change:values", callback: () => void): void;
  on(event: "msg:custom", callback: (message: Message, buffers: DataView[]) => void): void;
  off(event: string, callback: (...parts: never[]) => void): void;
}

// The Python side appends a call of this to the module's text, with the model.
(globalThis as unknown as { __il6_register: typeof register }).__il6_register = register;

/** Plotly comes from Python once per page: there is no address to fetch it from. */
function plotlyFrom(model: WidgetModel): Promise<Plotly> {
  return sharedPlotly(() => new Promise((resolve) => {
    const receive = (message: Message, buffers: DataView[]): void => {
      if (message.kind !== "plotly") return;
      model.off("msg:custom", receive);
      resolve(URL.createObjectURL(new Blob([buffers[0] as unknown as BlobPart], { type: "text/javascript" })));
    };
    model.on("msg:custom", receive);
    model.send({ kind: "plotly" });
  }));
}

async function render({ model, el }: { model: WidgetModel; el: HTMLElement }): Promise<() => void> {
  el.classList.add("il6-widget");
  try {
    return await start(model, el);
  } catch (error) {
    el.replaceChildren(h("p", { class: "il6-error", role: "alert" }, error instanceof Error ? error.message : String(error)));
    return () => undefined;
  }
}

async function start(model: WidgetModel, el: HTMLElement): Promise<() => void> {
  const spec = await load(model.get("spec_name"), null);
  const options = model.get("options");
  const explorer = new Explorer(el, spec, {
    ...options, set: model.get("values"), base: null, link: null, loadViews: () => Promise.resolve(makeView), loadPlotly: () => plotlyFrom(model),
  });
  const same = (a: Values, b: Values): boolean => Object.keys(a).every((id) => a[id] === b[id]);
  /** From the screen to Python: one message per drawn frame, so the last value always arrives. */
  const push = (): void => {
    const values = { ...model.get("values"), ...explorer.values };
    if (same(values, model.get("values"))) return;
    model.set("values", values);
    model.save_changes();
  };
  /** From Python to the screen; what the screen shows already is an echo. */
  const pull = (): void => {
    const values = model.get("values");
    if (same(values, explorer.session.values)) return;
    try {
      explorer.values = values;
    } catch (error) {
      explorer.report(error);
    }
  };
  el.addEventListener("il6:change", push);
  model.on("change:values", pull);
  push();
  // Not waited for: the controls work before the chart library has come over from Python.
  void explorer.show();
  return () => {
    el.removeEventListener("il6:change", push);
    model.off("change:values", pull);
    explorer.destroy();
  };
}

export default { render };
