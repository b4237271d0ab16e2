import { expect, test } from "vitest";
import { parseReport } from "../model/data";
import { data, segment } from "./make";

test("what was written is read again", () => {
  const written = data([segment(0, 1, { score: 0.5 })]);
  expect(parseReport(JSON.stringify(written))).toEqual(written);
});

test("a page that nobody has filled says how to fill one", () => {
  expect(() => parseReport("/*CLADE_DATA*/")).toThrow("This page holds no data. `clade report EXPERIMENT` writes one that does.");
});

test("what is no report says what it is instead", () => {
  expect(() => parseReport("{")).toThrow("The data in this page is not JSON");
  expect(() => parseReport("[]")).toThrow("The data in this page is not a JSON object.");
  expect(() => parseReport('{"format": 2}')).toThrow("The data in this page has format 2. This page reads format 1.");
  expect(() => parseReport('{"format": 1}')).toThrow("The data in this page names no experiment.");
  expect(() => parseReport('{"format": 1, "experiment": {}, "segments": {}}')).toThrow("The data in this page has segments that are not a list.");
});

test("lists that are absent are empty", () => {
  const read = parseReport('{"format": 1, "experiment": {"name": "x"}}');
  expect([read.members, read.segments, read.decisions, read.lineage, read.finals, read.winner]).toEqual([[], [], [], [], [], null]);
});

test("a hyperparameter may have a name that every object inherits", () => {
  const read = parseReport(JSON.stringify(data([segment(0, 1)])));
  expect("constructor" in read.segments[0]!.values).toBe(false);
  expect(read.segments[0]!.values["toString"]).toBeUndefined();
});
