/** Folding panels under the chart; each is built when it is first opened. */

import { h } from "../dom.js";
import type { ModelSpec } from "../spec.js";
import { scrollBox } from "./tables.js";

export interface Panel {
  element: HTMLDetailsElement;
  /** Bring the content up to date if the reader can see it. */
  refresh(): void;
}

/** A native `<details>`; `fill` makes its content anew, on opening and on each refresh while open. */
export function panel(title: string, fill: (body: HTMLElement) => void): Panel {
  const body = h("div", { class: "il6-panel-body" });
  const element = h("details", { class: "il6-panel" }, h("summary", {}, title), body);
  const refresh = (): void => { if (element.open) fill(body); };
  element.addEventListener("toggle", refresh);
  return { element, refresh };
}

/** Fill a body once, whatever is asked later. */
export function once(make: () => Node[]): (body: HTMLElement) => void {
  return (body) => { if (!body.hasChildNodes()) body.append(...make()); };
}

/** The equations; those with a changed parameter are marked, in words too. */
export function equations(spec: ModelSpec, changed: Set<string>, body: HTMLElement): void {
  if (!body.hasChildNodes()) {
    const items = spec.equations.map((each) => {
      const item = h("li", { "data-equation": each.id });
      // The model's own generated MathML, part of the site like the rest of its script.
      item.innerHTML = each.mathml;
      item.append(h("span", { class: "il6-changed", hidden: true }, "(changed)"));
      return item;
    });
    body.append(scrollBox("Equations", h("ul", { class: "il6-equations" }, ...items)));
  }
  body.querySelectorAll<HTMLElement>("li[data-equation]").forEach((item, i) => {
    const touched = spec.equations[i].uses.some((id) => changed.has(id));
    item.classList.toggle("il6-touched", touched);
    item.querySelector<HTMLElement>(".il6-changed")?.toggleAttribute("hidden", !touched);
  });
}

export function limits(spec: ModelSpec): Node[] {
  return [h("ul", {}, ...spec.limits.map((each) => h("li", {}, each)))];
}
