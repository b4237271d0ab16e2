import { describe, expect, it } from "vitest";
import { heights, inks, parseComparison, settled, type Arm, type ComparisonData, type Place } from "../compare/data";

const place = (at: number, value: number, low: number | null = null, high: number | null = null): Place => ({ at, value, low, high });
const named = (name: string): Arm => ({ name }) as Arm;

describe("the data of a comparison", () => {
  it("is read, or refused by name", () => {
    expect(parseComparison('{"format":1,"name":"x"}').name).toBe("x");
    expect(() => parseComparison("/*CLADE_DATA*/")).toThrow("holds no data");
    expect(() => parseComparison("{")).toThrow("not JSON");
    expect(() => parseComparison('{"format":2}')).toThrow("format 2");
    expect(() => parseComparison("[]")).toThrow("reads format 1");
  });
});

describe("inks", () => {
  it("keep the first arm's colour however arms are ranked", () => {
    const ranked = (names: string[]) => inks({ first: "pbt", arms: names.map(named) } as unknown as ComparisonData);
    expect(ranked(["random", "pbt"]).get("pbt")).toEqual(ranked(["pbt", "random"]).get("pbt"));
  });

  it("tell more arms than colours apart by dashes", () => {
    const names = Array.from({ length: 12 }, (_, i) => `arm-${i}`);
    const all = [...inks({ first: "arm-0", arms: names.map(named) } as unknown as ComparisonData).values()];
    expect(new Set(all.map((i) => `${i.series}${i.dashed}`)).size).toBe(12);
  });
});

describe("heights", () => {
  it("hold all of modest bands", () => {
    expect(heights([place(0, 1, 0.9, 1.1), place(1, 2, 1.8, 2.2)])).toEqual([0.9, 2.2]);
  });

  it("cut off bands that reach far", () => {
    const [low, high] = heights([place(0, 1, -80, 120), place(1, 2, -80, 120)]);
    expect(low).toBeCloseTo(0.65);
    expect(high).toBeCloseTo(2.35);
  });
});

describe("settled", () => {
  it("leaves out the poor first readings", () => {
    expect(settled([place(0, -9), place(50, 1), place(100, 2)], 100)).toHaveLength(2);
    expect(settled([place(0, 1)], 100)).toHaveLength(1);
  });
});
