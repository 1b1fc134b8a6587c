import { describe, expect, it } from "vitest";
import { linearRange, logRange, roundUp, timeTick } from "../../explorer/axis.js";
import { difference, formatFragment, linkTo, parseFragment } from "../../explorer/link.js";
import { niceStep, scaleOf } from "../../explorer/scale.js";
import { formatInput, formatNumber, formatQuantity, formatUnit, withUnit } from "../../format.js";
import { nearest } from "../../nearest.js";
import { judgeNumber } from "../../selfcheck/selfcheck.js";
import { themed } from "../../figure/themed.js";
import { parameter } from "../problems.js";

describe("numbers and units", () => {
  it.each([
    [15.083, "15.1"], [0, "0"], [-2.5, "−2.5"], [1234.5, "1230"], [0.00123456, "0.00123"], [0.000123456, "1.23×10⁻⁴"],
    [1e5, "1×10⁵"], [99949, "99900"], [99951, "1×10⁵"], [-3.2e-12, "−3.2×10⁻¹²"], [NaN, "not a number"],
  ])("%d is %s", (value, text) => { expect(formatNumber(value)).toBe(text); });

  it("puts units where a reader expects them", () => {
    expect(formatQuantity(45, "%")).toBe("45 %");
    expect(formatQuantity(20, "uM")).toBe("20 µM");
    expect(formatQuantity(3, "")).toBe("3");
    expect(formatUnit("ug/mL")).toBe("µg/mL");
    expect(formatUnit("mmol")).toBe("mmol");
    expect(withUnit("IL-6", "ng/mL")).toBe("IL-6 (ng/mL)");
    expect(withUnit("n", "1")).toBe("n");
    expect(formatInput(0.1 + 0.2)).toBe("0.3");
  });
});

describe("sliders", () => {
  const log = scaleOf(parameter("IL6", 40, { min: 0.003, max: 1500, scale: "log" }));

  it("hold the logarithm, on whole steps, and reach both ends", () => {
    expect([log.min, log.max, log.step]).toEqual([-2.53, 3.18, 0.01]);
    expect(log.toValue(log.min)).toBe(0.003);
    expect(log.toValue(log.max)).toBe(1500);
    expect(log.toValue(1)).toBe(10);
    expect(log.toValue(1.6)).toBe(39.8);
    expect(log.toPosition(40)).toBeCloseTo(1.602, 3);
  });

  it("come back to the value they were put to, within a step", () => {
    for (const value of [0.003, 0.0123, 1, 7.77, 40, 999, 1500]) {
      expect(Math.abs(Math.log10(log.toValue(log.toPosition(value)) / value))).toBeLessThan(0.01);
    }
  });

  it("are linear with a round step where none is given", () => {
    const linear = scaleOf(parameter("x", 1, { min: 0, max: 30 }));
    expect([linear.min, linear.max, linear.step]).toEqual([0, 30, 0.1]);
    expect(linear.toValue(12.3)).toBe(12.3);
    expect([niceStep(0.15), niceStep(7), niceStep(0.029)]).toEqual([0.1, 5, 0.02]);
  });
});

describe("axes", () => {
  it("round up", () => {
    expect([0.9, 1, 1.01, 11, 13, 0.0031, 62].map(roundUp)).toEqual([1, 1, 1.2, 12, 15, 0.004, 80]);
  });

  it("do not jump while the data fill them, and follow when they do not", () => {
    expect(linearRange(0, 15, null)).toEqual([0, 20]);
    expect(linearRange(0, 12, [0, 20])).toEqual([0, 20]);
    expect(linearRange(0, 19.9, [0, 20])).toEqual([0, 25]);
    expect(linearRange(0, 5, [0, 20])).toEqual([0, 6]);
    expect(linearRange(-3, 5, null)).toEqual([-4, 6]);
    expect(linearRange(0, 0, null)).toEqual([0, 1]);
  });

  it("count whole decades on a log axis", () => {
    expect(logRange(0.02, 300)).toEqual([-2, 3]);
    expect(logRange(1e-30, 10)).toEqual([-5, 1]);
    expect(logRange(5, 5)).toEqual([0, 1]);
    expect(logRange(0, 0)).toEqual([-1, 0]);
  });

  it("divide time as clocks do", () => {
    expect(timeTick(240, "min", 8)).toBe(30);
    expect(timeTick(12, "h")).toBe(2);
    expect(timeTick(28, "d")).toBe(7);
    expect(timeTick(2000, "h")).toBe(null);
    expect(timeTick(5, "fortnight")).toBe(null);
  });
});

describe("the link", () => {
  it("keeps several explorers apart", () => {
    const hash = "#il6-jak_stat3:IL6=10&SOCS3_translation=0;il6-jak_stat3.2:tab=dose-response&IL6=1e-9";
    const states = parseFragment(hash);
    expect([...states]).toEqual([
      ["jak_stat3", { values: { IL6: 10, SOCS3_translation: 0 }, tab: null }], ["jak_stat3.2", { values: { IL6: 1e-9 }, tab: "dose-response" }],
    ]);
    expect(formatFragment(states)).toBe(hash);
  });

  it("leaves other fragments alone", () => {
    expect([...parseFragment("#methods")]).toEqual([]);
    expect([...parseFragment("")]).toEqual([]);
    expect(parseFragment("#il6-a:x=%").get("a")?.values).toEqual({ x: NaN });
    expect(formatFragment(new Map([["a", { values: {}, tab: null }]]))).toBe("");
  });

  it("makes an address with one explorer's changes", () => {
    expect(linkTo("a", { values: { x: 1 }, tab: null }, "https://example.org/b.html?q=1#old")).toBe("https://example.org/b.html?q=1#il6-a:x=1");
    expect(linkTo("a", { values: {}, tab: null }, "file:///b.html#il6-a:x=1")).toBe("file:///b.html");
    expect(linkTo("a", { values: {}, tab: "plane" }, "file:///b.html")).toBe("file:///b.html#il6-a:tab=plane");
    expect(difference({ a: 1, b: 2 }, { a: 1, b: 3 })).toEqual({ b: 2 });
  });
});

it("nearest name", () => {
  expect(nearest("il6", ["IL6", "sIL6R"])).toBe("IL6");
  expect(nearest("jakstat", ["receptor_binding", "jak_stat3"])).toBe("jak_stat3");
  expect(nearest("x", [])).toBe(null);
});

it("a numeric self-check", () => {
  expect(judgeNumber(15.6, 15.1, 0.5)).toBe(true);
  expect(judgeNumber(15.61, 15.1, 0.5)).toBe(false);
  expect(judgeNumber(0.3, 0.1 + 0.2, 0)).toBe(true);
});

it("a Python figure keeps its own settings and takes the page's colours", () => {
  const base = { width: 700, height: 400, paper_bgcolor: "none", font: { size: 13, color: "page" }, margin: { l: 60, t: 10 }, showlegend: false };
  const layout = themed(
    { template: { big: 1 }, width: 1, font: { size: 20 }, title: { text: "T" }, xaxis: { title: "x" }, yaxis2: { side: "right" } }, base, { gridcolor: "g" },
  );
  expect(layout).toMatchObject({
    width: 700, font: { size: 20, color: "page" }, margin: { l: 60, t: 72 }, title: { text: "T" },
    xaxis: { title: "x", gridcolor: "g" }, yaxis: { gridcolor: "g" }, yaxis2: { side: "right", gridcolor: "g" },
  });
  expect(layout).not.toHaveProperty("template");
  expect(layout).not.toHaveProperty("showlegend");
});
