import { expect, test } from "vitest";
import { metersOf } from "../model/greed";
import { decision } from "./make";

const told = (position: number, step: number, founders: string, spread: string) =>
  decision(position, { step, because: { "founders alive": founders, "decisions since the best": "3", spread } });

test("the measure is read from the decisions that tell it, in the order of steps", () => {
  const meters = metersOf([told(9, 20, "2 of 8", "lr 0.5"), decision(10), told(5, 10, "8 of 8", "lr 1, weight decay 0.25")]);
  expect(meters.map((m) => [m.step, m.founders, m.members, m.stale])).toEqual([[10, 8, 8, 3], [20, 2, 8, 3]]);
  expect([...meters[0]!.spread]).toEqual([["lr", 1], ["weight decay", 0.25]]);
});

test("what is no measure is none", () => {
  expect(metersOf([told(1, 10, "two of eight", ""), decision(2, { because: null })])).toEqual([]);
  expect([...metersOf([told(1, 10, "1 of 2", "")])[0]!.spread]).toEqual([]);
});
