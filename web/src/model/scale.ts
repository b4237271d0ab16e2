import type { Parameter, Value } from "./data";
import { axisNumber, number } from "./format";

/** A mark on an axis: where (in drawn units) and what it says. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/**
 * How values become heights. Charts draw on a linear axis of *drawn units*: the value, its logarithm,
 * or minus the logarithm of what it lacks to 1. Only here is it known which.
 */
export interface Scale {
  readonly kind: "linear" | "log" | "complement";
  /** The drawn unit of a value; NaN where there is none. */
  to(value: number): number;
  from(drawn: number): number;
  /** About `count` marks between two drawn units. */
  ticks(low: number, high: number, count: number): Tick[];
}

export const linear: Scale = {
  kind: "linear",
  to: (x) => x,
  from: (u) => u,
  ticks: (low, high, count) => niceTicks(low, high, count).map((at) => ({ at, label: axisNumber(at) })),
};

/** Ticks of a linear axis in a unit other than the drawn one. */
export const scaled = (unit: number): Scale["ticks"] => (low, high, count) =>
  linear.ticks(low / unit, high / unit, count).map((t) => ({ at: t.at * unit, label: t.label }));

export const log: Scale = {
  kind: "log",
  to: (x) => (x > 0 ? Math.log10(x) : NaN),
  from: (u) => 10 ** u,
  ticks: (low, high, count) => decades(low, high, count, (mantissa, e) => mantissa * 10 ** e, power),
};

export const complement: Scale = {
  kind: "complement",
  to: (x) => (x < 1 ? -Math.log10(1 - x) : NaN),
  from: (u) => 1 - 10 ** -u,
  ticks: (low, high, count) =>
    decades(-high, -low, count, (mantissa, e) => mantissa * 10 ** e, (lack) => number(1 - lack, 8))
      .map((t) => ({ at: -t.at, label: t.label }))
      .reverse(),
};

export function scaleOf(kind: Parameter["scale"]): Scale {
  return kind === "log" ? log : kind === "complement" ? complement : linear;
}

/** Powers of ten read as such outside the range where plain digits are shorter. */
function power(x: number): string {
  return x >= 1e-3 && x < 1e6 ? axisNumber(x) : number(x, 3);
}

/** Marks of a logarithmic axis: whole decades, fewer where there are many, 1-2-5 or finer where there are few. */
function decades(
  low: number, high: number, count: number, valueOf: (mantissa: number, e: number) => number, label: (v: number) => string,
): Tick[] {
  if (!(high > low)) return [];
  const span = high - low;
  const at = (m: number, e: number): Tick => ({ at: e + Math.log10(m), label: label(valueOf(m, e)) });
  const within = (t: Tick) => t.at >= low - 1e-9 && t.at <= high + 1e-9;
  const whole: Tick[] = [];
  const met = Math.floor(high + 1e-9) - Math.ceil(low - 1e-9) + 1;
  const every = Math.max(1, Math.ceil(met / (count + 1)));
  for (let e = Math.ceil((low - 1e-9) / every) * every; e <= high + 1e-9; e += every) whole.push(at(1, e));
  if (span >= 2 || whole.length >= Math.max(3, count - 1)) return whole;
  for (const mantissas of [[1, 3], [1, 2, 5], [1, 2, 3, 5, 7]]) {
    const marks: Tick[] = [];
    for (let e = Math.floor(low); e <= Math.ceil(high); e++) for (const m of mantissas) marks.push(at(m, e));
    const found = marks.filter(within);
    if (found.length >= 3) return found.length > count + 2 ? found.filter((_, i) => i % 2 === 0) : found;
  }
  return niceTicks(10 ** low, 10 ** high, count).filter((v) => v > 0).map((v) => ({ at: Math.log10(v), label: label(v) }));
}

/** Round numbers, about `count` of them, within [low, high]. */
export function niceTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || !Number.isFinite(low) || !Number.isFinite(high)) return Number.isFinite(low) ? [low] : [];
  const rough = (high - low) / Math.max(1, count);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const rest = rough / magnitude;
  const step = (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10) * magnitude;
  const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const marks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    marks.push(places > 15 ? i * step : Number((i * step).toFixed(places)));
  }
  return marks;
}

/** The range with a little room; a single value gets room on both sides. */
export function padded(low: number, high: number, share = 0.05): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  if (low === high) {
    const room = low === 0 ? 1 : Math.abs(low) * 0.1;
    return [low - room, high + room];
  }
  const room = (high - low) * share;
  return [low - room, high + room];
}

/** The words of a choice: those declared, then any other that was met. */
export function optionsOf(parameter: Parameter, met: Iterable<Value | undefined>): string[] {
  const words = (parameter.options ?? []).map(String);
  const known = new Set(words);
  for (const v of met) {
    if (v === null || v === undefined) continue;
    const word = String(v);
    if (!known.has(word)) {
      known.add(word);
      words.push(word);
    }
  }
  return words;
}
