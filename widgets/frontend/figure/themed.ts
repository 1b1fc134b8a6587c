/** A Python figure's layout in the page's theme. */

type Layout = Record<string, unknown>;

/** A chart narrower than this stands on a phone, in pixels. */
const NARROW = 480;
const AXIS = /^[xy]axis\d*$/;

/** The figure's own settings win, except for size, template and backgrounds, which are the page's. */
export function themed(own: Layout, base: Layout, axis: Layout): Layout {
  const merged: Layout = { ...base, showlegend: undefined, hovermode: "closest" };
  for (const [key, value] of Object.entries(own)) {
    if (["template", "width", "height", "autosize", "paper_bgcolor", "plot_bgcolor"].includes(key)) continue;
    merged[key] = key === "font" || key === "margin" ? { ...(base[key] as Layout), ...(value as Layout) } : value;
  }
  for (const key of new Set(["xaxis", "yaxis", ...Object.keys(own).filter((each) => AXIS.test(each))])) {
    merged[key] = { ...axis, ...(own[key] as Layout | undefined) };
  }
  if (merged.showlegend === undefined) delete merged.showlegend;
  // Above the curves, where a narrow screen has room for it; there, its own title stands above it too.
  const legend = own.legend as { title?: Layout } | undefined;
  merged.legend = { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", ...legend };
  if (legend?.title && Number(base.width) < NARROW) (merged.legend as Layout).title = { side: "top", ...legend.title };
  // Legend and title need the room that the page's own charts do without.
  const margin = merged.margin as Layout;
  if ((own.margin as Layout | undefined)?.t === undefined) merged.margin = { ...margin, t: own.title ? 72 : 40 };
  return merged;
}
