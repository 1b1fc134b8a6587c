/** The part of Plotly that we use, and how it gets onto the page: once, when a chart first needs it. */

export type PlotlyFigure = { data: unknown[]; layout: Record<string, unknown>; config?: Record<string, unknown> };

export interface Plotly {
  react(element: HTMLElement, data: unknown[], layout: object, config?: object): Promise<unknown>;
  toImage(figure: object, options: { format: "svg"; width: number; height: number }): Promise<string>;
  purge(element: HTMLElement): void;
}

/** An element with a drawing in it. */
export interface PlotlyElement extends HTMLElement {
  on(event: "plotly_click", listener: (event: { points: { id?: string }[] }) => void): void;
}

export type LoadPlotly = () => Promise<Plotly>;

interface PlotlyWindow {
  Plotly?: Plotly;
  define?: unknown;
  /** Shared by every bundle on the page, so that two widgets never load two copies. */
  __il6_plotly?: Promise<Plotly>;
}

const page = globalThis as unknown as PlotlyWindow;

/** Plotly from the script `source` finds; asked again after a failure. */
export function sharedPlotly(source: () => Promise<string>): Promise<Plotly> {
  if (page.Plotly) return Promise.resolve(page.Plotly);
  page.__il6_plotly ??= source().then(loadScript).then(() => {
    if (!page.Plotly) throw new Error("The chart library did not start.");
    return page.Plotly;
  }).catch((error: unknown) => {
    delete page.__il6_plotly;
    throw error;
  });
  return page.__il6_plotly;
}

/** Add a classic script and wait for it. */
export function loadScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    // An AMD loader on the page (an old notebook) would keep Plotly from defining its global name.
    const define = page.define;
    if (define) delete page.define;
    const restore = (): void => { if (define) page.define = define; };
    script.onload = () => { restore(); resolve(); };
    script.onerror = () => {
      restore();
      script.remove();
      reject(new Error(`The script ${src.split("/").pop() ?? src} could not be loaded.`));
    };
    script.src = src;
    document.head.append(script);
  });
}
