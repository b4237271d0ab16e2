import { expect, test } from "vitest";
import { parseReport, type Picture } from "../model/data";
import { shown, title, wide } from "../model/pictures";
import { data } from "./make";

function picture(more: Partial<Picture> = {}): Picture {
  return { name: "samples", width: 28, height: 28, png: "iVBORw0KGgo=", ...more };
}

test("only pictures whose bytes are there are shown", () => {
  const there = picture();
  expect(shown([there, picture({ png: null }), picture({ png: "\" onerror=\"" }), picture({ width: 0 })])).toEqual([there]);
});

test("a file's name is told in words", () => {
  expect(title("01-samples_of_digits")).toBe("samples of digits");
  expect(title("attention")).toBe("attention");
  expect(title("01-")).toBe("01");
});

test("small pictures are enlarged by whole factors, large ones are not", () => {
  expect(wide(picture({ width: 28 }))).toBe(224);
  expect(wide(picture({ width: 100 }))).toBe(200);
  expect(wide(picture({ width: 281 }))).toBe(281);
});

test("pages from before there were pictures have none", () => {
  const { pictures: _, picturesNote: __, ...before } = data([]);
  const read = parseReport(JSON.stringify(before));
  expect(read.pictures).toEqual([]);
  expect(read.picturesNote).toBeNull();
});
