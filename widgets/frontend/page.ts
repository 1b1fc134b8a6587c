/** Entry of the page bundle: a classic script, so that the book also works opened from a disk. */

import { explorerElement } from "./explorer/element.js";
import { figureElement } from "./figure/element.js";
import { load, names, register } from "./registry.js";
import { startSelfChecks } from "./selfcheck/selfcheck.js";
import type { ModelSpec } from "./spec.js";
import { startTables } from "./table/table.js";

// Only while the script runs does the page say where it came from.
const { currentScript } = document;
const base = new URL(".", currentScript instanceof HTMLScriptElement ? currentScript.src : location.href).href;

const il6 = {
  register,
  /** Names the page can solve. */
  get models(): string[] { return names(); },
  /** Fetch a model's script if it is not here yet. */
  load: (name: string): Promise<ModelSpec> => load(name, base),
};

(window as unknown as { il6: typeof il6 }).il6 = il6;
customElements.define("il6-explorer", explorerElement(base));
customElements.define("il6-figure", figureElement(base));
startSelfChecks(document);
startTables(document);
