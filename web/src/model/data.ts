/**
 * What the page reads: the JSON that `clade report` writes into `<script type="application/json" id="data">`.
 * `null` means absent. Order within the lists carries no meaning unless said. Numbers that JSON cannot hold
 * (NaN, infinities) are written as null.
 */

/** A hyperparameter's value: a number, a choice's word, a switch, or a vector of numbers. */
export type Value = number | string | boolean | null | readonly (number | null)[];

export interface Experiment {
  readonly id: string;
  readonly name: string;
  /** What members are ranked by. */
  readonly metric: string;
  readonly mode: "max" | "min";
  /** A label for what the trainer counts: step, epoch, frame. */
  readonly unit: string | null;
  readonly population: number;
  readonly seed: number | string | null;
  /** ISO 8601. */
  readonly created: string | null;
  readonly status: "running" | "paused" | "ended";
  /** Why it ended: budget, target, time, operator ... */
  readonly ended: string | null;
  /** Active seconds, summed over resumes. */
  readonly elapsed: number | null;
  /** The budget in words, as the file gave it: `20000 steps`. */
  readonly budget: string | null;
  /** The text of the experiment file. */
  readonly settings: string | null;
  /** Who wrote the report: `Clade 0.1.0`. */
  readonly version: string | null;
}

export interface Parameter {
  readonly name: string;
  /** `complement`: drawn and moved as 1-x on a logarithmic scale (a momentum). */
  readonly scale: "linear" | "log" | "complement" | "choice";
  readonly low: number | null;
  readonly high: number | null;
  /** The words of a choice, in order. */
  readonly options: readonly (string | number | boolean)[] | null;
  /** 0 for a single value, else the number of elements of a vector. */
  readonly size: number;
}

export interface Member {
  readonly id: number;
  /** The sub-population it belongs to; `all` where there is one. */
  readonly group: string | null;
  /** Neither donor nor recipient, ranked apart. */
  readonly control: boolean;
  /** running, waiting, ended, failed ... */
  readonly status: string;
  /** Why it has that status. */
  readonly reason: string | null;
  /** Its own counter, which never goes back. */
  readonly step: number;
  /** What its present weights have seen. */
  readonly lineageStep: number | null;
}

/** Seconds spent on each phase of one segment. */
export type Timings = Readonly<Partial<Record<Phase, number | null>>>;

export const PHASES = ["train", "evaluate", "save", "load", "decide", "wait"] as const;
export type Phase = (typeof PHASES)[number];

/** What one member does between two decisions. */
export interface Segment {
  readonly member: number;
  /** 1 for a member's first. (member, index) is unique. */
  readonly index: number;
  /** Where its weights came from: the member's own last segment, a donor, or nowhere. */
  readonly origin: "own" | "copy" | "fresh";
  readonly donor: number | null;
  /** The index of the donor's segment whose checkpoint was copied. */
  readonly donorSegment: number | null;
  /** The member's own counter. */
  readonly startStep: number;
  readonly endStep: number;
  /** What the weights have seen. */
  readonly lineageStart: number | null;
  readonly lineageEnd: number | null;
  /** The hyperparameters in force, by name; an inactive one is absent. */
  readonly values: Readonly<Record<string, Value>>;
  /** The metric at the end of the segment; null while it runs, or where it failed. */
  readonly score: number | null;
  /** The readings behind the score. */
  readonly samples: readonly number[] | null;
  /** The score measured right after a copy, before any training. */
  readonly copied: number | null;
  /** Why it failed, if it did. */
  readonly failed: string | null;
  readonly timings: Timings | null;
}

export interface Decision {
  /** Its place in the event log. */
  readonly position: number;
  readonly member: number;
  /** The segment that it followed. */
  readonly segment: number;
  readonly step: number;
  /** The rule that decided: truncation, t_test, ... */
  readonly rule: string;
  readonly outcome: "train" | "copy" | "stop" | "fresh" | "wait";
  readonly donor: number | null;
  /** The facts the rule went by, in words. */
  readonly because: Readonly<Record<string, unknown>> | null;
  /** Hyperparameters that moved: before and after. */
  readonly changes: Readonly<Record<string, readonly [Value, Value]>> | null;
}

export interface Winner {
  readonly member: number;
  readonly segment: number;
  /** The experiment has not ended: this is only the best so far. */
  readonly provisional: boolean;
  readonly score: {
    readonly mean: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly samples: number | null;
  };
  /** The metric measured once, on the winner, that no decision ever saw. */
  readonly report: { readonly metric: string; readonly mean: number | null } | null;
  /** The digest of its checkpoint. */
  readonly checkpoint: string | null;
  readonly lineageStep: number | null;
}

/** One segment of one member. */
export interface Node {
  readonly member: number;
  readonly segment: number;
}

export interface StoreSize {
  /** What the checkpoints would take if each were kept whole. */
  readonly logicalBytes: number;
  /** What they take. */
  readonly physicalBytes: number;
  readonly checkpoints: number;
}

export interface ReportData {
  readonly format: 1;
  readonly experiment: Experiment;
  readonly parameters: readonly Parameter[];
  readonly members: readonly Member[];
  readonly segments: readonly Segment[];
  readonly decisions: readonly Decision[];
  readonly winner: Winner | null;
  /** The winner's ancestry, newest first; empty: the page folds it from the segments. */
  readonly lineage: readonly Node[];
  /** The share of all slot time that went into each phase; they add up to 1. */
  readonly shares: Readonly<Partial<Record<Phase, number>>> | null;
  readonly store: StoreSize | null;
}

/** The word that stands where the data will be, in a page nobody has filled. */
const UNFILLED = "/*";

/** Reads the data element's text. Throws an Error whose message may be shown. */
export function parseReport(text: string): ReportData {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.startsWith(UNFILLED)) {
    throw new Error("This page holds no data. `clade report EXPERIMENT` writes one that does.");
  }
  let raw: unknown;
  try {
    raw = JSON.parse(trimmed);
  } catch (e) {
    throw new Error(`The data in this page is not JSON: ${(e as Error).message}`);
  }
  if (!isObject(raw)) throw new Error("The data in this page is not a JSON object.");
  if (raw["format"] !== 1) {
    throw new Error(`The data in this page has format ${JSON.stringify(raw["format"])}. This page reads format 1.`);
  }
  const experiment = raw["experiment"];
  if (!isObject(experiment)) throw new Error("The data in this page names no experiment.");
  return {
    format: 1,
    experiment: experiment as unknown as Experiment,
    parameters: list(raw, "parameters"),
    members: list(raw, "members"),
    segments: list<Segment>(raw, "segments").map((s) => (s.values ? s : { ...s, values: {} })),
    decisions: list(raw, "decisions"),
    winner: isObject(raw["winner"]) ? (raw["winner"] as unknown as Winner) : null,
    lineage: list(raw, "lineage"),
    shares: isObject(raw["shares"]) ? (raw["shares"] as ReportData["shares"]) : null,
    store: isObject(raw["store"]) ? (raw["store"] as unknown as StoreSize) : null,
  };
}

function list<T>(raw: Record<string, unknown>, name: string): readonly T[] {
  const found = raw[name];
  if (found === undefined || found === null) return [];
  if (!Array.isArray(found)) throw new Error(`The data in this page has ${name} that are not a list.`);
  return found as T[];
}

function isObject(x: unknown): x is Record<string, unknown> {
  return typeof x === "object" && x !== null && !Array.isArray(x);
}
