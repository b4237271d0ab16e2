import { expect, test } from "vitest";
import { historyOf } from "../model/history";
import { ancestry } from "../model/lineage";
import { gridOf, lineageRanks, ranksOf } from "../model/ranks";
import { rowOrder } from "../model/rows";
import { standings } from "../model/standing";
import { sample } from "../sample/sample";
import { copy, history, member, segment } from "./make";

const three = [
  segment(0, 1, { score: 0.5 }), segment(0, 2, { score: 0.6 }),
  segment(1, 1, { score: 0.7 }), segment(1, 2, { score: 0.6 }),
  segment(2, 1, { score: 0.9 }), segment(2, 2),
];

test("ranks follow the latest score; ties go to the lower member; controls stand apart", () => {
  const h = history(three, { members: [member(0), member(1), member(2, { control: true })] });
  const { steps, lines } = ranksOf(h);
  expect(steps).toEqual([10, 20]);
  expect(lines.map((l) => l.ranks)).toEqual([[2, 1], [1, 2]]);
});

test("where less is better the least comes first", () => {
  expect(ranksOf(history(three, { experiment: { mode: "min" } })).lines.map((l) => l.ranks[0])).toEqual([1, 2, 3]);
});

test("a member without a score has no rank", () => {
  expect(ranksOf(history([segment(0, 1), segment(1, 1, { score: 1 })])).lines.map((l) => l.ranks)).toEqual([[0], [1]]);
});

test("a lineage has a rank at every step of the grid, though members are out of step", () => {
  const told = sample();
  const h = historyOf(told);
  const ranks = ranksOf(h);
  expect(lineageRanks(ranks, ancestry(h, told.winner!)).every((r) => r > 0)).toBe(true);
});

test("a lineage that ended earlier has no rank after its end", () => {
  const h = history([segment(0, 1, { score: 1 }), segment(0, 2, { score: 0.5 }), segment(0, 3, { score: 0.4 })]);
  expect(lineageRanks(ranksOf(h), ancestry(h, { member: 0, segment: 1 }))).toEqual([1, 0, 0]);
});

test("the grid is thinned evenly and keeps its ends", () => {
  const h = history(Array.from({ length: 1000 }, (_, i) => segment(0, i + 1)));
  const grid = gridOf(h, 50);
  expect([grid.length, grid[0], grid.at(-1)]).toEqual([50, 10, 10000]);
});

test("members that exchange weights lie side by side, and every member has a row", () => {
  const h = history([
    segment(0, 1), segment(1, 1), segment(2, 1), segment(3, 1),
    copy(0, 2, { member: 3, segment: 1 }), copy(3, 2, { member: 0, segment: 1 }),
  ]);
  const rows = rowOrder(h);
  expect([...rows].sort()).toEqual([0, 1, 2, 3]);
  expect(Math.abs(rows.indexOf(0) - rows.indexOf(3))).toBe(1);
});

test("the table of members goes by score; then controls; then those without one", () => {
  const h = history(
    [segment(0, 1), segment(1, 1, { score: 0.9 }), segment(2, 1, { score: 0.1 }), copy(3, 1, { member: 2, segment: 1 }, { score: 0.2 })],
    { members: [member(0), member(1, { control: true }), member(2), member(3)] },
  );
  expect(standings(h).map((r) => [r.member.id, r.rank, r.copied, r.gave])).toEqual([[3, 1, 1, 0], [2, 2, 0, 1], [1, null, 0, 0], [0, null, 0, 0]]);
});
