import { expect, test } from "vitest";
import { distinct, outcomes, page, select } from "../model/decisions";
import { axisNumber, count, duration, fact, factor, moment, number, percent, timeUnit, units, value } from "../model/format";
import { secondsOf, sharesOf, spansOf } from "../model/time";
import { decision, history, segment } from "./make";

test("numbers are short and honest", () => {
  expect([0, 0.93, 20000, 1.2e-5, -3.14159, 1e12, 0.1 + 0.2].map((x) => number(x))).toEqual(["0", "0.93", "20\u202f000", "1.2e-5", "\u22123.142", "1e12", "0.3"]);
  expect([null, undefined, NaN, Infinity].map((x) => number(x))).toEqual(["\u2013", "\u2013", "\u2013", "\u221e"]);
  expect([0, 1500, 20000, 3e6].map(axisNumber)).toEqual(["0", "1500", "20k", "3M"]);
});

test("times, shares and counts carry their units", () => {
  expect([0, 0.0002, 0.25, 12.34, 75, 3600, 90000].map(duration)).toEqual(["0 s", "<1 ms", "250 ms", "12.3 s", "1 min 15 s", "1 h 0 min", "1 d 1 h"]);
  expect([0, 0.0001, 0.05, 0.931].map(percent)).toEqual(["0 %", "<0.1 %", "5 %", "93.1 %"]);
  expect([count(1, "copy", "copies"), count(2, "copy", "copies")]).toEqual(["1 copy", "2 copies"]);
  expect([units(null), units("frames")]).toEqual([{ one: "step", many: "steps" }, { one: "frame", many: "frames" }]);
  expect([timeUnit(60).word, timeUnit(600).word, timeUnit(1e5).word]).toEqual(["seconds", "minutes", "hours"]);
});

test("a moment is told as the file has it", () => {
  expect([moment("2026-11-24T03:50:12.345Z"), moment("2026-11-24"), moment(null), moment("soon")]).toEqual(["2026-11-24 03:50 UTC", "2026-11-24", "\u2013", "soon"]);
});

test("values and how they moved", () => {
  expect([value([0.1, null]), value(true), value("adam"), value(null)]).toEqual(["[0.1, \u2013]", "true", "adam", "\u2013"]);
  expect([factor(1, 1.25), factor(1.25, 1), factor(1, 1), factor(-1, 1), factor("a", "b")]).toEqual(["\u00d71.25", "\u00f71.25", "", "", ""]);
  expect([fact(0.123456789), fact("12 of 16"), fact(null)]).toEqual(["0.123457", "12 of 16", "\u2013"]);
});

test("decisions are filtered by member, donors included, and sorted with absent values last", () => {
  const all = [decision(1, { donor: 3 }), decision(2, { member: 3, rule: "budget", outcome: "stop" }), decision(3)];
  const none = { member: null, rule: null, outcome: null };
  expect(select(all, { ...none, member: 3 }, { key: "position", descending: true }).map((d) => d.position)).toEqual([2, 1]);
  expect(select(all, { ...none, rule: "budget" }, { key: "position", descending: false }).map((d) => d.position)).toEqual([2]);
  for (const descending of [true, false]) expect(select(all, none, { key: "donor", descending })[0]!.position).toBe(1);
  expect(distinct(all, (d) => d.rule)).toEqual(["budget", "truncation"]);
  expect([...outcomes(all)]).toEqual([["train", 2], ["stop", 1]]);
});

test("a page that does not exist is the nearest one that does", () => {
  expect(page([1, 2, 3], 9, 2)).toEqual({ at: 1, pages: 2, items: [3] });
  expect(page([], 0, 2)).toEqual({ at: 0, pages: 1, items: [] });
});

test("shares are of what slots did: a member that waits uses none", () => {
  const timings = { train: 3, evaluate: 1, save: 0, load: 0, decide: 0, wait: 100 };
  const h = history([segment(0, 1, { timings }), segment(0, 2)]);
  expect(sharesOf(h.data)).toEqual([{ phase: "train", share: 0.75 }, { phase: "evaluate", share: 0.25 }]);
  expect([secondsOf(h, "train"), secondsOf(h, "wait")]).toEqual([3, 100]);
  expect(sharesOf(history([segment(0, 1)]).data)).toEqual([]);
});

test("phases lie end to end from where the segment began", () => {
  const h = history([segment(0, 1, { began: 5, ended: 9, timings: { train: 3, evaluate: 1 } }), segment(0, 2, { began: 20, ended: 23, timings: { load: 1, train: 2 } })]);
  expect(spansOf(h.track(0)!).map((s) => [s.phase, s.from, s.to])).toEqual([["train", 5, 8], ["evaluate", 8, 9], ["load", 20, 21], ["train", 21, 23]]);
});
