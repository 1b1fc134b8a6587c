/** The row of tabs above the chart: plots of the run, and other views. */

import { h, uniqueId } from "../dom.js";
import type { Plot, ViewSpec } from "../spec.js";

export type Tab = Plot | ViewSpec;

export class Tabs {
  readonly element: HTMLElement;
  private readonly inputs: HTMLInputElement[];

  /** `chosen` is told when the reader opens one. */
  constructor(tabs: Tab[], chosen: (tab: Tab) => void) {
    const name = uniqueId("plot");
    this.inputs = tabs.map((tab, i) => {
      const input = h("input", { type: "radio", name, value: tab.id, checked: i === 0 });
      input.addEventListener("change", () => { if (input.checked) chosen(tab); });
      return input;
    });
    this.element = tabs.length < 2
      ? h("p", { class: "il6-plot-title" }, tabs[0].title)
      : h("fieldset", { class: "il6-tabs" }, h("legend", { class: "il6-hidden" }, "Curves shown"),
        ...this.inputs.map((input, i) => h("label", { class: "il6-tab" }, input, h("span", {}, tabs[i].title))));
  }

  /** Mark the tab that is open. */
  show(id: string): void {
    for (const input of this.inputs) input.checked = input.value === id;
  }
}

export function isPlot(tab: Tab): tab is Plot {
  return !("kind" in tab);
}
