/**
 * What the page of a comparison reads: the JSON that `clade compare` writes into its data element. `null` means absent.
 */

export interface Metric {
  readonly name: string;
  readonly mode: "max" | "min";
}

/** A number with its 95 % interval, where there is one. */
export interface Ranged {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The centre of several seeds. */
export interface Estimate extends Ranged {
  readonly samples: number;
  /** What the interval rests on. */
  readonly by: "none" | "student" | "bootstrap";
}

/** An arm against the first one, over the seeds that both completed. */
export interface Versus {
  /** Of final scores: this arm's less the first one's. */
  readonly difference: Estimate;
  /** The probability of ending better than the first. */
  readonly better: Ranged;
  /** Seeds in which it did. */
  readonly won: number;
  readonly claim: "better" | "worse" | "open" | "nothing";
}

/** What one experiment cost, on average. Times are seconds of the running clock. */
export interface Spent {
  readonly steps: number;
  /** Of the steps that the budget allows; null where it counts none. */
  readonly share: number | null;
  readonly evaluations: number;
  readonly copies: number;
  readonly training: number;
  readonly finals: number;
  /** Why so much less was trained than the budget allows. */
  readonly shortfall: string | null;
}

export interface Place extends Ranged {
  readonly at: number;
}

export interface Arm {
  readonly name: string;
  /** What an ablation takes away. */
  readonly meaning: string | null;
  readonly rank: number | null;
  readonly score: Estimate | null;
  /** The selection metric, measured afresh, where that is not the score. */
  readonly selected: Estimate | null;
  readonly scores: readonly { readonly seed: string; readonly value: number }[];
  /** null: the first arm itself, or nothing to compare. */
  readonly versus: Versus | null;
  readonly spent: Spent | null;
  readonly failures: readonly { readonly seed: string; readonly reason: string }[];
  /** The best reading of the population so far, over steps per member and over seconds. */
  readonly bySteps: readonly Place[];
  readonly byTime: readonly Place[];
  readonly settings: string | null;
  /** What was taken out of the file for this arm, and why. */
  readonly notes: readonly string[];
}

export interface ComparisonData {
  readonly format: 1;
  readonly name: string;
  /** What arms are ranked by. */
  readonly score: Metric;
  /** What members are ranked by. */
  readonly selection: Metric;
  readonly unit: string;
  readonly budget: string;
  readonly centre: "mean" | "iqm";
  readonly first: string;
  readonly seeds: readonly string[];
  /** What may be said, sentence by sentence. */
  readonly verdict: readonly string[];
  /** Best first. */
  readonly arms: readonly Arm[];
}

/** Reads the data element's text. Throws an Error whose message may be shown. */
export function parseComparison(text: string): ComparisonData {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.startsWith("/*")) {
    throw new Error("This page holds no data. `clade compare FILE` writes one that does.");
  }
  let raw: unknown;
  try {
    raw = JSON.parse(trimmed);
  } catch (e) {
    throw new Error(`The data in this page is not JSON: ${(e as Error).message}`);
  }
  const format = typeof raw === "object" && raw !== null ? (raw as { format?: unknown }).format : undefined;
  if (format !== 1) throw new Error(`The data in this page has format ${JSON.stringify(format)}. This page reads format 1.`);
  return raw as ComparisonData;
}

/** The first arm's colour stays its own however arms are ranked; more arms than colours are told apart by dashes. */
export interface Ink {
  readonly series: number;
  readonly dashed: boolean;
}

const COLOURS = [0, 6, 2, 3, 7, 1, 5];

/** An ink for each arm, by name: the first arm, then the others as they are ranked. */
export function inks(data: ComparisonData): ReadonlyMap<string, Ink> {
  const names = [data.first, ...data.arms.map((a) => a.name).filter((name) => name !== data.first)];
  return new Map(names.map((name, i) => [name, { series: COLOURS[i % COLOURS.length]!, dashed: i >= COLOURS.length }]));
}

/**
 * The heights that a picture of bands shows: all centres, and of the bands so much that they do not press the centres
 * flat. Intervals of two or three seeds reach far.
 */
export function heights(places: readonly Place[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const p of places) [low, high] = [Math.min(low, p.value), Math.max(high, p.value)];
  const room = 0.35 * (high - low);
  let [least, most] = [low, high];
  for (const p of places) {
    if (p.low !== null) least = Math.min(least, p.low);
    if (p.high !== null) most = Math.max(most, p.high);
  }
  return [Math.max(least, low - room), Math.min(most, high + room)];
}

/** The places that a picture leaves out at its beginning, so that the poor first readings do not press all else flat. */
export function settled(places: readonly Place[], end: number): readonly Place[] {
  const later = places.filter((p) => p.at >= 0.04 * end);
  return later.length > 1 ? later : places;
}
