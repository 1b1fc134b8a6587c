/** Which panels an explorer has, and what fills each. */

import { DoseResponse } from "./dose.js";
import { downloads } from "./downloads.js";
import type { Explorer } from "./explorer.js";
import { type Panel, equations, limits, once, panel } from "./panels.js";
import { sheetTable } from "../views/sheet.js";
import { dataTable, sourceTable } from "./tables.js";

export function buildPanels(explorer: Explorer): Panel[] {
  const { spec, session } = explorer;
  const report = (error: unknown): void => { explorer.report(error); };
  const panels = [
    panel("Data table", (body) => { keepScroll(body, table(explorer)); }),
  ];
  if (spec.equations.length) panels.push(panel("Equations", (body) => { equations(spec, session.changedIds, body); }));
  panels.push(panel("Parameters and their sources", (body) => { keepScroll(body, sourceTable(spec, explorer.run)); }));
  if (spec.limits.length) panels.push(panel("What this model leaves out", once(() => limits(spec))));

  let dose: DoseResponse | null = null;
  panels.push(panel("Dose-response", (body) => {
    if (dose) {
      dose.refresh();
      return;
    }
    dose = new DoseResponse({
      spec, solver: explorer.solver, values: () => session.values, plots: explorer.plots,
      sliders: explorer.controls.filter((each) => !each.choices?.length && each.id !== "end"),
      load: () => explorer.loadPlotly(), report,
    });
    body.append(dose.element);
  }));
  panels.push(panel("Download", once(() => downloads({
    spec, run: () => explorer.run, pinned: () => session.pinned, plot: () => explorer.plot, pane: () => explorer.pane,
    plotly: () => explorer.loadPlotly(), base: explorer.options.base, report,
  }))));
  return panels;
}

/** The numbers of what is shown. */
function table({ spec, plot, run, pane }: Explorer): HTMLElement {
  const sheet = pane?.sheet(run);
  return sheet ? sheetTable(sheet) : dataTable(spec, plot, run);
}

/** New content without losing the reader's place in a scrolled table. */
function keepScroll(body: HTMLElement, content: HTMLElement): void {
  const top = body.firstElementChild?.scrollTop ?? 0;
  body.replaceChildren(content);
  content.scrollTop = top;
}
