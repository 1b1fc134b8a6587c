/** Files a reader can take along. */

import { button, h } from "../dom.js";
import type { Plotly } from "../plotly.js";
import type { ModelSpec, Plot, SpecFile } from "../spec.js";
import type { Run } from "../solver/run.js";
import { PAPER } from "../theme.js";
import type { Pane } from "../views/pane.js";
import { sheetCsv } from "../views/sheet.js";
import { toCsv } from "./csv.js";
import { type Frame, type Size, layout, traces, yRange } from "./figure.js";
import { fitTitles } from "./titles.js";

export interface DownloadSource {
  spec: ModelSpec;
  run(): Run;
  pinned(): Run | null;
  plot(): Plot;
  /** The view that is shown instead of a plot. */
  pane(): Pane | null;
  plotly(): Promise<Plotly>;
  /** Folder of the bundle, for files that lie beside it; null where files come as text. */
  base: string | null;
  report: (error: unknown) => void;
}

export function downloads(source: DownloadSource): Node[] {
  const { spec } = source;
  const image = (make: (svg: string) => Promise<string>, ending: string) => (): void => {
    exportSvg(source).then(make).then((url) => { save(url, `${stem(source)}.${ending}`); }).catch(source.report);
  };
  return [
    h("p", {}, "What is shown, with its settings and units:"),
    h("p", { class: "il6-buttons" },
      button("CSV", () => { saveText(csv(source), `${stem(source)}.csv`, "text/csv"); }),
      button("PNG image", image(toPng, "png")),
      button("SVG image", image((svg) => Promise.resolve(svg), "svg"))),
    h("p", {}, "The model itself:"),
    h("p", { class: "il6-buttons" },
      modelFile("SBML", spec.files.sbml, "application/sbml+xml", source.base),
      modelFile("Antimony", spec.files.antimony, "text/plain", source.base)),
  ];
}

/** The view's own numbers, or the present run. */
function csv(source: DownloadSource): string {
  const pane = source.pane();
  const run = source.run();
  const sheet = pane?.sheet(run);
  return pane && sheet ? sheetCsv(source.spec, run, pane.view.spec.title, sheet) : toCsv(source.spec, run);
}

function stem(source: DownloadSource): string {
  const pane = source.pane();
  return pane ? `${source.spec.name}-${pane.view.spec.id}` : source.spec.name;
}

function modelFile(label: string, file: SpecFile, type: string, base: string | null): HTMLElement {
  const { text, href } = file;
  if (text !== undefined) return button(label, () => { saveText(text, file.name, type); });
  if (href !== undefined) return h("a", { class: "il6-button", href: base === null ? href : new URL(href, base).href, download: file.name, ...(location.protocol === "file:" ? { target: "_blank" } : {}) }, label);
  throw new Error(`The ${label} file ${file.name} has neither an address nor a text.`);
}

const WIDTH = 900;
const HEIGHT = 560;

/** The visible plot on white, with a legend, as a data address of an SVG. */
async function exportSvg(source: DownloadSource): Promise<string> {
  const plotly = await source.plotly();
  const run = source.run();
  const pane = source.pane();
  const size = { width: WIDTH, height: HEIGHT * (pane && pane.view.rows > 1 ? 1.4 : 1) };
  const drawn = pane?.draw({ theme: PAPER, size, run, pinned: source.pinned(), onPage: false }) ?? timeCourse(source, size);
  const figure = {
    data: drawn.data,
    layout: fitTitles({
      ...drawn.layout, paper_bgcolor: PAPER.surface, plot_bgcolor: PAPER.surface, showlegend: true,
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" }, margin: { l: 80, r: 30, t: 90, b: 60 },
      title: { text: `${source.spec.title}: ${pane?.view.spec.title ?? source.plot().title}`, font: { size: 17 }, x: 0.02, xanchor: "left" },
    }),
  };
  return plotly.toImage(figure, { format: "svg", ...size });
}

function timeCourse(source: DownloadSource, size: Size): { data: unknown[]; layout: Record<string, unknown> } {
  const frame: Frame = { spec: source.spec, plot: source.plot(), run: source.run(), pinned: source.pinned(), theme: PAPER, size, previous: null };
  return { data: traces(frame), layout: layout(frame, yRange(frame)) };
}

/** Through a canvas: Plotly's own PNG goes over a blob, which a strict content policy forbids. */
function toPng(svg: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => {
      const canvas = h("canvas", { width: 2 * WIDTH, height: Math.round((2 * WIDTH * image.naturalHeight) / image.naturalWidth) || 2 * HEIGHT });
      const context = canvas.getContext("2d");
      if (!context) {
        reject(new Error("This browser cannot draw the image."));
        return;
      }
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      resolve(canvas.toDataURL("image/png"));
    };
    image.onerror = () => { reject(new Error("The image could not be drawn.")); };
    image.src = svg;
  });
}

function saveText(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  save(url, name);
  // The download has begun once the click is handled; a minute is ample.
  setTimeout(() => { URL.revokeObjectURL(url); }, 60_000);
}

function save(url: string, name: string): void {
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}
