import type { Picture } from "./data";

/** Pictures narrower than this are enlarged, pixel by pixel: samples of small images would be too small to see [pixels]. */
const NARROW = 280;

/** No pixel is enlarged more than this. */
const MOST = 8;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** A picture whose bytes are there. */
export type Shown = Picture & { readonly png: string };

/** Those whose bytes are there. */
export function shown(pictures: readonly Picture[]): readonly Shown[] {
  return pictures.filter((p): p is Shown => typeof p.png === "string" && BASE64.test(p.png) && p.width > 0 && p.height > 0);
}

/** A name of a file in words: `01-samples_of_digits` becomes `samples of digits`. */
export function title(name: string): string {
  const words = name.replace(/^[0-9]+[-_. ]+(?=.)/, "").replace(/[-_]+/g, " ").trim();
  return words === "" ? name : words;
}

/** How wide it is shown, in whole multiples of its own width [pixels]. */
export function wide(picture: Picture): number {
  return picture.width * Math.max(1, Math.min(MOST, Math.floor(NARROW / picture.width)));
}
