import type { Parameter, Segment, Value } from "./data";
import type { History } from "./history";
import { optionsOf, padded, scaleOf, type Scale } from "./scale";

/** What one hyperparameter's picture needs. */
export interface Axis {
  readonly parameter: Parameter;
  readonly scale: Scale;
  /** The words of a choice; null for numbers. */
  readonly options: readonly string[] | null;
  /** In drawn units. */
  readonly low: number;
  readonly high: number;
  /** The declared bounds in drawn units, where they are finite. */
  readonly bounds: readonly number[];
  /** The picture shows only what was met: the declared bounds are far away. */
  readonly narrow: boolean;
  /** Nobody ever had another value. */
  readonly constant: boolean;
}

/** The parameters declared; where none are, those that segments carry, on scales of their own. */
export function parametersOf(history: History): readonly Parameter[] {
  const declared = history.data.parameters;
  const known = new Set(declared.map((p) => p.name));
  const more = new Map<string, Parameter>();
  for (const s of history.data.segments) {
    for (const [name, v] of Object.entries(s.values)) {
      if (known.has(name) || more.has(name) || v === null) continue;
      const scale = typeof v === "number" || Array.isArray(v) ? "linear" : "choice";
      more.set(name, { name, scale, low: null, high: null, options: null, size: Array.isArray(v) ? v.length : 0, when: null });
    }
  }
  return [...declared, ...more.values()];
}

/** Below this share of the declared range, what was met fills the picture. */
const NARROW = 0.05;

export function axisOf(history: History, parameter: Parameter): Axis {
  const scale = scaleOf(parameter.scale);
  const segments = history.data.segments;
  let first: string | undefined;
  let constant = true;
  for (const s of segments) {
    const v = s.values[parameter.name];
    if (v === undefined || v === null) continue;
    const word = JSON.stringify(v);
    if (first === undefined) first = word;
    else if (word !== first) {
      constant = false;
      break;
    }
  }
  if (parameter.scale === "choice") {
    const options = optionsOf(parameter, segments.map((s) => s.values[parameter.name]));
    return { parameter, scale, options, low: -0.5, high: Math.max(0.5, options.length - 0.5), bounds: [], constant, narrow: false };
  }
  const bounds = [parameter.low, parameter.high]
    .filter((x) => x !== null && x !== undefined)
    .map((x) => scale.to(x))
    .filter((u) => Number.isFinite(u));
  let low = Math.min(...bounds);
  let high = Math.max(...bounds);
  const met = { low: Infinity, high: -Infinity };
  for (const s of segments) {
    for (const x of numbersOf(s.values[parameter.name])) {
      const u = scale.to(x);
      if (Number.isFinite(u)) [met.low, met.high] = [Math.min(met.low, u), Math.max(met.high, u)];
    }
  }
  low = Math.min(low, met.low);
  high = Math.max(high, met.high);
  const narrow = met.high > met.low && met.high - met.low < NARROW * (high - low);
  const [from, to] = narrow ? padded(met.low, met.high) : padded(low, high);
  return { parameter, scale, options: null, low: from, high: to, bounds, constant, narrow };
}

export function numbersOf(v: Value | undefined): readonly number[] {
  if (typeof v === "number") return [v];
  if (Array.isArray(v)) return v.filter((x): x is number => typeof x === "number");
  return [];
}

/** Where a segment's value is drawn: NaN where it has none. `element` picks from a vector. */
export function drawn(axis: Axis, segment: Segment, element = 0): number {
  const v = segment.values[axis.parameter.name];
  if (v === undefined || v === null) return NaN;
  if (axis.options) return axis.options.indexOf(String(v));
  if (typeof v === "number") return axis.scale.to(v);
  if (Array.isArray(v)) {
    const x = v[element] as number | null | undefined;
    return typeof x === "number" ? axis.scale.to(x) : NaN;
  }
  return NaN;
}

/** How many lines a parameter has: one, or one for each element of a vector. */
export function elementsOf(axis: Axis, segments: readonly Segment[]): number {
  let n = Math.max(1, axis.parameter.size);
  for (const s of segments) {
    const v = s.values[axis.parameter.name];
    if (Array.isArray(v)) n = Math.max(n, v.length);
  }
  return n;
}
