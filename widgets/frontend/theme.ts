/** Colours and fonts of the page for charts, and news of a change between light and dark. */

export interface Theme {
  text: string;
  muted: string;
  grid: string;
  surface: string;
  font: string;
  palette: string[];
}

export const PALETTE_SIZE = 6;

/** What the charts of an export use: on white, whatever the page looks like. */
export const PAPER: Theme = {
  text: "#1f2328", muted: "#57606a", grid: "#d8dee4", surface: "#ffffff", font: "Arial, Helvetica, sans-serif",
  palette: ["#0072b2", "#c44e00", "#00795a", "#a3447f", "#7a6200", "#4a4a4a"],
};

/** Read from the CSS variables of il6.css, as they hold for this element. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const read = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  return {
    text: read("--il6-text", PAPER.text),
    muted: read("--il6-muted", PAPER.muted),
    grid: read("--il6-grid", PAPER.grid),
    surface: read("--il6-surface", PAPER.surface),
    font: style.fontFamily || PAPER.font,
    palette: Array.from({ length: PALETTE_SIZE }, (_, i) => read(`--il6-${i + 1}`, PAPER.palette[i])),
  };
}

/** Call `changed` after the page or the system switches between light and dark. Returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    media.removeEventListener("change", changed);
  };
}
