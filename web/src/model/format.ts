import type { Value } from "./data";

/** The minus that lines up with digits. */
const MINUS = "\u2212";
/** Groups of three digits are kept together by a narrow space that does not break. */
const THIN = "\u202f";
export const NONE = "\u2013";

/** A number in at most `digits` significant digits, in the shortest honest form: 0.93, 20 000, 1.2e-5. */
export function number(x: number | null | undefined, digits = 4): string {
  if (x === null || x === undefined || Number.isNaN(x)) return NONE;
  if (!Number.isFinite(x)) return x > 0 ? "\u221e" : `${MINUS}\u221e`;
  if (x === 0) return "0";
  const size = Math.abs(x);
  let text: string;
  if (size >= 1e9 || size < 1e-3) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split("e") as [string, string];
    text = `${plain(mantissa)}e${exponent.replace("+", "")}`;
  } else if (Number.isInteger(size) || size >= 10 ** digits) {
    text = group(Math.round(size).toString());
  } else {
    text = plain(size.toPrecision(digits));
    const [whole, rest] = text.split(".") as [string, string | undefined];
    text = group(whole) + (rest ? `.${rest}` : "");
  }
  return (x < 0 ? MINUS : "") + text;
}

/** A number for an axis: as short as it goes, with k, M, G for thousands and up. */
export function axisNumber(x: number): string {
  if (x === 0) return "0";
  const size = Math.abs(x);
  for (const [unit, word] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]] as const) {
    if (size >= unit && (size >= 1e4 || unit > 1e3 || size % 1e3 === 0)) return number(x / unit, 6) + word;
  }
  return number(x, 6);
}

function plain(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

function group(digits: string): string {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN);
}

/** `1 member`, `3 members`. */
export function count(n: number, word: string, plural = word + "s"): string {
  return `${number(n)} ${Math.abs(n) === 1 ? word : plural}`;
}

/** The name of what the trainer counts, for one and for many. */
export function units(unit: string | null | undefined): { one: string; many: string } {
  const word = unit?.trim() || "step";
  return word.endsWith("s") ? { one: word.slice(0, -1) || word, many: word } : { one: word, many: word + "s" };
}

export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NONE;
  if (seconds < 0.001) return seconds === 0 ? "0 s" : "<1 ms";
  if (seconds < 1) return `${number(seconds * 1000, 3)} ms`;
  if (seconds < 60) return `${number(seconds, 3)} s`;
  const whole = Math.round(seconds);
  const [d, h, m, s] = [Math.floor(whole / 86400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60];
  if (d > 0) return `${d} d ${h} h`;
  if (h > 0) return `${h} h ${m} min`;
  return s > 0 ? `${m} min ${s} s` : `${m} min`;
}

/** The unit for an axis of time that reaches so far, and its seconds. */
export function timeUnit(seconds: number): { word: string; seconds: number } {
  if (seconds > 7200) return { word: "hours", seconds: 3600 };
  return seconds > 240 ? { word: "minutes", seconds: 60 } : { word: "seconds", seconds: 1 };
}

/** A share of one: 93 %, 0.1 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1 %";
  return `${number(share * 100, share < 0.1 ? 2 : 3)} %`;
}

/** A moment, to the minute, as the file gave it: no time zone of the reader enters. */
export function moment(iso: string | null): string {
  if (!iso) return NONE;
  const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?/.exec(iso);
  if (!found) return iso;
  const zone = found[3] === "Z" ? " UTC" : found[3] ? ` ${found[3]}` : "";
  return found[2] ? `${found[1]} ${found[2]}${zone}` : found[1]!;
}

export function value(v: Value | undefined, digits = 4): string {
  if (v === null || v === undefined) return NONE;
  if (typeof v === "number") return number(v, digits);
  if (Array.isArray(v)) return `[${v.map((x) => number(x as number | null, 3)).join(", ")}]`;
  return String(v);
}

/** How a number moved: `x1.25`, `/1.25`; empty where a factor says nothing. */
export function factor(before: Value, after: Value): string {
  if (typeof before !== "number" || typeof after !== "number") return "";
  if (before === after || before * after <= 0) return "";
  const ratio = after / before;
  return ratio >= 1 ? `\u00d7${number(ratio, 3)}` : `\u00f7${number(1 / ratio, 3)}`;
}

/** Any fact of a decision in words. */
export function fact(x: unknown): string {
  if (x === null || x === undefined) return NONE;
  if (typeof x === "number") return number(x, 6);
  if (Array.isArray(x)) return x.map(fact).join(", ");
  if (typeof x === "object") {
    return Object.entries(x as Record<string, unknown>).map(([k, v]) => `${k}: ${fact(v)}`).join("; ");
  }
  return String(x);
}
