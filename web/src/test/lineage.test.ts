import { expect, test } from "vitest";
import { historyOf } from "../model/history";
import { ancestry, bestOf, descent, foundersOver, schedule } from "../model/lineage";
import { sample } from "../sample/sample";
import { copy, history, member, segment } from "./make";

const names = (chain: readonly { member: number; index: number }[]) => chain.map((s) => `${s.member}/${s.index}`);

/** Member 1 copies member 0 after their first segments. */
const two = [
  segment(0, 1, { score: 0.5 }), segment(0, 2, { score: 0.6 }),
  segment(1, 1, { score: 0.1 }), copy(1, 2, { member: 0, segment: 1 }, { score: 0.7, values: { lr: 0.2 } }), segment(1, 3, { score: 0.8, values: { lr: 0.2 } }),
];

test("an ancestry goes through the donor", () => {
  expect(names(ancestry(history(two), { member: 1, segment: 3 }))).toEqual(["1/3", "1/2", "0/1"]);
});

test("an ancestry that skips a failed segment follows where the weights came from", () => {
  const h = history([segment(0, 1, { score: 1 }), segment(0, 2, { failed: "threw" }), segment(0, 3, { from: { member: 0, segment: 1 } })]);
  expect(names(ancestry(h, { member: 0, segment: 3 }))).toEqual(["0/3", "0/1"]);
});

test("a circle, which no log can hold, ends", () => {
  const h = history([copy(0, 1, { member: 1, segment: 1 }), copy(1, 1, { member: 0, segment: 1 })]);
  expect(names(ancestry(h, { member: 0, segment: 1 }))).toEqual(["0/1", "1/1"]);
});

test("without a named winner the best reading stands for it, provisionally, and never a control's", () => {
  const h = history([...two, segment(2, 1, { score: 0.99 })], { members: [member(0), member(1), member(2, { control: true })] });
  const best = bestOf(h)!;
  expect([best.segment.member, best.segment.index, best.provisional, best.folded]).toEqual([1, 3, true, true]);
});

test("where less is better the least reading is the best", () => {
  expect(names([bestOf(history(two, { experiment: { mode: "min" } }))!.segment])).toEqual(["1/1"]);
});

test("a winner that is an untrained copy is held up as the segment that made its weights", () => {
  const h = history(two, {
    winner: { member: 1, segment: 2, provisional: false, score: { mean: 0.5, low: null, high: null, samples: 1 }, report: null, checkpoint: null, lineageStep: 10 },
    lineage: [{ member: 0, segment: 1 }],
  });
  expect(names(bestOf(h)!.chain)).toEqual(["0/1"]);
});

test("nothing scored is no best", () => {
  expect(bestOf(history([segment(0, 1)]))).toBeUndefined();
  expect(bestOf(history([]))).toBeUndefined();
});

test("a schedule joins neighbours that train alike and marks copies", () => {
  const legs = schedule(ancestry(history(two), { member: 1, segment: 3 }));
  expect(legs.map((l) => [l.from, l.to, l.member, l.copied, l.values["lr"]])).toEqual([[0, 10, 0, false, 0.1], [10, 30, 1, true, 0.2]]);
});

test("who is left of the beginning", () => {
  const h = history(two);
  const family = descent(h);
  expect([family.founders, family.surviving, names([family.common!])]).toEqual([2, 1, ["0/1"]]);
  expect(names([...family.alive])).not.toContain("1/1");
  expect(foundersOver(h, [0, 10, 30])).toEqual([2, 1, 1]);
});

test("in a whole experiment every ancestry begins fresh, and the told lineage is the folded one", () => {
  const told = sample();
  const h = historyOf(told);
  for (const s of told.segments) expect(ancestry(h, { member: s.member, segment: s.index }).at(-1)!.origin).toBe("fresh");
  expect(ancestry(h, told.winner!).map((s) => ({ member: s.member, segment: s.index }))).toEqual(told.lineage);
});
