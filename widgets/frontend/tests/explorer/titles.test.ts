import { describe, expect, it } from "vitest";
import { broken, fitTitles } from "../../explorer/titles.js";

/** Ten pixels a letter, whatever the font. */
const ten = (text: string): number => 10 * text.length;

describe("a title", () => {
  it("stays on one line where it fits", () => {
    expect(broken("Time (min)", 100, ten)).toEqual(["Time (min)"]);
  });

  it("is broken into as few lines as fit, of about one length", () => {
    expect(broken("Relative to the start of treatment", 260, ten)).toEqual(["Relative to the", "start of treatment"]);
    expect(broken("Relative to the start of treatment", 130, ten)).toEqual(["Relative to", "the start of", "treatment"]);
  });

  it("keeps a unit in one piece, and does not cut words", () => {
    expect(broken("Osteoclasts per osteoblast (relative to start)", 300, ten)).toEqual(["Osteoclasts per osteoblast", "(relative to start)"]);
    expect(broken("Phosphorylated", 50, ten)).toEqual(["Phosphorylated"]);
  });
});

describe("the titles of a chart", () => {
  const layout = (y: string, x = "Time (min)"): Record<string, unknown> => ({
    width: 300, height: 250, margin: { l: 62, r: 14, t: 10, b: 52 }, font: { size: 10, family: "Arial" },
    xaxis: { title: { text: x, standoff: 8 } }, yaxis: { title: { text: y } },
  });

  it("leave a layout alone where they fit", () => {
    const given = layout("pSTAT3 (nM)");
    expect(fitTitles(given, ten)).toBe(given);
  });

  it("get a margin of a line more for each line more", () => {
    const fitted = fitTitles(layout("Receptor occupancy at rest (%)", "Time after the first dose of the drug (d)"), ten);
    expect(fitted).toMatchObject({
      margin: { l: 78, r: 14, t: 10, b: 68 },
      xaxis: { title: { text: "Time after the first<br>dose of the drug (d)", standoff: 8 } },
      yaxis: { title: { text: "Receptor occupancy<br>at rest (%)", standoff: 8 } },
    });
  });

  it("break anew where the author's own lines do not fit", () => {
    const fits = layout("Signal left<br>(% of all)");
    expect(fitTitles(fits, ten)).toBe(fits);
    expect(fitTitles(layout("Signal left over at the end<br>(%)"), ten)).toMatchObject({ yaxis: { title: { text: "Signal left over<br>at the end (%)" } } });
  });

  it("of stacked panels fit the height of their own panel", () => {
    const given = { ...layout("Drug (nM)"), yaxis2: { title: { text: "Free IL-6 (pM)" }, domain: [0, 0.5] } };
    expect(fitTitles(given, ten)).toMatchObject({ yaxis: { title: { text: "Drug (nM)" } }, yaxis2: { title: { text: "Free IL-6<br>(pM)" } } });
  });
});
