import { expect, test } from "vitest";
import { byRatio, chainStretches, curvesOf, usefulRange } from "../model/curves";
import { mishaps } from "../model/failures";
import { ancestry } from "../model/lineage";
import { copy, history, member, segment } from "./make";

const xy = (points: readonly { x: number; y: number }[]) => points.map((p) => [p.x, p.y]);

const copied = [
  segment(0, 1, { score: 0.5, startStep: 0 }), segment(0, 2, { score: 0.6 }),
  segment(1, 1, { score: 0.1 }), copy(1, 2, { member: 0, segment: 2 }, { score: 0.7, copied: 0.55 }),
];

test("a copy breaks a member's line and is a jump from donor to recipient", () => {
  const { curves, jumps } = curvesOf(history(copied));
  expect(curves[1]!.stretches.map(xy)).toEqual([[[10, 0.1]], [[10, 0.55], [20, 0.7]]]);
  expect(jumps.map((j) => [xy([j.from, j.to, j.before!])])).toEqual([[[[20, 0.6], [10, 0.55], [10, 0.1]]]]);
});

test("a copy that was not measured stands where its donor stood", () => {
  const { jumps } = curvesOf(history([segment(0, 1, { score: 0.5 }), copy(1, 1, { member: 0, segment: 1 })]));
  expect(xy([jumps[0]!.to])).toEqual([[0, 0.5]]);
});

test("readings inside a segment are on the line, those that are no number are not", () => {
  const { curves } = curvesOf(history([segment(0, 1, { score: 0.5, midway: [{ step: 3, score: 0.2 }, { step: 6, score: null }] })]));
  expect(xy(curves[0]!.points)).toEqual([[3, 0.2], [10, 0.5]]);
});

test("a failed segment is a mark at the last height, and no point", () => {
  const { curves, failures } = curvesOf(history([segment(0, 1, { score: 0.5 }), segment(0, 2, { failed: "diverged", endStep: 10 })]));
  expect(xy(curves[0]!.points)).toEqual([[10, 0.5]]);
  expect(failures.map((f) => [f.x, f.y])).toEqual([[10, 0.5]]);
});

test("nothing scored has no range", () => {
  const { low, high, best } = curvesOf(history([segment(0, 1, { failed: "threw" })]));
  expect([low, high, best]).toEqual([Infinity, -Infinity, []]);
});

test("the best so far only rises, and controls do not count", () => {
  const h = history(
    [segment(0, 1, { score: 0.3 }), segment(0, 2, { score: 0.2 }), segment(0, 3, { score: 0.4 }), segment(1, 1, { score: 0.9 })],
    { members: [member(0), member(1, { control: true })] },
  );
  expect(xy(curvesOf(h).best)).toEqual([[10, 0.3], [30, 0.4]]);
});

test("a lineage is apart where a member with another counter takes over", () => {
  const h = history(copied);
  expect(chainStretches(ancestry(h, { member: 1, segment: 2 })).map(xy)).toEqual([[[10, 0.5], [20, 0.6]], [[10, 0.55], [20, 0.7]]]);
});

test("far-off bad readings are left out, far-off good ones never", () => {
  const scores = Array.from({ length: 60 }, (_, i) => segment(i, 1, { score: i === 0 ? -1e6 : 0.9 + i / 1000 }));
  const bad = history(scores);
  expect(usefulRange(bad, curvesOf(bad)).hidden).toBe(1);
  const good = history(scores, { experiment: { mode: "min" } });
  expect(usefulRange(good, curvesOf(good)).low).toBe(-1e6);
});

test("segments that failed alike are one line, the most frequent first", () => {
  const h = history([
    segment(0, 1, { failed: "threw: a" }), segment(1, 1, { failed: "threw: b" }), segment(1, 2, { failed: "threw: b" }), segment(2, 1),
  ]);
  expect(mishaps(h)).toEqual([
    { what: "threw: b", times: 2, members: [1], first: { member: 1, segment: 1, step: 0 } },
    { what: "threw: a", times: 1, members: [0], first: { member: 0, segment: 1, step: 0 } },
  ]);
});

test("losses over a large ratio are compared by ratio; returns are not", () => {
  expect([byRatio(history([], { experiment: { mode: "min" } }), 0.001, 1), byRatio(history([], { experiment: { mode: "min" } }), 0, 1)]).toEqual([true, false]);
  expect(byRatio(history([]), 0.001, 1)).toBe(false);
});
