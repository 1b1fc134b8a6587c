/** Every kind of view. A bundle of its own on a page, fetched when a model first shows one. */

import type { ViewSpec } from "../spec.js";
import { BifurcationView } from "./bifurcation.js";
import { PanelsView } from "./panels.js";
import { PhaseView } from "./phase.js";
import { ScanView } from "./scan.js";
import { SurfaceView } from "./surface.js";
import type { Source, View } from "./view.js";

export function makeView(spec: ViewSpec, source: Source): View {
  switch (spec.kind) {
    case "scan": return new ScanView(spec, source);
    case "phase": return new PhaseView(spec, source);
    case "bifurcation": return new BifurcationView(spec, source);
    case "surface": return new SurfaceView(spec, source);
    case "panels": return new PanelsView(spec, source);
  }
}
