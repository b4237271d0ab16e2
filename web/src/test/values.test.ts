import { expect, test } from "vitest";
import { csv } from "../model/csv";
import { schedule } from "../model/lineage";
import { complement, linear, log, niceTicks, padded, scaled } from "../model/scale";
import { axisOf, drawn, elementsOf, parametersOf } from "../model/values";
import { segmentAt, walk } from "../model/walk";
import { history, parameter, segment } from "./make";

test("scales and their inverses", () => {
  for (const x of [1e-5, 0.3, 0.999]) {
    for (const scale of [linear, log, complement]) expect(scale.from(scale.to(x))).toBeCloseTo(x, 12);
  }
  expect(log.to(0)).toBeNaN();
  expect(complement.to(1)).toBeNaN();
});

test("marks stand at round values of each scale", () => {
  expect(log.ticks(-5, -1, 4).map((t) => t.label)).toEqual(["1e-5", "1e-4", "0.001", "0.01", "0.1"]);
  expect(complement.ticks(1, 3, 4).map((t) => t.label)).toEqual(["0.9", "0.99", "0.999"]);
  expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(scaled(60)(0, 300, 5).map((t) => [t.at, t.label])).toEqual([[0, "0"], [60, "1"], [120, "2"], [180, "3"], [240, "4"], [300, "5"]]);
});

test("marks of a range of no or no finite width do not hang", () => {
  expect(niceTicks(1, 1, 5)).toEqual([1]);
  expect(niceTicks(NaN, 1, 5)).toEqual([]);
  expect(padded(Infinity, -Infinity)).toEqual([0, 1]);
  expect(padded(0, 0)).toEqual([-1, 1]);
});

test("a choice is drawn at its place among the options, switches and numbers too", () => {
  const h = history([segment(0, 1, { values: { c: true } }), segment(1, 1, { values: { c: "other" } })]);
  const axis = axisOf(h, parameter("c", { scale: "choice", low: null, high: null, options: [false, true] }));
  expect(axis.options).toEqual(["false", "true", "other"]);
  expect(h.data.segments.map((s) => drawn(axis, s))).toEqual([1, 2]);
});

test("a vector has a line for each element; what is not active is drawn nowhere", () => {
  const h = history([segment(0, 1, { values: { d: [0.1, 0.2] } }), segment(0, 2, { values: {} })]);
  const axis = axisOf(h, parameter("d", { size: 2 }));
  expect(elementsOf(axis, h.data.segments)).toBe(2);
  expect(drawn(axis, h.data.segments[0]!, 1)).toBe(0.2);
  expect(drawn(axis, h.data.segments[1]!, 0)).toBeNaN();
});

test("values outside the declared range widen the axis", () => {
  const h = history([segment(0, 1, { values: { lr: 5 } })]);
  const axis = axisOf(h, parameter("lr"));
  expect(axis.high).toBeGreaterThan(5);
  expect(axis.bounds).toEqual([0, 1]);
  expect(axis.constant).toBe(true);
});

test("parameters that nobody declared are found in the segments", () => {
  const h = history([segment(0, 1, { values: { lr: 1, extra: "word", list: [1, 2] } })]);
  expect(parametersOf(h).map((p) => [p.name, p.scale, p.size])).toEqual([["lr", "linear", 0], ["extra", "choice", 0], ["list", "linear", 2]]);
});

test("a schedule as CSV keeps all digits, gives elements columns and disarms formulas", () => {
  const h = history([segment(0, 1, { values: { lr: 0.1 + 0.2, d: [1, null], o: '=1+1,"x"' } })]);
  const text = csv(schedule(h.data.segments), [parameter("lr"), parameter("d", { size: 2 }), parameter("o", { scale: "choice" })]);
  expect(text).toBe('from,to,member,lr,d[0],d[1],o\r\n0,10,0,0.30000000000000004,1,,"\'=1+1,""x"""\r\n');
});

test("arrow keys go along a member, and to its neighbours at about the same step", () => {
  const h = history([segment(0, 1), segment(0, 2), segment(1, 1), segment(1, 2), segment(1, 3)]);
  const at = { member: 0, segment: 2 };
  expect(walk(h, [0, 1], at, "left", null)).toEqual({ member: 0, segment: 1 });
  expect(walk(h, [0, 1], at, "right", null)).toEqual(at);
  expect(walk(h, [0, 1], at, "down", null)).toEqual({ member: 1, segment: 2 });
  expect(walk(h, [0, 1], null, "down", at)).toEqual(at);
});

test("the segment under way at a step", () => {
  const list = [segment(0, 1), segment(0, 2)];
  expect([segmentAt(list, 5)?.index, segmentAt(list, 15)?.index, segmentAt(list, 25), segmentAt([], 1)]).toEqual([1, 2, undefined, undefined]);
});

test("where the declared bounds are far away the picture shows what was met", () => {
  const h = history([segment(0, 1, { values: { h: 0 } }), segment(0, 2, { values: { h: 1 } })]);
  const far = axisOf(h, parameter("h", { low: -100, high: 100 }));
  expect([far.narrow, far.low < 0 && far.low > -1, far.high > 1 && far.high < 2]).toEqual([true, true, true]);
  expect(axisOf(h, parameter("h", { low: 0, high: 2 })).narrow).toBe(false);
});
