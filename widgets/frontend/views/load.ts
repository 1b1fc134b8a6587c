/** Gets the views onto the page when one is first shown. */

import { loadScript } from "../plotly.js";
import type { ViewSpec } from "../spec.js";
import type { Source, View } from "./view.js";

export type MakeView = (spec: ViewSpec, source: Source) => View;
export type LoadViews = () => Promise<MakeView>;

export interface ViewsWindow {
  __il6_views?: MakeView;
}

const page = globalThis as unknown as ViewsWindow;
let loading: Promise<MakeView> | null = null;

/** From the script `views.js` in the folder `base`; asked again after a failure. */
export function loadViews(base: string): Promise<MakeView> {
  loading ??= (page.__il6_views ? Promise.resolve() : loadScript(new URL("views.js", base).href)).then(() => {
    if (!page.__il6_views) throw new Error("The views did not start.");
    return page.__il6_views;
  }).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}
