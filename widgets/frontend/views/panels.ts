/** Several plots above each other, with one time axis and one hover. */

import { DASHES, axis, baseLayout, layout, traces, yRange } from "../explorer/figure.js";
import { type LegendItem, curveItem, pinnedItem } from "../explorer/legend.js";
import { type PanelsSpec, type Plot, type Values, findSeries } from "../spec.js";
import { formatUnit } from "../format.js";
import type { Run } from "../solver/run.js";
import type { Work } from "../solver/slices.js";
import { type Drawing, type Scene, type Sheet, type Source, type View, head } from "./view.js";

const GAP = 0.06;

interface Curve {
  line: { dash: string };
}

export class PanelsView implements View<null> {
  readonly delay = 0;
  readonly compares = false;
  readonly extra = null;
  private readonly plots: Plot[];
  private readonly ranges = new Map<string, [number, number]>();

  constructor(readonly spec: PanelsSpec, private readonly source: Source) {
    this.plots = spec.plots.flatMap((id) => source.model.plots.filter((each) => each.id === id));
  }

  get rows(): number {
    return this.plots.length;
  }

  depends(): Values {
    return {};
  }

  // Nothing slow: the present run is all there is to show.
  // eslint-disable-next-line require-yield
  *compute(): Work<null> {
    return null;
  }

  draw(_: null, __: null, { theme, size, run, pinned }: Scene): Drawing {
    const { source, plots } = this;
    const share = (1 - GAP * (plots.length - 1)) / plots.length;
    const data: unknown[] = [];
    const axes: Record<string, unknown> = {};
    const items: LegendItem[] = [];
    let bottom: Record<string, unknown> = {};
    let before = 0;
    plots.forEach((plot, i) => {
      const frame = { spec: source.model, plot, run, pinned, theme, size, previous: this.ranges.get(plot.id) ?? null };
      const range = yRange(frame);
      this.ranges.set(plot.id, range);
      const name = i === 0 ? "" : String(i + 1);
      const top = 1 - i * (share + GAP);
      const drawn = layout(frame, range) as { xaxis: Record<string, unknown>; yaxis: Record<string, unknown> };
      bottom = drawn.xaxis;
      axes[`yaxis${name}`] = {
        ...drawn.yaxis, domain: [Math.max(0, top - share), top], nticks: 5,
        title: { text: formatUnit(plot.y), standoff: 6, font: { size: size.width < 500 ? 11 : 13 } },
      };
      (traces(frame) as Curve[]).forEach((each, k) => {
        // Colours go on from panel to panel, so that the legend names each curve once.
        const n = before + (k % plot.series.length);
        const dash = each.line.dash === "dot" ? "dot" : DASHES[n % DASHES.length];
        data.push({ ...each, yaxis: `y${name}`, line: { ...each.line, dash, color: theme.palette[n % theme.palette.length] } });
      });
      items.push(...plot.series.map((id, k) => curveItem(findSeries(source.model, id)?.label ?? id, before + k)));
      before += plot.series.length;
    });
    if (pinned) items.push(pinnedItem(source.model, pinned));
    const last = plots.length > 1 ? `y${plots.length}` : "y";
    return {
      data,
      layout: { ...baseLayout(theme, size), hoversubplots: "axis", ...axes, xaxis: { ...axis(theme), ...bottom, anchor: last } },
      legend: items,
    };
  }

  sentence(): string {
    return "";
  }

  sheet(_: null, run: Run): Sheet {
    const { source, spec, plots } = this;
    const ids = [...new Set(plots.flatMap((each) => each.series))];
    const series = ids.map((id) => findSeries(source.model, id)).filter((each) => each !== undefined);
    const rows = Array.from(run.time, (time, k) => [time, ...ids.map((id) => run.series[id][k])]);
    const every = Math.max(1, Math.round((rows.length - 1) / 12));
    return {
      caption: `${spec.title}: the curves in numbers`,
      heads: [{ id: "time", label: source.model.time.label, unit: source.model.time.unit }, ...series.map((each) => head(each))],
      rows, few: rows.filter((_each, k) => k % every === 0),
    };
  }
}
